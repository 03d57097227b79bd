"""One wrong letter in a name of another script than ours; nonsense in those finds no more places than in ours."""

import random

import pytest

from referral.places.folding import fold
from referral.places.gazetteer import Gazetteer
from referral.places.hangul import apart, going_on
from referral.places.slips import is_usual
from referral.places.spoken import is_said

RANDOM = {
    "Hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Hangul": "가나다라마바사아자차카타파하고노도로모보소오조호구누두루무부수우주후강남산성천양",
    "Kana": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
}


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("الرااط", "Rabat"),
        ("الدححة", "Doha"),
        ("الإسكنرية", "Alexandria"),
        ("لدنن", "London"),
        ("ברלן", "Berlin"),
        ("לונדן", "London"),
        ("אשדד", "Ashdod"),
        ("באר שוע", "Beersheba"),
        ("ירושלם", "Jerusalem"),
        ("Лодон", "London"),
        ("Приж", "Paris"),
        ("Маскква", "Moscow"),
        ("Λάρσα", "Lárisa"),
        ("Ηάκλειο", "Heraklion"),
        ("Λονδνο", "London"),
        ("Երևնա", "Yerevan"),
        ("ბათუმმი", "Batumi"),
        ("เชียงใม่", "Chiang Mai"),
        ("मुमबई", "Mumbai"),
    ],
)
def test_one_wrong_letter_is_forgiven_in_every_script(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert gazetteer.find(typed)[0].place.label().startswith(label)


@pytest.mark.parametrize(
    ("typed", "label"),
    [("서을", "Seoul"), ("대귀", "Daegu"), ("부샨", "Busan"), ("인쳔", "Incheon"), ("런던ㄴ", "London")],
)
def test_a_wrong_letter_within_a_syllable_is_one_letter(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert gazetteer.find(typed)[0].place.label().startswith(label)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("ロンドソ", "London"),
        ("ニューヨク", "New York"),
        ("ハンフルク", "Hamburg"),
        ("ブリュッヤル", "Brussels"),
        ("よこはほ", "Yokohama"),
        ("さっぽう", "Sapporo"),
    ],
)
def test_a_wrong_kana_is_forgiven(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert any(f.place.label().startswith(label) for f in gazetteer.find(typed)[:2])


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("とうきょう", "Tokyo"),
        ("トウキョウ", "Tokyo"),
        ("オオサカ", "Osaka"),
        ("おおさか", "Osaka"),
        ("なごや", "Nagoya"),
        ("こうべ", "Kobe"),
        ("はままつ", "Hamamatsu"),
        ("ろんどん", "London"),
    ],
)
def test_kana_of_either_kind_are_one(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert gazetteer.find(typed)[0].place.label().startswith(label)


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("ببل", "IR", "Bābol"),
        ("تاز", "MA", "Taza"),
        ("سطاتث", "MA", "Settat"),
        ("сми", "UA", "Sumy"),
        ("рел", "RU", "Orël"),
        ("ατρα", "GR", "Patras"),
        ("ㄱ미", "KR", "Gumi"),
        ("शमला", "IN", "Shimla"),
        ("פיז", "IL", "Paris"),
        ("דמק", "IL", "Damascus"),
        ("кир", "RU", "Cairo"),
        ("αοι", "GR", "Hanoi"),
        ("ბქო", "GE", "Baku"),
    ],
)
def test_few_letters_are_enough_at_home_or_for_a_great_city(
    gazetteer: Gazetteer, typed: str, country: str, label: str
) -> None:
    assert gazetteer.find(typed, country=country)[0].place.label().startswith(label)


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("красноабр", "RU", "Krasnodar"),
        ("стабопол", "RU", "Stavropol"),
        ("יקזטרנבורג", "IL", "Yekaterinburg"),
        ("אואנוס יאירס", "IL", "Buenos Aires"),
        ("برمينگام", "IR", "Birmingham"),
        ("كماندو", "EG", "Kathmandu"),
        ("θεσσαλομιιη", "GR", "Thessaloníki"),
        ("우넞쉬", "KR", "Wonju"),
    ],
)
def test_two_wrong_letters_are_forgiven_in_long_names_of_every_script(
    gazetteer: Gazetteer, typed: str, country: str, label: str
) -> None:
    assert gazetteer.find(typed, country=country)[0].place.label().startswith(label)


@pytest.mark.parametrize("script", RANDOM)
def test_letters_at_random_find_no_more_than_in_ours(gazetteer: Gazetteer, script: str) -> None:
    dice = random.Random(script)
    least = 2 if script == "Hangul" else 4
    lines = ["".join(dice.choices(RANDOM[script], k=dice.randint(least, least + 4))) for _ in range(300)]

    # Two syllables out of names are as near to one as five of our letters drawn as often as names have them: .07.
    most = 20 if script == "Hangul" else 9
    assert sum(any(f.corrected for f in gazetteer.find(line)) for line in lines) <= most


def test_three_kana_with_another_one_are_rather_a_word(gazetteer: Gazetteer) -> None:
    dice = random.Random("three")
    lines = ["".join(dice.choices(RANDOM["Kana"], k=3)) for _ in range(600)]

    assert sum(any(f.corrected for f in gazetteer.find(line, country="JP")) for line in lines) <= 50


@pytest.mark.parametrize(
    "word", ["хорошо", "каждый", "конечно", "מבינה", "בבקשה", "لماذا", "그리고", "때문에", "사람들", "ελληνικά"]
)
def test_an_everyday_word_is_no_misspelt_place(gazetteer: Gazetteer, word: str) -> None:
    assert [f.place.label() for f in gazetteer.find(word) if f.corrected] == []


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("درمان", "IR"),
        ("شیرین", "IR"),
        ("حديقة", "EG"),
        ("الحديقة", "EG"),
        ("מורה", "IL"),
        ("ומלחמה", "IL"),
        ("салат", "RU"),
        ("Наталья", "RU"),
        ("σαλάτα", "GR"),
        ("나무를", "KR"),
        ("あした", "JP"),
        ("médecin", "FR"),
        ("Musique", "FR"),
        ("chanson", "FR"),
        ("música", "ES"),
        ("læge", "DK"),
        ("feelings", "US"),
        ("healer", "US"),
        ("şarkı", "TR"),
        ("şiddet", "TR"),
        ("sadakat", "TR"),
        ("cântec", "RO"),
        ("tristețe", "RO"),
        ("Wunden", "DE"),
        ("wonden", "NL"),
        ("storie", "IT"),
        ("canção", "BR"),
        ("बिल्ली", "IN"),
        ("सम्मान", "IN"),
        ("დილა", "GE"),
        ("LMAO", "US"),
        ("IKEA", "US"),
    ],
)
def test_a_usual_word_or_first_name_is_no_misspelt_place(gazetteer: Gazetteer, word: str, country: str) -> None:
    assert gazetteer.find(word, country=country) == []


def test_a_usual_word_that_is_a_city_too_is_that_city(gazetteer: Gazetteer) -> None:
    assert is_said("رياض")
    assert [gazetteer.find(line)[0].place.name for line in ("رياض", "في الرياض")] == ["Riyadh", "Riyadh"]


def test_a_usual_word_is_known_with_what_is_written_at_it() -> None:
    words = ("муж", "мурр", "الكتاب", "הבית", "나무를", "ה", "בית שש")

    assert [is_said(fold(word)) for word in words] == [True, False, True, True, True, False, False]


def test_letters_that_are_taken_for_one_another_are_usual_slips() -> None:
    for typed, name in (
        ("קרמל", "כרמל"),
        ("حلت", "حلط"),
        ("ㅅㅓㅇㅡㄹ", "ㅅㅓㅇㅜㄹ"),
        ("ロントン", "ロンドン"),
        ("ロンドソ", "ロンドン"),
    ):
        assert is_usual(typed, name)
    assert not is_usual("ロンハン", "ロンドン")


def test_hangul_is_taken_apart_as_it_is_typed() -> None:
    assert [apart(fold(word)) for word in ("서울", "괜찮", "ㅅ", "ㅅㅓ", "서우ㄹ")] == [
        "ㅅㅓㅇㅜㄹ",
        "ㄱㅗㅐㄴㅊㅏㄴㅎ",
        "ㅅ",
        "ㅅㅓ",
        "ㅅㅓㅇㅜㄹ",
    ]
    assert [apart(word) for word in ("seoul", "東京", "トウガ", "مكة")] == ["seoul", "東京", "トウガ", "مكة"]


@pytest.mark.parametrize("name", ["서울", "부산", "대구", "괜찮아", "닭장", "광주", "원주", "울산 북구"])
def test_every_stage_of_writing_a_name_leads_to_it(name: str) -> None:
    stages = [name[:at] + piece for at in range(len(name)) for piece in _written(name[at], name[at + 1 : at + 2])]

    assert {stage for stage in stages if stage.strip() == stage and not _leads(stage, name)} == set()


def _leads(stage: str, name: str) -> bool:
    return any(first <= name < end for first, end in going_on(fold(stage)))


def _written(syllable: str, after: str) -> list[str]:
    """What stands there as its keys are pressed, the first of the next syllable too."""
    if not "가" <= syllable <= "힣":
        return []
    lead, vowel, final = (number := ord(syllable) - 0xAC00) // 588, number % 588 // 28, number % 28
    stages = [chr(0x1100 + lead), chr(0xAC00 + lead * 588 + vowel * 28), syllable]
    next_final = {"ㅅ": 19, "ㄱ": 1, "ㅇ": 21, "ㅈ": 22, "ㄹ": 8}.get(apart(after)[:1] if after.strip() else "")
    return stages if final or not next_final else [*stages, chr(ord(syllable) + next_final)]

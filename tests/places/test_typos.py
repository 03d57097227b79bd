"""The hashes of asking are those of building; what is mistyped is found, of small towns too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.places.gazetteer import Gazetteer
from referral.places.slips import is_usual
from referral.places.spelling import Spelled
from referral.places.typos import deletions, edits_allowed

WORDS = st.lists(st.text("abcé東 -", min_size=3, max_size=9), min_size=1, max_size=5, unique=True)


@settings(deadline=None)  # how fast it is, the bench says; a loaded machine must not
@given(WORDS)
def test_asking_and_building_hash_alike(words: list[str]) -> None:
    built = {int(key) for key in Spelled(words, [0] * len(words), [True] * len(words))._keys()}

    assert built == {(hashed << 32) | n for n, word in enumerate(words) for hashed in deletions(word, 2)}


def test_short_words_and_numbers_are_not_corrected() -> None:
    assert [edits_allowed(w) for w in ("ulm", "rome", "boston", "chicago", "80331", "x" * 41)] == [0, 1, 1, 2, 0, 0]
    assert [edits_allowed(w) for w in ("lyon 3", "marseille 03", "12 lyon", "lyon 69003")] == [1, 2, 0, 0]


def test_scripts_that_write_less_are_corrected_sooner() -> None:
    lines = ("омс", "פיז", "पणज", "トキ", "ㄱㅜㅁ", "ㅅㅓ", "מדריד", "москов", "ㅂㅜㅅㅏㄴㅅ")

    assert [edits_allowed(line) for line in lines] == [1, 1, 1, 0, 1, 0, 1, 1, 1]
    assert [edits_allowed(line) for line in ("לונדון", "мюнстер", "ㅂㅜㅅㅏㄴㅅㅣ")] == [2, 2, 2]


@pytest.mark.parametrize("typed", ["Mrseille 03", "Marsielle 03"])
def test_the_number_of_a_district_is_no_letter(gazetteer: Gazetteer, typed: str) -> None:
    assert [f.place.name for f in gazetteer.find(typed)[:1]] == ["Marseille 03"]


@pytest.mark.parametrize("word", ["casada", "Süden", "País", "cambia", "liegt", "الزائر", "صدر", "zeigt", "zahlen"])
def test_a_word_of_our_own_pages_is_no_misspelt_place(gazetteer: Gazetteer, word: str) -> None:
    assert [f for f in gazetteer.find(word) if f.corrected] == []


def test_a_word_that_is_said_misspells_nothing_and_a_name_stays_one(small: Gazetteer) -> None:
    assert small.find("Sulva") == []
    assert [f.place.name for f in small.find("Suuva")] == ["Suva"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Slna", "Solna, Stockholm, Sweden"),
        ("Motjl", "Motul, Yucatán, Mexico"),
        ("Vícaer", "Vícar, Andalusia, Spain"),
        ("Afpsky", "Afipskiy, Krasnodar Krai, Russia"),
        ("Fougrs", "Fougères, Brittany, France"),
        ("Klrieksdorp", "Klerksdorp, North West, South Africa"),
        ("Calzlosa de Seguia", "Callosa de Segura, Valencia, Spain"),
        ("Kanaşlı", "Kaynaşlı, Düzce, Türkiye"),
        ("Tray", "Tracy, California, United States"),
        ("Hòa Bìh", "Hòa Bình, Phu Tho, Vietnam"),
    ],
)
def test_a_small_town_is_found_with_wrong_letters_too(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)[:1]] == [label]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Akhīm", "Akhmīm, Sohag, Egypt"),
        ("Honnāi", "Honnāli, Karnataka, India"),
        ("Hadoī", "Hardoī, Uttar Pradesh, India"),
        ("Hadoi", "Hanoi, Vietnam"),
        ("Købenavn", "Copenhagen, Capital Region, Denmark"),
    ],
)
def test_nobody_mistypes_accents_into_being(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)[:1]] == [label]


@pytest.mark.parametrize("line", ["يرون", "مصدر", "المنظمة"])
def test_a_short_word_is_near_some_place_and_means_none(gazetteer: Gazetteer, line: str) -> None:
    assert gazetteer.find(line) == []


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Pinyi", "Pingyi, Shandong, China"),
        ("Lepara", "Lepaera, Lempira Department, Honduras"),
        ("القاهرو", "Cairo, Egypt"),
    ],
)
def test_the_first_letter_is_rarely_the_wrong_one(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)[:1]] == [label]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Marseilles Frnace", "Marseille, Provence-Alpes-Côte d'Azur, France"),
        ("Istanbull, Turky", "Istanbul, Türkiye"),
        ("Melborune Australa", "Melbourne, Victoria, Australia"),
    ],
)
def test_a_city_and_its_country_may_both_be_misspelt(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)[:1]] == [label]


def test_a_slip_is_on_a_key_beside_or_sounds_alike() -> None:
    slips = [("rome", "rone"), ("oslo", "oslu"), ("tula", "tuka"), ("bonn", "bobn"), ("kazan", "kasan")]
    none = [("rome", "roxe"), ("oslo", "osbo"), ("tula", "tuwa"), ("bonn", "bozn"), ("kazan", "kapan")]

    assert [is_usual(typed, name) for name, typed in slips] == [True] * 5
    assert [is_usual(typed, name) for name, typed in none] == [False] * 5
    assert is_usual("אשקלים", "אשקלון")


@pytest.mark.parametrize(("usual", "unusual"), [("Oslu", "Oslb"), ("Motjl", "Motgl"), ("Kxoto", "Kkep")])
def test_few_letters_with_a_strange_one_mean_a_town_only_by_a_usual_slip(
    gazetteer: Gazetteer, usual: str, unusual: str
) -> None:
    assert gazetteer.find(usual)
    assert gazetteer.find(unusual) == []


@pytest.mark.parametrize(
    "typed", ["cortpond", "letmein", "krotrai", "shitshi", "farfalla", "spoon", "wertwert", "wert", "ytre"]
)
def test_what_is_far_from_a_small_town_is_none(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) == []


@pytest.mark.parametrize("typed", ["khos", "tumbj", "caetq", "koid"])
def test_few_letters_that_end_otherwise_are_a_word_of_their_own(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) == []


@pytest.mark.parametrize("typed", ["ohcid", "sktun"])
def test_a_hand_hardly_leaves_its_key_within_five_letters(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) == []


def test_what_a_city_is_called_elsewhere_comes_after_a_name_of_its_own(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Hiroshm")[0].place.name == "Hiroshima"
    assert gazetteer.find("El") == []

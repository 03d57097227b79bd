"""Excerpts: what is marked is what the search matches, and nothing is cut that a reader takes for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.lang import languages

from index import cutting, highlights, words
from index.embedded import EmbeddedIndex
from index.folding import fold
from index.highlights import ELLIPSIS, Highlighter
from index.types import Query
from tests.index.conftest import Open
from tests.index.make import SPOKEN, TODAY, make_document

LONG = (
    "I sit with couples. " + "We go slowly and kindly. " * 20 + "Betrayal after an affair is hard. " + "I listen. " * 30
)
MADE_OF_SEVERAL = [
    "e\u0301",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "🇩🇪",
    "ক্ষি",
    "각",
    "\u1100\u1161\u11a8",
    "か\u3099",
    "ที่",
    "น้ำ",
    "ខ្មែ",
    "葛\U000e0100",
]
ALPHABET = st.sampled_from([*MADE_OF_SEVERAL, "a", "b", " ", "-", "夫", "婦", "。", "ก", "שָׁ", "\n", "\u0301"])


def excerpt(text: str, asked: str, language: str, length: int) -> list[tuple[str, bool]]:
    return Highlighter(asked).excerpt(text, language, length)


def called(name: str, asked: str) -> list[tuple[str, bool]]:
    return Highlighter(asked).called(name)


def marked(text: str, asked: str, language: str = "en", length: int = 200) -> list[str]:
    return [piece for piece, is_match in excerpt(text, asked, language, length) if is_match]


@pytest.mark.parametrize(
    ("language", "text", "asked", "found"),
    [
        ("en", "Healing for couples, and for (coupling).", "couple ", ["couples", "coupling"]),
        ("en", "A couple's path", "couples", ["couple's"]),
        ("en", "Trauma-informed work", "informed", ["informed"]),
        ("en", "Goldberg and Golden", "gold", ["Goldberg", "Golden"]),
        ("en", "Goldberg and Golden", "gold path", []),
        ("en", "Nothing of the kind", "go", []),
        ("de", "Paare in Trennungsängsten, für Familien", "paaren fur", ["Paare", "für"]),
        ("de", "Straße der Gefühle", "strasse gefühl", ["Straße", "Gefühle"]),
        ("fr", "J’accompagne l’amour et la thérapie", "therapies", ["thérapie"]),
        ("he", "אני עובדת עם זוגות במשבר", "זוג", ["זוגות"]),
        ("he", "יוֹם טוֹב", "יום", ["יוֹם"]),
        ("ko", "부부 상담과 이마고 치료를 제공합니다", "상담", ["상담"]),
        ("ko", "부부상담과 치료", "상담", ["상담"]),
        ("zh", "我们一起做婚姻咨询。", "婚姻咨询", ["婚姻咨询"]),
        ("th", "ให้คำปรึกษาคู่รัก", "คู่รัก", ["คู่รัก"]),
        ("ja", "EFT夫婦療法", "夫婦 eft", ["EFT", "夫婦"]),
        ("ja", "東京です。カップルセラピーと夫婦関係の相談。", "カップル", ["カップル"]),
        ("ja", "ガラスの心", "ガラ", ["ガラ"]),
        ("ja", "カ\u3099ラスの心", "ガラ", ["カ\u3099ラ"]),
        ("ru", "Помощь парам и семьям", "пара семья", ["парам", "семьям"]),
        ("xx", "lives and living", "living", ["living"]),
        ("", "lives and living", "lives", ["lives"]),
    ],
)
def test_what_the_search_matches_is_marked(language: str, text: str, asked: str, found: list[str]) -> None:
    assert marked(text, asked, language) == found


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [("Пётр Иванов", "ivanov", ["Иванов"]), ("דנה כהן", "cohen", ["כהן"]), ("Dana Cohen", "כהן", ["Cohen"]),
     ("김민수", "kim min-su", ["김민수"]), ("김민수", "kim", ["김민수"]), ("Su-jin Park", "박수진", ["Su-jin", "Park"]),
     ("محمد حداد", "muhammad", ["محمد"]), ("Ann Gold", "gold", ["Gold"]), ("Ann Goldberg", "gold", ["Goldberg"]),
     ("Ann Goldberg", "goldberg jerusalem", ["Goldberg"]), ("Ann Gold", "silver", []), ("Ann Gold", "", []),
     ("Пётр Иванов", "gold", []), ("Anna-Maria O’Brien", "anna", ["Anna"]), ("", "gold", []),
     ("Su-jin Park", "sujin", ["Su-jin"])],
)  # fmt: skip
def test_of_a_name_the_words_that_it_was_found_by_are_marked(name: str, asked: str, found: list[str]) -> None:
    pieces = called(name, asked)

    assert [piece for piece, is_match in pieces if is_match] == found
    assert "".join(piece for piece, _ in pieces) == name


def test_a_short_text_is_whole() -> None:
    assert excerpt("I  work\nwith couples.", "work", "en", 100) == [
        ("I ", False),
        ("work", True),
        (" with couples.", False),
    ]


@pytest.mark.parametrize("asked", ["", "nowhere", "!!!", "sit"])
def test_where_nothing_further_on_matches_it_begins_at_the_start(asked: str) -> None:
    pieces = excerpt(LONG, asked, "en", 60)

    assert (
        "".join(piece for piece, _ in pieces) == "I sit with couples. We go slowly and kindly. We go slowly" + ELLIPSIS
    )


def test_it_shows_where_most_of_the_words_stand_together() -> None:
    pieces = excerpt(LONG, "couples affair hard betrayal", "en", 80)

    assert [piece for piece, is_match in pieces if is_match] == ["Betrayal", "affair", "hard"]
    assert pieces[0][0].startswith(ELLIPSIS) and pieces[-1][0].endswith(ELLIPSIS)


def test_a_word_longer_than_the_excerpt_is_cut_between_clusters() -> None:
    assert excerpt("e\u0301" * 50, "", "fr", 7) == [("e\u0301" * 3 + ELLIPSIS, False)]


def test_an_empty_text_has_no_pieces() -> None:
    assert excerpt(" \n", "gold", "en", 50) == []


@settings(max_examples=500, deadline=None)
@given(st.lists(ALPHABET, max_size=60), st.sampled_from(["a", "夫", "か", "b a", "ab", ""]), st.integers(1, 40))
def test_an_excerpt_is_a_stretch_of_the_text_between_clusters(parts: list[str], asked: str, length: int) -> None:
    text = "".join(parts)
    line = " ".join(text.split())

    pieces = excerpt(text, asked, "en", length)

    shown = "".join(piece for piece, _ in pieces)
    bare = shown.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
    assert bare in line and len(bare) <= max(length, len(max(MADE_OF_SEVERAL, key=len)) + 1)
    assert all(piece for piece, _ in pieces)
    if length >= 20 and shown.startswith(ELLIPSIS):
        begin = line.index(bare)
        assert cutting.patterns().cluster.match(line, begin)


@pytest.mark.parametrize("whole", [one for one in MADE_OF_SEVERAL if one != "🇩🇪"])
def test_what_a_reader_takes_for_one_character_is_never_cut(whole: str) -> None:
    for length in range(len(whole), 3 * len(whole) + 1):
        shown = excerpt(whole * 9, "", "en", length)[0][0].removesuffix(ELLIPSIS)

        assert shown and shown.replace(whole, "") == ""


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=12),
    st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=2),
)
def test_who_is_found_by_the_bio_has_every_word_marked(spoken: list[str], asked: list[str]) -> None:
    text, line = " ".join(spoken), " ".join(asked)
    held = [piece for word in spoken for piece in words.written(word)]
    forms = {*held, *(key for word in held for key in words.stem_keys(word, "en"))}
    last = words.asked(line)[-1]
    found = [any(key in forms for key in words.keys(word, ("en",))) for word in words.asked(line)]
    found[-1] = found[-1] or (words.may_begin(last) and any(form.startswith(last) for form in forms))

    assert bool(marked(text, line)) is any(found)


def test_what_is_marked_agrees_with_the_index(engine: Open) -> None:
    index = engine()
    assert isinstance(index, EmbeddedIndex)
    for number, text in enumerate(SPOKEN):
        index.follow([make_document(1, texts={"bio": text})], [], number + 1)
        for asked in (one for one in SPOKEN if len(words.asked(one)) == 1):
            assert bool(index.find(Query(text=asked), TODAY).total) is bool(marked(text, asked))


@settings(max_examples=300, deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyzäöüéèñçşğабвгдежзийклмнопрстуфхцчшщыьэюя", min_size=3, max_size=14))
def test_a_stem_begins_as_its_word_but_in_three_languages(word: str) -> None:
    folded = fold(word)
    for language in sorted({*languages} - {*highlights._OTHERWISE}):
        assert {stem[:1] for stem in words.stems_of(folded, language)} <= {folded[:1]}, language

"""Forms of a word meet in each language, and words that only look alike do not (`forms.toml`)."""

import tomllib
from pathlib import Path

import pytest

from index import particles, words
from index.folding import fold
from index.highlights import Highlighter
from index.types import Index, Query
from tests.index.conftest import Open
from tests.index.make import TODAY, make_document

FORMS = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))


def pairs(kind: str) -> list[tuple[str, str, str]]:
    """Language and two words."""
    return [
        (language, *pair.split())  # type: ignore[misc]
        for language, said in FORMS.items()
        for pair in said[kind].strip().replace("\n", " ").split(", ")
        for pair in [pair.rstrip(",")]
    ]


def stems(word: str, language: str) -> set[str]:
    return {*words.stems_of(fold(word), language)}


@pytest.mark.parametrize(("language", "one", "other"), pairs("meet"))
def test_forms_of_a_word_have_a_stem_in_common(language: str, one: str, other: str) -> None:
    assert stems(one, language) & stems(other, language)


@pytest.mark.parametrize(("language", "one", "other"), pairs("apart"))
def test_words_that_only_look_alike_have_none(language: str, one: str, other: str) -> None:
    assert not stems(one, language) & stems(other, language)


@pytest.mark.parametrize("language", FORMS)
def test_a_language_has_fifteen_pairs_of_each(language: str) -> None:
    assert all(sum(said[0] == language for said in pairs(kind)) >= 15 for kind in ("meet", "apart"))


BIOS = {
    "he": "אני מזמינה זוגות לפגישה ראשונה, וכל השיחות מתנהלות בשקט",
    "ar": "نعمل معا على العلاقات، والحوار هو البداية",
    "nl": "Iemand luistert naar mensen in hun relaties",
    "tr": "Çiftlerle ilişkilerinde güven üzerine çalışıyorum",
    "ko": "저희는 부부상담을 합니다. 신뢰를 쌓는 대화에서 시작합니다",
    "ru": "Психологической помощи ищут семейные пары",
    "de": "Manche leben seit Jahren getrennt",
    "en": "A counsellor for anxious minds",
}


@pytest.fixture
def index(engine: Open) -> Index:
    index = engine()
    index.rebuild([make_document(n, texts={"bio": BIOS[one]}, language=one) for n, one in enumerate(BIOS)], 1)
    return index


@pytest.mark.parametrize(
    ("language", "asked", "shown"),
    [("he", "שיחה", "השיחות"), ("he", "בפגישות", "לפגישה"), ("he", "לזוג", "זוגות"), ("he", "זוגי", "זוגות"),
     ("ar", "علاقة", "العلاقات"), ("ar", "بالحوار", "والحوار"), ("nl", "luisteren", "luistert"),
     ("nl", "mens", "mensen"), ("tr", "çift", "Çiftlerle"), ("tr", "ilişki", "ilişkilerinde"),
     ("de", "trennen", "getrennt"), ("de", "getrennte", "getrennt"), ("en", "counselling", "counsellor"),
     ("en", "anxiety", "anxious"),
     ("ko", "상담에서", "상담"), ("ko", "대화를", "대화"),
     ("ko", "신뢰가", "신뢰"), ("ko", "부부상담은", "부부상담"), ("ru", "психологический", "Психологической")],
)  # fmt: skip
def test_a_word_finds_its_other_forms_and_they_are_marked_whole(
    index: Index, language: str, asked: str, shown: str
) -> None:
    hits = index.find(Query(text=asked), TODAY).hits

    assert [list(BIOS)[id] for id, _km in hits] == [language]
    marked = [piece for piece, is_match in Highlighter(asked).excerpt(BIOS[language], language, 200) if is_match]
    assert marked == [shown]


def test_the_word_as_it_is_typed_comes_before_its_other_forms(engine: Open) -> None:
    index, said = engine(), ["הפגישה", "לפגישה", "פגישות", "פגישה"]
    index.rebuild([make_document(n, texts={"topics": word}, language="he") for n, word in enumerate(said)], 1)

    for number, word in enumerate(said):
        assert index.find(Query(text=word), TODAY).hits[0][0] == number
        assert index.find(Query(text=word), TODAY).total == len(said)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("유", {"유성민", "유 진"}), ("유성민", {"유성민"}), ("김하은", {"김하은"}), ("김하은은", {"김하은"}),
     ("성", set()), ("王", {"王小明"})],
)  # fmt: skip
def test_a_surname_alone_finds_who_bears_it_and_a_whole_name_nobody_else(
    engine: Open, asked: str, expected: set[str]
) -> None:
    index, names = engine(), ["유성민", "유 진", "김하은", "김하윤", "王小明"]
    index.rebuild([make_document(n, texts={"name": name}) for n, name in enumerate(names)], 1)

    assert {names[id] for id, _km in index.find(Query(text=asked), TODAY).hits} == expected
    marked = [Highlighter(asked).called(name) for name in expected]
    assert all(any(is_match for _, is_match in pieces) for pieces in marked)


BARE = """상담을 상담, 상담에서는 상담, 부부들이 부부, 상담하고 상담, 불안한 불안,
부부와 부부, 관계로 관계, 갈등은 갈등, 상담사에게도 상담사, 가족들과의 가족, 대화합니다 대화,
위기에 위기, 신뢰를 신뢰, 감정이 감정, 회복의 회복"""
WHOLE = (
    """부부상담 회의 아이 어린이 정신과 김하은 이요한 트라우마 심리치료 커뮤니티 스트레스 상담 삶을 trauma 임상심리사"""
)


@pytest.mark.parametrize(
    ("word", "expected"), [*map(str.split, BARE.replace("\n", " ").split(", ")), *((one, one) for one in WHOLE.split())]
)
def test_korean_words_are_asked_without_what_stands_behind_them(word: str, expected: str) -> None:
    assert particles.bare(word) == expected

"""A name is found as another script writes it: by its own letters first, and never by words that are no name."""

import tomllib
from pathlib import Path

import pytest

from index.folding import fold
from index.sounding import is_alike, skeletons
from index.types import Index, Query
from tests.index.conftest import Open
from tests.index.make import TODAY, make_document

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
PAIRS = [(native, latin) for script in NAMES.values() for native, some in script.items() for latin in some.split()]


@pytest.mark.parametrize(("native", "latin"), PAIRS)
def test_a_usual_spelling_sounds_as_the_name(native: str, latin: str) -> None:
    native, latin = fold(native), fold(latin)

    assert is_alike(native, latin)
    assert is_alike(latin, native)
    assert skeletons(native) & skeletons(latin)


@pytest.mark.parametrize(
    ("native", "latin"),
    [("כהן", "gold"), ("גלעד", "gold"), ("Иванов", "ivan"), ("김", "park"), ("محمد", "ahmad"), ("משה", "moss"),
     ("לוי", "lee"), ("Cohen", "kohen"), ("Иванов", "иванова"), ("שרה", "syria"), ("חנה", "hanoi"), ("Яна", "anna")],
)  # fmt: skip
def test_another_name_and_one_of_the_same_script_is_not_alike(native: str, latin: str) -> None:
    assert not is_alike(fold(native), fold(latin))


def test_scripts_other_than_ours_meet_too() -> None:
    assert is_alike("יוסף", fold("Йосеф"))
    assert is_alike("محمد", fold("Мохаммед"))
    assert is_alike("غولدمان", "גולדמן") and skeletons("غولدمان") & skeletons("גולדמן")


NAMED = ["Petr Ivanov", "Пётр Иванов", "Dana Cohen", "דנה כהן", "Minsu Kim", "김민수", "Mohammed Haddad", "محمد حداد",
         "Ann Gold", "Σοφία Παπαδοπούλου", "Su-jin Park", "박 수진"]  # fmt: skip


@pytest.fixture
def index(engine: Open) -> Index:
    index = engine()
    bios = ["the Cohen method"] + [""] * (len(NAMED) - 1)
    index.rebuild([make_document(n, texts={"name": name, "bio": bios[n]}) for n, name in enumerate(NAMED)], 1)
    return index


def found(index: Index, text: str, **asked: bool) -> list[str]:
    return [NAMED[id] for id, _km in index.find(Query(text=text, **asked), TODAY).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ivanov", ["Petr Ivanov", "Пётр Иванов"]),
        ("iwanow", ["Пётр Иванов"]),
        ("Иванов", ["Пётр Иванов", "Petr Ivanov"]),
        ("petr ivanov", ["Petr Ivanov", "Пётр Иванов"]),
        ("cohen", ["Dana Cohen", "דנה כהן", "Petr Ivanov"]),
        ("כהן", ["דנה כהן", "Dana Cohen"]),
        ("kim", ["Minsu Kim", "김민수"]),
        ("minsu kim", ["Minsu Kim", "김민수"]),
        ("kim min-su", ["김민수"]),
        ("김민수", ["김민수"]),
        ("박수진", ["박 수진", "Su-jin Park"]),
        ("bak sujin", ["박 수진"]),
        ("muhammad", ["محمد حداد"]),
        ("محمد", ["محمد حداد", "Mohammed Haddad"]),
        ("papadopoulou", ["Σοφία Παπαδοπούλου"]),
        ("gold", ["Ann Gold"]),
    ],
)
def test_a_name_is_found_in_both_directions_and_as_it_is_typed_first(
    index: Index, size: str, typed: str, expected: list[str]
) -> None:
    assert found(index, typed) == expected


@pytest.mark.parametrize("typed", ["sujin", "park sujin", "Sujin Park", "su jin park", "suji"])
def test_a_name_with_a_hyphen_is_found_as_one_word(index: Index, size: str, typed: str) -> None:
    assert found(index, typed)[0] == "Su-jin Park"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("P. Ivanov", ["Petr Ivanov"]),
        ("П. Иванов", ["Пётр Иванов"]),
        ("Gold A", ["Ann Gold"]),
        ("G. Gold", []),
        ("K. Gold", []),
        ("D Cohen", ["Dana Cohen"]),
        ("T. Cohen", []),
        ("d c", []),
        ("S. J. Park", ["Su-jin Park"]),
    ],
)
def test_an_initial_beside_a_surname_stands_for_a_given_name(
    index: Index, size: str, typed: str, expected: list[str]
) -> None:
    assert found(index, typed) == expected


def test_words_that_are_no_name_are_not_heard(index: Index) -> None:
    index.follow([make_document(50, texts={"name": "Bea", "bio": "Иванов"})], [], 2)

    assert "Bea" not in [NAMED[id] for id, _km in index.find(Query(text="ivanov"), TODAY).hits if id < 50]
    assert index.find(Query(text="ivanov"), TODAY).total == 2


def test_who_asks_for_words_as_written_hears_nothing(index: Index) -> None:
    assert found(index, "ivanov", as_written=True) == ["Petr Ivanov"]
    assert found(index, "iwanow", as_written=True) == []

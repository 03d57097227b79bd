"""What is offered for a line that finds nobody: it finds somebody, and no line with fewer edits does."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index import spelling
from index.embedded import EmbeddedIndex
from index.types import Circle, Document, Query
from tests.index import model
from tests.index.conftest import Open
from tests.index.make import FACETS, TODAY, make_document

CHICAGO, DENVER = (41.88, -87.63), (39.74, -104.99)

SPOKEN = [
    *("gold", "golt", "gokt", "goldberg", "goldbreg", "keith", "kieth", "vance", "vanse", "vances", "laura", "lara"),
    *("para", "clara", "moura", "mouras", "trust", "trusts", "trusting", "Söderholm", "sodreholm", "Cohen", "כהן"),
    *("부부상담", "부부", "communication", "comunicaton", "ann", "an"),
    *("lemaitre", "leitre", "leiter", "מרב", "מירב", "lann"),
]
spoken = st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=6).map(" ".join)
typed = st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=3).map(" ".join)
people = st.builds(
    lambda id, **fields: make_document(id, **fields),
    id=st.integers(1, 30),
    areas=st.sampled_from([frozenset(), frozenset({"US"}), frozenset({"CA"})]),
    texts=st.fixed_dictionaries({"name": spoken}, optional={"places": spoken, "bio": spoken}),
    language=st.sampled_from(["en", "de", ""]),
)
corpora = st.lists(people, max_size=5, unique_by=lambda document: document.id)


def named(id: int, name: str, bio: str = "", **fields: object) -> Document:
    return make_document(id, texts={"name": name, "bio": bio}, **fields)


def offered(engine: Open, *documents: Document, **asked: object) -> str:
    """What is offered by an index of these alone."""
    index = engine()
    index.follow(documents, [], 1)
    answer = index.find(Query(**asked), TODAY)  # type: ignore[arg-type]
    assert not answer.total
    return answer.did_you_mean


@settings(
    max_examples=200, phases=[Phase.explicit, Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)
@given(
    corpora,
    corpora,
    st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "US"]),
)
def test_what_is_offered_finds_somebody_and_nothing_nearer_does(
    size: str, documents: list[Document], then: list[Document], line: str, area: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder) / "index", FACETS)
        index.rebuild(documents, 1)
        index.follow(then, [], 2)
        held = [*then, *(one for one in documents if one.id not in {other.id for other in then})]
        query = Query(text=line, area=area)

        answer = index.find(query, TODAY)

        meant, is_held = answer.did_you_mean, bool(model.texts(held, query))
        event(f"found: {bool(answer.total)}, offered: {bool(meant)}, held: {is_held}")
        assert not (answer.total and meant)
        if meant:
            assert index.find(replace(query, text=meant), TODAY).total
        if not (answer.total or is_held):
            assert (edits(line, meant) if meant else None) == fewest(held, query)


def edits(line: str, meant: str) -> int:
    typed = model.fold(line).split()
    return sum(OSA.distance(one, other) for one, other in zip(typed, meant.split(), strict=True))


def fewest(documents: list[Document], query: Query) -> int | None:
    """The fewest edits after which somebody who fits holds all words; None where none are enough."""
    typed = model.fold(query.text).split()
    asked = [model.pieces(word) for word in typed]
    as_typed = [
        model.held_by(documents, query, some, may_begin=number == len(typed) - 1) for number, some in enumerate(asked)
    ]
    borne = [w for one in documents for w, n in model.forms(one).items() if model.level(n) >= spelling.NAME]
    beside = any(piece in borne for some in asked for piece in some)
    costs, of_names = [], []
    for one in documents:
        written = {form: model.level(weight) for form, weight in model.forms(one).items() if isinstance(form, str)}
        names = [form for form, level in written.items() if level >= spelling.NAME]
        both = list(zip(typed, as_typed, strict=True))
        each = [
            0
            if one.id in held
            else within(word, names, beside=beside and word not in borne)
            if held
            else least(within(word, list(written)), within(word, names, beside=beside))
            for word, held in both
        ]
        named = [
            0
            if all(piece in names for piece in model.pieces(word))
            else within(word, names, beside=beside and word not in borne)
            for word, held in both
        ]
        if query.area in ("", *one.areas):
            costs += [sum(cost for cost in each if cost is not None)] * (None not in each)
            of_names += [sum(cost for cost in named if cost is not None)] * (None not in named and named == each)
    cost, of_name = min(costs, default=None), min(of_names, default=None)
    return of_name if beside and of_name is not None and cost is not None and of_name <= cost + 1 else cost


def least(one: int | None, other: int | None) -> int | None:
    return min((cost for cost in (one, other) if cost is not None), default=None)


def within(word: str, written: list[str], *, beside: bool = False) -> int | None:
    """The fewest edits to a word that is written, of those that a word of this length may have."""
    most = 0 if model.pieces(word) != [word] else (len(word) >= 4) + (len(word) >= 8)
    if beside and model.pieces(word) == [word]:
        most = max(most, 2 * (len(word) >= 6), int(len(word) >= 3 and "\u0590" <= word[0] <= "\u06ff"))
    written = [other for other in written if other[0] == word[0] or len(other) >= 4 or len(word) < 4]
    return min((away for other in written if (away := OSA.distance(word, other)) <= most), default=None)


@pytest.mark.parametrize(
    ("line", "meant"),
    [("keith vanse", "keith vance"), ("lara moura", "laura moura"), ("kieth vanse", "keith vance"), ("golt", "gold"),
     ("vance laura", ""), ("hanna golt", "hannah gold"), ("laura lemitre", "laura lemaitre"),
     ("laura leitre", "laura lemaitre"), ("nobody leitre", ""), ("nnn", ""), ("aann", "ann"), ("lann", ""),
     ("מרב ארזי", "מירב ארזי"), ("מרב", ""), ("노선히", "노선희"), ("정연쥬", "정연주"), ("노상히", ""),
     ("Веронон Тилден", "vernon тилден"), ("בריאן טילדון", "בריאן tilden"), ("Веронон", "vernon"),
     ("ננה ארזי", "דנה ארזי")],
)  # fmt: skip
def test_words_that_are_known_by_chance_are_put_right_with_the_others(engine: Open, line: str, meant: str) -> None:
    others = [named(n, "Ann", "gokt para vansen para") for n in range(10, 20)]
    people = [named(1, "Keith Vance"), named(2, "Laura Moura"), named(3, "Hannah Gold"), *others]
    people += [
        named(5, "Laura Lemaître"),
        named(6, "Laura Leitz", "leiter"),
        named(7, "מירב ארזי"),
        named(8, "דנה ארזי"),
        named(22, "Vernon Tilden"),
        named(23, "Brian Tilden"),
        named(20, "노선희"),
        named(21, "정연주", "노상희"),
    ]

    assert offered(engine, *people, named(4, "Piet", "vanse"), text=line) == meant


def test_a_word_that_somebody_has_is_only_put_right_to_a_name(engine: Open) -> None:
    byrne, ruiz = named(1, "Ann Byrne"), make_document(2, texts={"name": "Maria Ruiz", "places": "Bryne"})

    assert offered(engine, byrne, ruiz, text="maria byrne") == ""
    assert offered(engine, ruiz, text="maria byrne") == "maria bryne"
    assert offered(engine, byrne, ruiz, named(3, "Maria Bryne"), text="maria byrne") == "maria bryne"


def test_a_name_comes_before_commoner_words_and_the_same_first_letter_before_another(engine: Open) -> None:
    said = [named(n, "Bea", "gokt molt") for n in range(10, 20)]

    assert offered(engine, named(1, "Hannah Gold"), *said, text="golt") == "gold"
    assert offered(engine, named(1, "Ann Bolt"), named(2, "Hannah Gold"), named(3, "Eve Bolt"), text="golt") == "gold"


def test_of_two_names_as_near_the_one_that_more_bear_is_meant(engine: Open) -> None:
    people = named(1, "Ann Mager"), named(2, "Bea Maier"), named(3, "Eve Maier"), named(4, "Eve Mahler", "mager mager")

    assert offered(engine, *people, text="maxer") == "maier"


def test_only_who_is_at_the_place_is_offered(engine: Open) -> None:
    there, elsewhere = named(1, "Hannah Gold", points=(CHICAGO,)), named(2, "Ann Bolt", points=(DENVER,))

    assert offered(engine, there, elsewhere, text="golt", circles=(Circle(*CHICAGO, 50),)) == "gold"
    assert offered(engine, there, elsewhere, text="golt", circles=(Circle(*DENVER, 50),)) == "bolt"
    assert offered(engine, there, text="golt", circles=(Circle(*DENVER, 50),)) == ""


def test_words_that_somebody_elsewhere_has_are_only_another_s_name(engine: Open) -> None:
    elsewhere = named(1, "Piet Vanse", "trust", points=(DENVER,))
    near = named(2, "Keith Vance", "trusts crust", points=(CHICAGO,))

    assert offered(engine, near, elsewhere, text="vanse", circles=(Circle(*CHICAGO, 50),)) == "vance"
    assert offered(engine, near, elsewhere, text="trust piet", circles=(Circle(*CHICAGO, 50),)) == ""


def test_nobody_who_is_gone_is_offered(engine: Open) -> None:
    index = engine()
    index.rebuild([named(1, "Keith Vance"), named(2, "Keith Vane")], 1)
    index.follow([], [1], 2)

    assert index.find(Query(text="keith vanc"), TODAY).did_you_mean == "keith vane"


def test_of_many_near_words_the_likeliest_are_looked_at(engine: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "MOST", 1)

    assert (
        offered(engine, named(1, "Ann", "gols"), named(2, "Hannah Gold"), named(3, "Bea Bolt"), text="golt") == "gold"
    )

"""How much work any text takes: counted in calls of functions, which are the same on every machine, and in steps."""

import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.places.gazetteer import MAX_STEPS, Gazetteer
from referral.places.store import Exhausted

CALLS_A_STEP = 40
"""Calls of functions, those written in C too, that a step of work stands for at most; mostly it is 25."""
CALLS_AT_ONCE = 5_000
"""Calls that take a line apart before anything is looked up: it has at most 200 letters and 24 words."""

WORDS = (
    "saint st la de l san new 12 75001 9 SW1A Paris Lyon Mo rr r w9 Georgia CA Berlin 東京都港区 서울 or in , - / ;"
).split()
LINES = st.text(max_size=220) | st.lists(st.sampled_from(WORDS) | st.text("abr 1,", max_size=5), max_size=30).map(
    " ".join
)

HOSTILE = [
    "Lyon w9,rr  Mo,rrr  Mo,rrr  Mo,rrr  Md,rr 95442 rb Mo,  r 83555 r - ora, Louisvillekisdar Ge 2131 orgia",
    "Lyonbw9 , Udaipur22460 ,rr  M Laykao,rrr  Mo,rr 8491 Mo,r 8355 r - s  Morawa42054  Sfr Vikulamdar Geo",
    "道f 27262 口 - Curt - Nacozari de Garcíaorim道海口市区府县村新道上區 59944 東川山縣道 6815 区市府東 45577v東 -",
    "VitóriaVitóriu Mancha  97793 S - Mayennenc 45760 h 45760 hara S José Card do Matos TX",
    "san a b c d e f",
    "12 12 12 12 75001 75001 9 9 9 SW1A, Paris - Lyon / Georgia",
]


def _calls(ask: Callable[[], object]) -> int:
    """How many functions are called while `ask` runs."""
    calls = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("line", HOSTILE)
def test_a_hostile_line_is_given_up(gazetteer: Gazetteer, line: str) -> None:
    assert _calls(lambda: gazetteer.find(line)) <= MAX_STEPS * CALLS_A_STEP + CALLS_AT_ONCE


@settings(max_examples=25, deadline=None)
@given(line=LINES, country=st.sampled_from([None, "US", "KR"]))
def test_no_text_takes_more_work_than_is_allowed(gazetteer: Gazetteer, line: str, country: str | None) -> None:
    assert _calls(lambda: gazetteer.find(line, country=country)) <= MAX_STEPS * CALLS_A_STEP + CALLS_AT_ONCE


def test_steps_are_counted_and_end(gazetteer: Gazetteer) -> None:
    store = gazetteer.store

    with store.allowed(20):
        store.spend(19)
        store.spend()
        with pytest.raises(Exhausted):
            store.spend()
    store.spend(1_000)
    with store.allowed(5), pytest.raises(Exhausted):
        store.rows("SELECT 1")

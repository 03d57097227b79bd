"""Rings of objects nobody holds are looked for a little and often."""

import gc
from collections.abc import Iterator
from wsgiref.util import setup_testing_defaults

import pytest

from referral.tidying import OFTEN, RARELY, SELDOM, tidied


@pytest.fixture
def looks() -> Iterator[list[int]]:
    """The generation of each look, as they are made; the collector is afterwards as it was."""
    seen: list[int] = []
    before = gc.get_threshold()

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            seen.append(about["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_is_new_is_looked_through_often_and_all_of_it_rarely(looks: list[int]) -> None:
    app = tidied(lambda environ, start_response: [b"here"])
    environ: dict[str, object] = {}
    setup_testing_defaults(environ)
    looks.clear()

    answers = {b"".join(app(environ, lambda *_: lambda _: None)) for _ in range(RARELY)}

    assert answers == {b"here"}
    assert looks.count(2) == 1 and looks.count(1) == RARELY // SELDOM - 1
    assert looks.count(0) >= RARELY // OFTEN - RARELY // SELDOM

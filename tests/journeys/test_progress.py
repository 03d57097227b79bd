"""A long step is shown while it is at work, and not a moment longer."""

from io import StringIO

import pytest
from rich.console import Console
from rich.progress import Progress

from referral import progress


@pytest.fixture
def shown() -> Progress:
    """What draws, on a terminal that nobody looks at."""
    return Progress(console=Console(quiet=True, force_terminal=True), auto_refresh=False)


def test_a_step_that_begins_finishes_the_one_before(shown: Progress) -> None:
    step = progress.drawing(shown)

    step("fetching", 0, 0)
    step("writing places", 1, 4)
    step("writing names", 2, 4)

    fetched, places, names = shown.tasks
    assert (fetched.completed, fetched.total, fetched.finished) == (1, 1, True)
    assert (places.completed, places.total, places.finished) == (4, 4, True)
    assert (names.completed, names.total, names.finished) == (2, 4, False)


def test_the_time_of_what_is_finished_stands_still(shown: Progress) -> None:
    step = progress.drawing(shown)
    step("reading", 7, 0)
    step("writing", 0, 2)

    read, written = shown.tasks

    assert read.stop_time is not None and (read.completed, read.total) == (7, 7)
    assert written.stop_time is None


def test_one_step_has_one_bar(shown: Progress) -> None:
    step = progress.drawing(shown)

    for done in range(5):
        step("matching", done, 4)

    assert [(task.completed, task.total) for task in shown.tasks] == [(4, 4)]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Where a step is told that has no terminal."""
    written = StringIO()
    monkeypatch.setattr(progress, "console", Console(file=written))
    return written


def test_without_a_terminal_every_step_is_a_line(log: StringIO) -> None:
    with progress.bar() as step:
        step("matching", 0, 3)
        step("matching", 1, 3)
        step("writing", 0, 0)

    assert log.getvalue() == "matching …\nwriting …\n"


def test_without_a_terminal_a_long_step_says_now_and_then_how_far_it_is(
    log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 2))  # each look at the clock two seconds after the one before
    monkeypatch.setattr(progress, "monotonic", lambda: float(next(clock)))

    with progress.bar() as step:
        for done in range(12_001, 12_008):
            step("matching", done, 12_007)

    assert log.getvalue() == "matching …\nmatching: 12,004 of 12,007\n"


def test_without_a_terminal_a_long_line_is_not_broken(log: StringIO) -> None:
    said = "The places are older than their notes [of what they were made of]: " + "they stay. " * 20

    with progress.bar() as step:
        step(said, 0, 0)

    assert log.getvalue() == f"{said} …\n"

"""A long step is shown while it is at work, and not a moment longer."""

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

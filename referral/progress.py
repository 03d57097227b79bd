"""A bar on the terminal for every long step; plain lines where there is no terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Step = Callable[[str, int, int], None]
"""Called with (what is being done, how much is done, how much there is in all; 0 when nobody knows)."""

EVERY = 5
"""So many seconds, at least, lie between two lines of one step."""

console = Console(stderr=True)


@contextmanager
def bar() -> Iterator[Step]:
    """A step function that draws one bar for each thing being done."""
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield drawing(progress) if console.is_terminal else _printing()


def drawing(progress: Progress) -> Step:
    """Draws one bar for each step; a step that begins finishes the one before."""
    at_work: list[tuple[str, TaskID]] = []

    def step(what: str, done: int, total: int) -> None:
        if not at_work or at_work[-1][0] != what:
            if at_work:
                _finish(progress, at_work.pop()[1])
            at_work.append((what, progress.add_task(what, total=total or None)))
        progress.update(at_work[-1][1], completed=done, total=total or None)

    return step


def _finish(progress: Progress, number: TaskID) -> None:
    """A full bar whose time stands still."""
    task = next(task for task in progress.tasks if task.id == number)
    all = task.total or task.completed or 1
    progress.update(number, completed=all, total=all)
    progress.stop_task(number)


def _printing() -> Step:
    """A line when a thing begins, and now and then how far it is: a log file is no place for a bar."""
    begun: set[str] = set()
    told = 0.0

    def step(what: str, done: int, total: int) -> None:
        nonlocal told
        now = monotonic()
        if what not in begun:
            begun.add(what)
            console.out(f"{what} …", highlight=False)
        elif now - told >= EVERY and done < total:
            console.out(f"{what}: {done:,} of {total:,}", highlight=False)
        else:
            return
        told = now

    return step

"""Two who set up one folder at once: the second goes on when the first is done."""

import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from referral import setup
from referral.errors import UsageError


def _first(folder: Path, begun: Event, end: Event) -> None:
    with setup.alone(folder):
        begun.set()
        end.wait(20)


def test_who_serves_waits_for_a_set_up_at_work_and_who_builds_is_told(tmp_path: Path) -> None:
    forks, said = multiprocessing.get_context("fork"), list[str]()
    begun, end = forks.Event(), forks.Event()
    other = forks.Process(target=_first, args=(tmp_path, begun, end))
    other.start()
    assert begun.wait(20)

    def waits(sentence: str) -> None:
        said.append(sentence)
        end.set()

    with pytest.raises(UsageError, match="Let it finish, or stop it"), setup.alone(tmp_path):
        pass
    with setup.alone(tmp_path, waits):
        ours = (tmp_path / "setup.lock").read_text().strip()
    other.join(20)

    assert said == [f"Another set-up is at work in {tmp_path} (process {other.pid}): waiting for it."]
    assert other.exitcode == 0 and ours != str(other.pid)

"""Work that nobody waits for: one at a time, told when it fails, left alone for a while then."""

from threading import Event

import pytest

from index import background
from index.background import Background


def fail() -> bool:
    raise OSError("no space left on device")


class AtOnce(background.Thread):
    """A thread that is done before its starter goes on: what a busy machine makes of a real one now and then."""

    def start(self) -> None:
        super().start()
        self.join()


def test_work_that_failed_before_its_starter_looked_was_begun_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "Thread", AtOnce)
    told: list[Exception] = []
    alone = Background()

    assert alone.start(fail, told.append)
    assert not alone.start(fail, told.append)
    assert len(told) == 1


def test_only_one_works_at_a_time() -> None:
    alone, may_go_on, begun = Background(), Event(), list[int]()

    def work() -> bool:
        begun.append(1)
        return may_go_on.wait(10)

    assert [alone.start(work, print) for _time in range(3)] == [True, True, True]
    may_go_on.set()
    alone.wait()
    assert begun == [1]

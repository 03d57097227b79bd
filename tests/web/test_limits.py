"""Counting searches costs next to nothing, and nobody is counted longer than the limit lasts."""

import threading

import pytest
from limits import parse
from limits.strategies import MovingWindowRateLimiter

from referral.web import limits
from referral.web.limits import Memory


def test_a_search_begins_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    counted, begun = MovingWindowRateLimiter(Memory()), list[threading.Timer]()
    counted.hit(parse("5 per second"), "somebody")
    monkeypatch.setattr(threading.Timer, "start", begun.append)

    fits = [counted.hit(parse("5 per second"), "somebody else") for _time in range(7)]

    assert fits == [True] * 5 + [False] * 2
    assert begun == []


def test_the_memory_is_swept_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SWEPT", 0.0)
    memory = Memory()
    before = memory.timer
    before.join()

    MovingWindowRateLimiter(memory).hit(parse("5 per second"), "somebody")

    assert memory.timer is not before
    memory.timer.join()

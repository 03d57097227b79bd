"""The thread that sweeps the disk after who was erased, when the process that was to do so died before it had."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from index.types import IndexBusy
from referral.beside import surviving
from referral.listings import forgetting, rewriting
from referral.nightly.night import Night

FIRST = 3.0
"""Seconds after the start: the first pages come before it."""

EVERY = 60.0
"""Seconds between two looks; who has just left is swept after by a thread of their own."""

A_DAY = 86_400.0
"""Seconds in which there is a night."""


class Sweeper(threading.Thread):
    """Looks whether somebody who was erased may still lie on the disk; never in a request."""

    def __init__(self, night: Callable[[], Night]) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._night, self._age = night, 0.0

    def run(self) -> None:
        """Look, for as long as the process lives."""
        time.sleep(FIRST)
        while True:
            self.look()
            time.sleep(EVERY)

    def look(self) -> None:
        """Sweep, if it was not done; what went wrong is said in the log and tried again, ever more rarely."""
        with surviving("sweeper"), suppress(IndexBusy):  # another sweeps, or builds: the next look is the answer
            night = self._night()
            if night.data is None or not forgetting.is_due(night.data, self._age):
                return
            self._age = max(2 * self._age, EVERY)
            if forgetting.sweep(night.engine, night.index, night.data, night.today):
                self._age = EVERY
            elif rewriting.keeps(night.engine):
                self._age = max(self._age, A_DAY)  # what is left is for the night

"""The thread that lets what expired leave its filter at the turn of the UTC day, where our own server runs."""

import threading
import time
from collections.abc import Callable
from datetime import date

from referral.beside import surviving
from referral.nightly import belonging, clock
from referral.nightly.night import Night

EVERY = 0.5
"""Seconds between two looks at the clock."""


class Midnight(threading.Thread):
    """Does on each new day what cannot wait for the nightly jobs; what happened while nobody served is theirs."""

    def __init__(self, night: Callable[[], Night], today: Callable[[], date]) -> None:
        super().__init__(name="midnight", daemon=True)
        self._night, self._today = night, today  # only a night asks the database, which may be away
        self._done = today()

    def run(self) -> None:
        """Look at the clock, for as long as the process lives."""
        while True:
            self.look()
            time.sleep(EVERY)

    def look(self) -> None:
        """Do it, if this is a new day; what went wrong is said in the log and tried again."""
        today = self._today()
        if today == self._done:
            return
        with surviving("midnight"):
            night = self._night()
            clock.wrong_dates(night)
            clock.credentials(night)
            belonging.memberships(night)
            self._done = today

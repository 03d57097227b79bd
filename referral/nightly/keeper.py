"""The thread that looks after the search index of a process that serves: builds the first, finds bytes that changed."""

import threading
import time
from collections.abc import Callable

from referral.beside import surviving
from referral.listings import indexing
from referral.nightly.night import Night

EVERY = 300.0
"""Seconds between two looks at all bytes: what is damaged answers wrongly for no longer."""

SOON = 2.0
"""Seconds between two looks whether another generation has come, all of which is looked at."""

AFTER_A_FAILURE = 60.0
"""Seconds before it is tried again when the database did not answer."""


class Keeper(threading.Thread):
    """Looks at each generation when it has come, and now and then again; never in a request, and in small parts."""

    def __init__(self, night: Callable[[], Night], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(name="keeper", daemon=True)
        self._night, self._clock = night, clock
        self._looked: tuple[str, float] | None = None

    def run(self) -> None:
        """Look, for as long as the process lives."""
        while True:
            time.sleep(SOON if self.look() else AFTER_A_FAILURE)

    def look(self) -> bool:
        """Look at the index, if it is time; False where that went wrong, which is said in the log."""
        done = False
        with surviving("keeper"):
            night = self._night()
            here = night.index.state().generation
            if self._looked is None or here != self._looked[0] or self._clock() >= self._looked[1] + EVERY:
                self._looked = here, self._clock()
                indexing.look_after(night.engine, night.index, night.today)
            done = True
        return done

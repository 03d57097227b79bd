"""One thread at most, for work that nobody waits for. It ends with the process, and what it does must bear that.

Nothing here knows what the work is.
"""

import time
from collections.abc import Callable
from threading import Lock, Thread

RETRY = 60.0
"""Seconds before work that failed is tried again."""

BUSY = 5.0
"""Seconds before work that somebody else was at is looked at again."""


class Background:
    """The thread of a process. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock, self._thread = Lock(), Thread()
        self._rests_until, self._failed = 0.0, False

    def start(self, work: Callable[[], bool], failed: Callable[[Exception], object]) -> bool:
        """Begin `work` unless it is running or resting; False while it rests because it failed.

        `work` returns False when somebody else is at it. `failed` is told of what it raised.
        """
        with self._lock:
            if not self._thread.is_alive() and time.monotonic() >= self._rests_until:
                self._thread = Thread(target=self._run, args=(work, failed), name="index", daemon=True)
                self._failed = False
                self._thread.start()
                return True  # not what became of it: it may have failed already
            return not self._failed

    def wait(self) -> None:
        """Until the work is done."""
        thread = self._thread
        if thread.is_alive():
            thread.join()

    def _run(self, work: Callable[[], bool], failed: Callable[[Exception], object]) -> None:
        try:
            if not work():
                self._rests_until = time.monotonic() + BUSY
        except Exception as error:  # nobody above would ever see it
            self._failed, self._rests_until = True, time.monotonic() + RETRY
            failed(error)

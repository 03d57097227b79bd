"""No process outlives the one that started it: killed, that one cannot say goodbye."""

import os
import signal
import threading
import time
from collections.abc import Callable

ENDS = {signal.SIGINT, signal.SIGTERM}
"""What Ctrl-C and a service manager say."""

EVERY = 0.25
"""Seconds between two looks at who started us."""

GRACE = 1.0
"""Seconds that who started us has to say it, once somebody else has."""


def end_with(parent: int) -> None:
    """End this process at once when `parent`, which started it, is gone."""
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os._exit(0)


def hear(act: Callable[[], object]) -> None:
    """Call `act` whenever this process is told to end, from now on and in those it forks until they say otherwise.

    One thread waits for the word and all others are deaf to it. Else the system may hand it to a thread that Python
    cannot act in, or it comes before anybody listens, and who waits for it sleeps on until it is killed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    threading.Thread(target=_hear, args=(act,), name="told", daemon=True).start()


def _hear(act: Callable[[], object]) -> None:
    while signal.sigwait(ENDS):
        act()


def end_when_told() -> None:
    """Let this process, which has no other thread yet, be ended by who started it alone, with SIGTERM: what the
    handler does that is set by then, and at once while none is. Ctrl-C in a terminal reaches both, and is left to that.

    One thread waits for the word, as in its parent (`hear`). A service manager tells every process of a group: who
    ended before its parent had heard would look like one that crashed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_heed, name="told", daemon=True).start()


def _heed() -> None:
    told = signal.sigwaitinfo({signal.SIGTERM})
    if told.si_pid != os.getppid():
        signal.sigtimedwait({signal.SIGTERM}, GRACE)  # the parent's own may be one with the first: then none comes
    while callable(handler := signal.getsignal(signal.SIGTERM)):
        handler(signal.SIGTERM, None)  # again and again: what it calls may not be there yet
        time.sleep(EVERY / 5)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    signal.raise_signal(signal.SIGTERM)

"""No process outlives the one that started it: killed, that one cannot say goodbye."""

import os
import threading
import time

EVERY = 0.25
"""Seconds between two looks at who started us."""


def end_with(parent: int) -> None:
    """End this process at once when `parent`, which started it, is gone."""
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os._exit(0)

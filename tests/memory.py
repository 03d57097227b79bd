"""Where tests write: into memory, as a disk takes milliseconds to say that it has kept something, thousands of times.

What is asked of a disk that is full, broken or slow is asked of one that the test makes. TMPDIR says another place.
"""

import os
import re
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free there, and in the machine's memory: a browser and the real places want some too."""


def write_there() -> None:
    """Make it the folder for all that is temporary, of this process and whatever it starts."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _has_room() -> bool:
    try:
        available = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
        return min(shutil.disk_usage(MEMORY).free, int(available[1]) << 10 if available else 0) > ROOM
    except OSError:
        return False

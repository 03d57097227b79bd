"""What only a first start does: it builds with processes of its own kind, then serves by forks."""

import subprocess
import sys

from referral.config import ROOT

AFTER_A_BUILD = """
import multiprocessing
multiprocessing.set_start_method("spawn")
from referral import serving
serving.by_fork()
print(multiprocessing.get_start_method())
"""


def test_a_server_starts_after_a_build_that_used_processes() -> None:
    done = subprocess.run([sys.executable, "-c", AFTER_A_BUILD], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "fork"

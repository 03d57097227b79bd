"""Who is told to end does, whenever it is told: before it serves, while nobody listens yet, while it waits for ever."""

import os
import signal
import subprocess
import sys

import pytest

WORKER = """
import signal, threading
from referral import orphans

orphans.end_when_told()
"""

WAITS = "print('ready', flush=True); threading.Event().wait()"

LISTENS_LATE = """
ended, told = threading.Event(), []
def listen(*_):
    told.append(1)
    if len(told) > 1:
        ended.set()
signal.signal(signal.SIGTERM, listen)
print('ready', flush=True)
ended.wait()
"""
"""As a worker whose server has set the handler and not yet said what it calls: the first word is lost."""


@pytest.mark.parametrize(("work", "ended_with"), [(WAITS, -signal.SIGTERM), (LISTENS_LATE, 0)])
def test_a_process_that_is_told_to_end_does(work: str, ended_with: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WORKER + work], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            os.kill(process.pid, signal.SIGTERM)

            assert process.wait(5) == ended_with
        finally:
            process.kill()


def test_a_key_pressed_in_the_terminal_is_for_the_server_to_heed() -> None:
    with subprocess.Popen([sys.executable, "-c", WORKER + WAITS], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            os.kill(process.pid, signal.SIGINT)

            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.3)
        finally:
            process.kill()

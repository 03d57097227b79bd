"""What is promised of edits, queue, letters and clock holds over PostgreSQL too: their tests, run over a server."""

import os
import subprocess
import sys

import pytest

from bench.engines.cluster import Cluster, programs
from referral.config import ROOT

MODULES = (
    "tests/accounts/test_equal_work.py",
    "tests/accounts/test_tokens.py",
    "tests/coordinating/test_meanwhile.py",
    "tests/editing/test_views.py",
    "tests/joining",
    "tests/listings/test_attestations.py",
    "tests/listings/test_drafts.py",
    "tests/listings/test_erasing.py",
    "tests/listings/test_races.py",
    "tests/listings/test_revisions.py",
    "tests/listings/test_shelf.py",
    "tests/mail/test_outbox.py",
    "tests/moderation/test_queue.py",
    "tests/moderation/test_new_listings.py",
    "tests/moderation/test_reporting.py",
    "tests/moderation/test_taking_down.py",
    "tests/moderation/test_views.py",
    "tests/networks/test_applying.py",
    "tests/nightly/test_credentials.py",
    "tests/nightly/test_forgotten.py",
    "tests/nightly/test_nightly.py",
    "tests/nightly/test_pauses.py",
    "tests/nightly/test_silence.py",
    "tests/nightly/test_sweeper.py",
    "tests/site/test_at_once.py",
    "tests/workshops/test_publishing.py",
)


@pytest.mark.slow
@pytest.mark.skipif(programs() is None, reason="No PostgreSQL stands on this machine.")
def test_the_heart_of_it_holds_over_postgresql() -> None:
    cluster = Cluster()
    try:
        address = f"postgresql+psycopg://bench@/postgres?host={cluster.folder}"
        command = [sys.executable, "-m", "pytest", "-n", "0", "-m", "not slow", *MODULES]
        environment = {**os.environ, "REFERRAL_TEST_DATABASE": address}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    finally:
        cluster.end()

    assert done.returncode == 0, done.stdout[-6000:]

"""What is done every night, in order: each job in transactions of its own, and one that fails stops no other.

May be run at any time and any number of times: what was done is not done again.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from referral.beside import told
from referral.errors import UsageError
from referral.nightly import addresses, belonging, clearing, clock, finding, looking
from referral.nightly.night import Counts, Night

__all__ = ["JOBS", "Job", "Night", "Report", "run"]

Job = Callable[[Night], Counts]

JOBS: Sequence[tuple[str, Job]] = (
    ("wrong dates", clock.wrong_dates),  # first: the others judge what is there
    ("pauses", clock.pauses),  # before the others: who comes back is judged with the others
    ("credentials", clock.credentials),
    ("memberships", belonging.memberships),
    ("applications", belonging.applications),
    ("attestations", clock.attestations_due),
    ("enquiries", clearing.enquiries),  # before the letters they are known by are forgotten
    ("letters", clearing.letters),
    ("closed reports", clearing.closed_reports),
    ("secrets", clearing.secrets),
    ("kept keys", clearing.kept_keys),
    ("unwanted letters", clearing.unwanted_letters),
    ("drafts", clearing.drafts),
    ("accounts", clearing.accounts),
    ("security log", clearing.security_log),
    ("disk", clearing.disk),
    ("addresses", addresses.addresses),
    ("links", looking.links),
    ("index", finding.index),  # last: it follows what the others changed
)
"""A new job is a function and a line here."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one job."""

    job: str
    counts: Counts
    seconds: float
    failed: str = ""
    """What is to be mended, else the kind of error: what a bug says may hold what somebody wrote."""


def run(night: Night, jobs: Sequence[tuple[str, Job]] = JOBS) -> list[Report]:
    """Do every job, and write one line of the log with all figures."""
    reports = [_do(name, job, night) for name, job in jobs]
    figures = {f"{r.job} {what}".replace(" ", "_"): n for r in reports for what, n in r.counts.items()}
    took = round(sum(r.seconds for r in reports), 2)
    log.info(
        "nightly", day=night.today.isoformat(), seconds=took, failed=[r.job for r in reports if r.failed], **figures
    )
    return reports


def _do(name: str, job: Job, night: Night) -> Report:
    begun = time.perf_counter()
    try:
        counts = job(night)
    except Exception as error:  # the others are to be done all the same; the command exits with 1
        log.error("nightly job", job=name, **told(error))
        said = error.text if isinstance(error, UsageError) else type(error).__name__
        return Report(name, {}, time.perf_counter() - begun, said)
    return Report(name, counts, time.perf_counter() - begun)

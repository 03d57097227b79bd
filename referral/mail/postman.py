"""The thread that sends letters on a single machine: one for the whole data folder, never in a request."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

import structlog
from sqlalchemy import Engine

from referral import db
from referral.alone import alone
from referral.beside import surviving
from referral.config import Config
from referral.mail import outbox
from referral.mail.sending import Report, send_due
from referral.mail.transport import Transport, open_transport

EVERY = 1.0
"""Seconds between two looks into the outbox; a look costs less than a tenth of a millisecond."""

log = structlog.get_logger()


class Postman(threading.Thread):
    """Sends what waits, for as long as its process lives."""

    def __init__(self, config: Config, engine: Callable[[], Engine], now: Callable[[], datetime]) -> None:
        super().__init__(name="postman", daemon=True)
        self._config, self._engine, self._now = config, engine, now

    def run(self) -> None:
        """Look, send, and never end: what goes wrong is said in the log and tried again."""
        transport = open_transport(self._config)
        while True:
            with self._alone() as alone:
                while alone:
                    self.look(transport)
                    time.sleep(EVERY)
            time.sleep(EVERY)

    def look(self, transport: Transport) -> None:
        """Send what is due now."""
        with surviving("letters"):
            with db.reading(self._engine()) as session:
                due = outbox.due(session, self._now())
            if due and not transport.resting():
                self._tell(send_due(self._engine(), transport, self._now()))

    def _tell(self, report: Report) -> None:
        if report.unreachable or report.failed:
            log.warning("letters", unreachable=report.unreachable, failed=report.failed, waiting=report.waiting)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other process sends from this data folder; the lock ends with the process, however it ends.

        Nobody does while the folder cannot be written to: no letter could be noted as sent.
        """
        with ExitStack() as held:
            try:
                ours = held.enter_context(alone(self._config.data / "letters.lock"))
            except OSError:
                ours = False
            yield ours

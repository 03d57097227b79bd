"""The thread that looks up the address of an office soon after it was saved, where our own server runs."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

import structlog

from referral import changes, db
from referral.beside import surviving
from referral.listings.pinpointing import Sought
from referral.nightly import addresses
from referral.nightly.night import Night
from referral.places.geocode import StreetGeocoder

EVERY = 1.0
"""Seconds between two looks at the change clock, which costs less than a tenth of a millisecond."""

log = structlog.get_logger()


class Surveyor(threading.Thread):
    """Looks up what a change left to be looked up, the newest first; what could not be asked is tried the next day."""

    def __init__(self, night: Callable[[], Night], geocoder: StreetGeocoder) -> None:
        super().__init__(name="surveyor", daemon=True)
        self._night, self._geocoder = night, geocoder
        self._seen: tuple[date, int] | None = None
        self._day: date | None = None
        self._failed: set[Sought] = set()
        """What could not be asked for on that day."""

    def run(self) -> None:
        """Look, ask, and never end: what goes wrong is said in the log and tried again."""
        while True:
            self.look()
            time.sleep(EVERY)

    def look(self) -> None:
        """Look up what is due since the last look, if anything changed."""
        with surviving("addresses"):
            night = self._night()
            with db.reading(night.engine) as session:
                here = (night.today, changes.latest(session))
            if here != self._seen:
                self._survey(night, here)

    def _survey(self, night: Night, here: tuple[date, int]) -> None:
        if self._day != night.today:
            self._day = night.today
            self._failed.clear()
        done: Counter[str] = Counter()
        with self._geocoder.alone() as alone:
            if alone and addresses.newest(night, self._geocoder, self._failed, done):
                self._seen = here
        if done:
            log.info("addresses", **{what.replace(" ", "_"): n for what, n in done.items()})

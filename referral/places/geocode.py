"""Street addresses to points through a network geocoder; used by jobs only, never in a request.

Any geopy geocoder will do. What it says is checked; the whole installation asks at most once a second. Nothing of an
address is kept here: what was found stands beside the address itself, and goes with it.
"""

import fcntl
import json
import os
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service

from referral.alone import alone
from referral.errors import UsageError
from referral.places.answers import Address, Answer, checked
from referral.places.guarded import GuardedAdapter

TIMEOUT_SECONDS = 10.0
"""geopy's own default of 1 s is too short for the public servers."""
PAUSE_SECONDS = 1.0
"""Between two requests of the whole installation: the usage policy of the public servers."""
TRIES = 3
"""Failures in a row after which nothing is asked for a while."""
REST_SECONDS = 900.0

EXTRA: Mapping[str, Mapping[str, object]] = {"nominatim": {"addressdetails": True}}
"""Service -> what else it is asked: only so does Nominatim say in which country a place lies."""


class Asked(Protocol):
    """What is used of a geopy geocoder."""

    def geocode(self, query: str, *, timeout: float, **extra: Any) -> Answer | None: ...  # noqa: D102 - geopy documents it


class Unavailable(Exception):
    """The geocoder did not answer, or what it said is no answer; try again another day."""


class Resting(Unavailable):
    """It failed several times in a row, so nobody is asked for a while."""


@dataclass(frozen=True, slots=True)
class StreetGeocoder:
    """A network geocoder behind a limiter and a circuit breaker that all processes share."""

    asked: Asked
    folder: Path
    """Where the locks, the last moment and the count of failures lie."""
    host: str = ""
    """Whose server it is."""
    extra: Mapping[str, object] = field(default_factory=dict)
    country_of: Callable[[float, float], str] = lambda lat, lon: ""
    """The country a point lies in, of an answer that names none; "" where nobody knows, and then it is not taken."""
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def locate(self, address: str, country: str) -> Address | None:
        """The point of `address` in `country` (ISO 3166-1), None when there is none there.

        Raises Unavailable when the geocoder cannot be asked or answers nonsense, Resting when it did so lately.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._shared() as state:
            if state.rests_until > self.clock():
                raise Resting("The geocoder failed several times; nothing is asked for a while.")
            return self._ask(f"{address}, {country}", country, state)

    def resting(self) -> bool:
        """Whether nothing is asked at the moment."""
        return _State.load(self.folder).rests_until > self.clock()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether no other process goes through addresses; the lock ends with the process, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with alone(self.folder / "asking") as ours:
            yield ours

    def _ask(self, query: str, country: str, state: "_State") -> Address | None:
        self.sleep(max(0.0, min(PAUSE_SECONDS, state.asked_at + PAUSE_SECONDS - self.clock())))
        state.asked_at = self.clock()
        state.save()  # now: who is killed while asking has asked
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # geopy warns of latitude 999 and then refuses it
                answer = self.asked.geocode(query, timeout=TIMEOUT_SECONDS, **self.extra)
            found = checked(answer, country, self.country_of) if answer is not None else None
        except (GeopyError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, OSError) as problem:
            state.fail(self.clock())
            raise Unavailable(f"The geocoder gave no usable answer: {problem}") from problem
        state.failures = 0
        return found

    @contextmanager
    def _shared(self) -> Iterator["_State"]:
        """The shared state, under a lock that a killed process lets go."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            state = _State.load(self.folder)
            try:
                yield state
            finally:
                state.save()


def configured(
    setting: str, folder: Path, user_agent: str, country_of: Callable[[float, float], str] = lambda lat, lon: ""
) -> StreetGeocoder | None:
    """The geocoder a setting names, None for none: "nominatim", "photon:photon.example.org", "pelias:https://…".

    Raises UsageError for a service geopy does not know, or that needs more than an address of its own.
    """
    if not setting:
        return None
    service, _, domain = setting.partition(":")
    scheme, separator, host = domain.partition("://")
    try:
        made = get_geocoder_for_service(service)
        options = {"domain": host if separator else domain} if domain else {}
        if separator:
            options["scheme"] = scheme
        asked = made(user_agent=user_agent, timeout=TIMEOUT_SECONDS, adapter_factory=GuardedAdapter, **options)
    except (GeopyError, TypeError) as problem:
        raise UsageError(f"REFERRAL_GEOCODER names no geocoder we can use: {setting} ({problem})") from problem
    host = str(getattr(asked, "domain", "") or service)
    return StreetGeocoder(asked, folder, host, EXTRA.get(service, {}), country_of=country_of)


@dataclass(slots=True)
class _State:
    """What the processes share, in one small file."""

    folder: Path
    asked_at: float = 0.0
    failures: int = 0
    rests_until: float = 0.0

    @classmethod
    def load(cls, folder: Path) -> "_State":
        try:
            kept = json.loads((folder / "state.json").read_text())
            return cls(folder, float(kept["asked_at"]), int(kept["failures"]), float(kept["rests_until"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(folder)  # the first time, or cut off by a crash: begin afresh

    def save(self) -> None:
        beside = self.folder / f"state.{os.getpid()}"
        kept = {"asked_at": self.asked_at, "failures": self.failures, "rests_until": self.rests_until}
        beside.write_text(json.dumps(kept))
        beside.replace(self.folder / "state.json")

    def fail(self, now: float) -> None:
        """Count a failure; after several, rest."""
        self.failures += 1
        if self.failures >= TRIES:
            self.failures, self.rests_until = 0, now + REST_SECONDS

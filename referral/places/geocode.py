"""Street addresses to points through a network geocoder; used by jobs only, never in a request.

Any geopy geocoder will do. What it says is checked and kept; the whole installation asks at most once a second.
"""

import fcntl
import json
import math
import os
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service

from referral.errors import UsageError
from referral.places.guarded import GuardedAdapter

TIMEOUT_SECONDS = 10.0
"""geopy's own default of 1 s is too short for the public servers."""
PAUSE_SECONDS = 1.0
"""Between two requests of the whole installation: the usage policy of the public servers."""
TRIES = 3
"""Failures in a row after which nothing is asked for a while."""
REST_SECONDS = 900.0


class Answer(Protocol):
    """What is used of a geopy Location."""

    latitude: float
    longitude: float
    raw: dict[str, object]


class Asked(Protocol):
    """What is used of a geopy geocoder."""

    def geocode(self, query: str, *, timeout: float) -> Answer | None: ...  # noqa: D102 - geopy documents it


@dataclass(frozen=True, slots=True)
class Address:
    """Where an address is."""

    lat: float
    lon: float


class Unavailable(Exception):
    """The geocoder did not answer, or what it said is no answer; try again another day."""


def from_setting(setting: str, user_agent: str) -> Asked:
    """The geocoder a setting names: "nominatim", "photon:photon.example.org", "pelias:https://pelias.example.org".

    Raises UsageError for a service geopy does not know.
    """
    service, _, domain = setting.partition(":")
    scheme, separator, host = domain.partition("://")
    try:
        made = get_geocoder_for_service(service)
        options = {"domain": host if separator else domain} if domain else {}
        if separator:
            options["scheme"] = scheme
        asked: Asked = made(user_agent=user_agent, timeout=TIMEOUT_SECONDS, adapter_factory=GuardedAdapter, **options)
    except (GeopyError, TypeError) as problem:
        raise UsageError(f"REFERRAL_GEOCODER names no geocoder we can use: {setting} ({problem})") from problem
    return asked


@dataclass(frozen=True, slots=True)
class StreetGeocoder:
    """A network geocoder behind a limiter, a cache and a circuit breaker that all processes share."""

    asked: Asked
    folder: Path
    """Where the cache, the lock and the count of failures lie."""
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def locate(self, address: str, country: str) -> Address | None:
        """The point of `address` in `country` (ISO 3166-1), None when there is none there.

        Raises Unavailable when the geocoder cannot be asked or answers nonsense.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone() as state:
            key = f"{country}\n{' '.join(address.split())}"
            kept = state.cached(key)
            if kept is not None:
                return kept[0]
            if state.rests_until > self.clock():
                raise Unavailable("The geocoder failed several times; nothing is asked for a while.")
            found = self._ask(f"{address}, {country}", country, state)
            state.keep(key, found)
            return found

    def _ask(self, query: str, country: str, state: "_State") -> Address | None:
        self.sleep(max(0.0, min(PAUSE_SECONDS, state.asked_at + PAUSE_SECONDS - self.clock())))
        state.asked_at = self.clock()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # geopy warns of latitude 999 and then refuses it
                answer = self.asked.geocode(query, timeout=TIMEOUT_SECONDS)
            found = checked(answer, country) if answer is not None else None
        except (GeopyError, ValueError, TypeError, AttributeError, LookupError, OSError) as problem:
            state.fail(self.clock())
            raise Unavailable(f"The geocoder gave no usable answer: {problem}") from problem
        state.failures = 0
        return found

    @contextmanager
    def _alone(self) -> Iterator["_State"]:
        """The shared state, under a lock that a killed process lets go."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            state = _State.load(self.folder)
            try:
                yield state
            finally:
                state.save()


def checked(answer: Answer, country: str) -> Address | None:
    """The point of an answer, None when it lies in another country than asked.

    Raises ValueError for a point that is not on earth.
    """
    lat, lon = float(answer.latitude), float(answer.longitude)
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is not on earth")
    said = _country(answer.raw)
    return None if said and said != country.upper() else Address(lat, lon)


def _country(raw: dict[str, object]) -> str:
    """The ISO code an answer gives, wherever Nominatim, Photon and Pelias put it; "" when it gives none."""
    for part in (raw, raw.get("address"), raw.get("properties")):
        for field in ("country_code", "countrycode"):
            value = part.get(field) if isinstance(part, dict) else None
            if isinstance(value, str) and len(value) == 2:
                return value.upper()
    return ""


@dataclass(slots=True)
class _State:
    """What the processes share: one small file of JSON lines for the cache, one for the rest."""

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

    def cached(self, key: str) -> tuple[Address | None] | None:
        """What was answered before, in a tuple of one; None when never asked."""
        try:
            kept = json.loads(self._cache(key).read_text())
        except (OSError, ValueError):
            return None
        return (Address(*kept["point"]) if kept["point"] else None,) if kept["asked"] == key else None

    def keep(self, key: str, found: Address | None) -> None:
        path = self._cache(key)
        path.parent.mkdir(exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({"asked": key, "point": [found.lat, found.lon] if found else None}))
        beside.replace(path)

    def _cache(self, key: str) -> Path:
        return self.folder / "answers" / f"{sha256(key.encode('utf-8', 'replace')).hexdigest()}.json"

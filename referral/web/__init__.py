"""What all views share: the rooms of the application, the request's session, and who may call a view."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar, cast

from flask import Response, current_app, g, jsonify, request
from flask_login import current_user
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import changes, db, terms
from referral.accounts.permissions import Actor
from referral.accounts.signins import Signed
from referral.config import Config
from referral.errors import UsageError
from referral.limiting import Limits
from referral.listings.counts import Counts
from referral.listings.documents import COUNTRY, NETWORK
from referral.listings.shelf import Shelf
from referral.mail import Letterhead, keys
from referral.model import Account
from referral.outages import Health
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.geocode import StreetGeocoder, configured
from referral.search.answered import Answered
from referral.search.editorial import Editorial
from referral.search.readings import Readings
from referral.search.remembered import Remembered
from referral.search.sources import Sources
from referral.web.audience import anyone, arriving, coordinator, moderator, operator, signed_in, takes, therapist
from referral.web.visitors import country_of

__all__ = [
    "Rooms",
    "account",
    "actor",
    "anyone",
    "arriving",
    "bias",
    "close_session",
    "coordinator",
    "geocoder",
    "json",
    "moderator",
    "now",
    "operator",
    "rooms",
    "session",
    "signed",
    "signed_in",
    "sources",
    "takes",
    "therapist",
    "today",
    "tried",
    "unseen",
    "visitors_country",
    "writing",
]

INDEXED = {**terms.combine_rules(), COUNTRY: "any", NETWORK: "any"}
"""What the index counts: every facet, and the country for browsing."""


@dataclass(frozen=True)
class Rooms:
    """What the application was assembled from; each room is opened by who first enters it."""

    config: Config
    now: Callable[[], datetime]
    """The moment, UTC."""

    @cached_property
    def health(self) -> Health:
        """Whether the database can be trusted."""
        return Health(db.open_engine(self.config.database_url))

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        return self.health.engine

    @cached_property
    def reader(self) -> Engine:
        """The same for who only reads."""
        return db.of_one_moment(self.engine)

    @cached_property
    def index(self) -> EmbeddedIndex:
        """The search index."""
        return EmbeddedIndex(self.config.index_folder, INDEXED)

    @cached_property
    def answered(self) -> Answered:
        """Answers of the index kept in memory."""
        return Answered(self.index)

    @cached_property
    def shelf(self) -> Shelf:
        """Listings kept in memory."""
        return Shelf(stored=self.index.sketches)

    @cached_property
    def editorial(self) -> Editorial:
        """Networks, questions and workshops kept in memory."""
        return Editorial()

    @cached_property
    def remembered(self) -> Remembered:
        """Pages of results kept as they were drawn."""
        return Remembered()

    @cached_property
    def readings(self) -> Readings:
        """Readings of typed lines kept until their page is drawn."""
        return Readings()

    @cached_property
    def counts(self) -> Counts:
        """How often listings are shown, opened and written to."""
        return Counts(lambda: self.engine)

    @cached_property
    def limits(self) -> Limits:
        """How often somebody did what is limited."""
        return Limits(self.config.data / "limits.sqlite", self.config.secret_key)

    @cached_property
    def letterhead(self) -> Letterhead:
        """What letters lead back to."""
        config = self.config
        try:
            with db.reading(self.engine) as session:
                kept = keys.kept(session, config.secret_key, config.secret_key_before)
        except keys.Lost:
            kept = ""
        return Letterhead(config.base_url, kept)

    def sources(self, session: Session) -> Sources:
        """Where an answer comes from; `session` sees the database of this moment, or of a later one."""
        clock = changes.glance(session)
        now = self.now()
        kept = self.editorial.read(session, clock.content, now)
        return Sources(
            session, clock.seq, self.index, self.answered.find, self.gazetteer, self.shelf, kept, self.readings, now
        )

    @cached_property
    def geocoder(self) -> StreetGeocoder | None:
        """Who is asked for street addresses, in jobs; a UsageError says what is wrong with the setting."""
        agent = f"Imago referral directory ({self.config.base_url})"
        return configured(self.config.geocoder, self.config.data / "geocoder", agent, self._country_of)

    def _country_of(self, lat: float, lon: float) -> str:
        """The country of the town nearest to a point."""
        town = self.gazetteer.nearest(lat, lon)
        return town.country if town else ""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places; a UsageError says how to build them where they are missing."""
        return open_gazetteer(self.config.gazetteer)


def rooms() -> Rooms:
    """The rooms of the application that answers this request."""
    return cast(Rooms, current_app.extensions["referral"])


def session() -> Session:
    """This request's session: one moment of the database, closed when the request is over."""
    if "session" not in g:
        g.session = Session(rooms().reader)
    return cast(Session, g.session)


def close_session(_error: BaseException | None) -> None:
    """Give this request's connection back."""
    opened: Session | None = g.pop("session", None)
    if opened is not None and opened.in_transaction():  # else it has no connection to give back
        opened.close()


Found = TypeVar("Found")


@contextmanager
def writing() -> Iterator[Session]:
    """A session of one write transaction of this request: the view commits it."""
    with db.writing(rooms().engine) as g.writing:
        try:
            yield g.writing
        finally:
            g.pop("writing", None)


def tried(
    deed: Callable[[Session], Found], shown: Callable[[str, int], Response], done: Callable[[Found], Response]
) -> Response:
    """The answer after `deed` was committed; what cannot be done as it was typed, or not any more, is `shown` again.

    `shown` is told why, and the status.
    """
    try:
        with writing() as here:
            found = deed(here)
            here.commit()
    except UsageError as error:
        if error.status not in (400, 409):
            raise
        return shown(error.text, error.status)
    return done(found)


def now() -> datetime:
    """The moment, UTC."""
    return rooms().now()


def today() -> date:
    """The day, UTC."""
    return now().date()


def signed() -> Signed | None:
    """Who is signed in with this browser, even while their second factor is missing; read once a request."""
    return cast("Signed | None", getattr(current_user, "signed", None))


def account() -> Account | None:
    """The signed-in account of this request: in use, not suspended, with its second factor where it needs one."""
    here = signed()
    return here.account if here is not None and here.complete else None


def actor() -> Actor | None:
    """The same person, as permissions see them."""
    here = signed()
    return here.actor if here is not None and here.complete else None


def unseen(response: Response) -> Response:
    """The response, kept by nobody: it shows what somebody looked for."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sources() -> Sources:
    """Where this request's answer comes from."""
    return rooms().sources(session())


def json(content: object, status: int = 200) -> Response:
    """A JSON answer of the open API: anybody's page may read it, nobody keeps it."""
    response = jsonify(content)
    response.status_code = status
    response.headers["Access-Control-Allow-Origin"] = "*"
    return unseen(response)


def geocoder() -> str:
    """The host that is asked for street addresses; empty for nobody."""
    asked = rooms().geocoder
    return asked.host if asked is not None else ""


def bias() -> str:
    """The country a bare place name is first looked for in: the site's where it has one set, else the visitor's."""
    return rooms().config.site.country or visitors_country()


def visitors_country() -> str:
    """Where the visitor likely is: the browser's region or its language's, else the site's own country."""
    return country_of(code for code, _quality in request.accept_languages) or rooms().config.site.home

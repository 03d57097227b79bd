"""How the index sees listings: a listing as a document, and an index that follows the database.

The index is never told of a change: `follow` asks what changed since. All of it reads one moment of the database: the
caller's transaction.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from babel import Locale
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from index.types import Document, Index, IndexBusy
from referral import changes, db, model, terms
from referral.listings import published
from referral.listings.cards import point
from referral.listings.content import Content, Office
from referral.listings.labels import plain
from referral.listings.published import Published
from referral.model.practitioner import PUBLIC_STATUSES

COUNTRY = "country"
"""A facet of the index that is no list of terms: the ISO 3166-1 codes of the offices, so that they can be counted."""

FAR_BEHIND = 5000
"""From so many changes on, building anew costs less than following."""

_BY_DAY = "accepting"
"""The answer the index reads from `accepts` and `confirmed_on`, because it turns into "ask" by itself."""

_IN_WORDS = ("topic", "works_with", "format")
"""Facets whose names and other names are found as words too: "infidelity" finds the topic affair."""

Progress = Callable[[int, int], object]
"""Called with (done, all)."""


def document(listing: Published, today: date) -> Document:
    """What the index knows of a public listing on `today`: coarse points, and only credentials that are valid."""
    told = listing.content
    points = (point(office) for office in told.offices)
    return Document(
        id=listing.id,
        public_id=listing.public_id,
        points=tuple(dict.fromkeys(p for p in points if p is not None)),
        areas=_areas(told),
        serves=frozenset(told.served) if "online" in told.chosen("delivery") else frozenset(),
        terms=_terms(told, today),
        texts=_texts(told, today),
        language=told.bio_language,
        accepts=told.new_clients == _BY_DAY,
        confirmed_on=told.new_clients_confirmed_on,
        attested=told.status != "unconfirmed",
    )


def documents(session: Session, today: date) -> Iterator[Document]:
    """Every public listing as a document, by number, few of them in memory."""
    for listing in published.each(session):
        yield document(listing, today)


def follow(session: Session, index: Index, today: date) -> int:
    """Bring `index` to where the database is; how many changes that were.

    One that is empty, far behind, or ahead of a restored database is built anew; while somebody else is at that,
    searches go on with what there is, and the next call looks again.
    """
    here, there = index.state().seq, changes.latest(session)
    if here == there or (here > there and _now(session) >= here):
        return 0
    new = changes.since(session, here, FAR_BEHIND + 1) if 0 < here < there else []
    if len(new) != there - here or len(new) > FAR_BEHIND:
        with suppress(IndexBusy):
            rebuild(session, index, today)
        return max(there - here, 0)
    changed = list(dict.fromkeys(id for _seq, id in new))
    found = published.load(session, changed)
    gone = set(changed) - {listing.id for listing in found}
    index.follow([document(listing, today) for listing in found], sorted(gone), there)
    return len(new)


def _now(session: Session) -> int:
    """Where the database stands by now: `session` may see an older moment than another thread's, which was followed."""
    bind = session.get_bind()
    with db.reading(bind if isinstance(bind, Engine) else bind.engine) as newest:
        return changes.latest(newest)


def rebuild(session: Session, index: Index, today: date, progress: Progress | None = None) -> int:
    """Build `index` anew from the database; how many documents it holds."""
    seq = changes.latest(session)
    found = documents(session, today)
    if progress is not None:
        found = _counted(found, count(session), progress)
    return index.rebuild(found, seq).documents


def verify(session: Session, index: Index, today: date) -> list[str]:
    """One sentence for each difference between `index` and the database; none when all is well."""
    here, there = index.state().seq, changes.latest(session)
    behind = [] if here == there else [f"The index stands at change {here}, the database at {there}."]
    return behind + index.differences(documents(session, today), today)


def count(session: Session) -> int:
    """How many listings are public."""
    return session.scalar(select(func.count()).where(model.Listing.status.in_(PUBLIC_STATUSES))) or 0


def _counted(found: Iterable[Document], total: int, progress: Progress) -> Iterator[Document]:
    done = 0
    for done, one in enumerate(found, start=1):
        if done % published.CHUNK == 0:
            progress(done, total)
        yield one
    progress(done, total)


def _areas(told: Content) -> frozenset[str]:
    return frozenset(code for o in told.offices for code in (o.country, o.region) if code) | {told.home} - {""}


def _terms(told: Content, today: date) -> dict[str, frozenset[str]]:
    """Facet -> what can be searched: only "yes", and of "new clients" only what no day can change."""
    chosen: dict[str, set[str]] = {}
    for answer in told.terms:
        if answer.answer == "yes":
            chosen.setdefault(answer.facet, set()).add(answer.term)
    if levels := {c.level for c in told.credentials if c.holds(today)}:
        chosen["credential"] = levels
    if told.new_clients != _BY_DAY:
        chosen["new_clients"] = {told.new_clients}
    if countries := {*(office.country for office in told.offices), told.home} - {""}:
        chosen[COUNTRY] = countries
    return {facet: frozenset(found) for facet, found in chosen.items()}


def _texts(told: Content, today: date) -> dict[str, str]:
    """One text for each field of a document; a field with nothing in it is left out."""
    held = [("credential", c.level) for c in told.credentials if c.holds(today)]
    chosen = [(facet, term) for facet in _IN_WORDS for term in told.chosen(facet)]
    texts = {
        "name": f"{told.name} {told.suffix}".strip(),
        "credentials": _joined([_words(held), *(licence.title for licence in told.licences)]),
        "topics": _words(chosen),
        "places": _joined([part for office in told.offices for part in _place_words(office)]),
        "bio": plain(told.bio),
    }
    return {name: text for name, text in texts.items() if text}


def _joined(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))


def _words(chosen: Iterable[tuple[str, str]]) -> str:
    """The words of these terms, each once."""
    words: dict[str, None] = {}
    for facet, term in chosen:
        words.update(_words_of(facet, term))
    return " ".join(words)


@cache
def _words_of(facet: str, id: str) -> dict[str, None]:
    """The words of the term's label, and its other names that are one word.

    Names of several words are understood as a whole when a line is read; their words would double the index.
    """
    found = terms.term(facet, id)
    if found is None:
        return {}
    return dict.fromkeys((*found.label.lower().split(), *(name for name in found.synonyms if " " not in name)))


def _place_words(office: Office) -> tuple[str, ...]:
    """Town and country, and the postcode of a public address: of a hidden one it could tell the house."""
    postcode = office.postcode if office.address_visibility == "full" else ""
    return office.locality, postcode, _country_names(office.country)


@cache
def _country_names(code: str) -> str:
    """The country in English and in its own languages, where Babel knows them."""
    names = [Locale("en").territories.get(code), Locale.parse(f"und_{code}").territories.get(code)]
    return _joined(str(name) for name in names if name)

"""Every link we publish, and what it stands on. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.model import Listing, Network, Practitioner, Workshop
from referral.model.practitioner import PUBLIC_STATUSES


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the page of ours it stands on."""

    url: str
    name: str
    """Of the network, workshop or person."""
    page: str
    """The address of that page."""


def links(session: Session) -> Iterator[Link]:
    """Every link of networks, of workshops that are not called off and of public listings; of nothing invented."""
    columns = (Network.website, Network.directory_url, Network.workshops_url, Network.source_url)
    for name, slug, *urls in session.execute(select(Network.name, Network.slug, *columns)):
        yield from (Link(url, name, f"/networks/{slug}") for url in dict.fromkeys(urls) if url)
    dated = select(Workshop.title, Workshop.slug, Workshop.registration_url)
    for title, slug, url in session.execute(
        dated.where(Workshop.registration_url != "", Workshop.withdrawn_at.is_(None), ~Workshop.demonstration)
    ):
        yield Link(url, title, f"/workshops/{slug}")
    people = select(Practitioner.name, Listing.slug, Listing.website).join_from(Listing, Practitioner)
    public = (Listing.website != "", Listing.status.in_(PUBLIC_STATUSES), Listing.held.is_(False))
    for name, slug, url in session.execute(people.where(*public, ~Practitioner.demonstration)):
        yield Link(url, name, f"/therapists/{slug}")

"""The listings an import may update: those of its own source, and those its rows name by public id. Reads only."""

from collections.abc import Container, Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from index.folding import fold
from referral.listings import published
from referral.listings.content import Content
from referral.listings.report import Report
from referral.mail.addressing import compared
from referral.model import Listing


class Known:
    """What is there already, for the rows of one file whose sources begin with `key` ("network:")."""

    def __init__(self, session: Session, key: str) -> None:
        self._session = session
        self._numbers: dict[str, int] = {}
        self._of_person: dict[tuple[str, str], list[Content]]
        after = key[:-1] + chr(ord(key[-1]) + 1)
        ours = (Listing.source >= key, Listing.source < after, Listing.status != "removed")
        ids = session.scalars(select(Listing.id).where(*ours)).all()
        self._of_source = {c.source: c for c in self._contents(ids)}
        self._of_id = {c.public_id: c for c in self._of_source.values()}
        self._of_person = {}
        for one in self._of_source.values():
            self._of_person.setdefault(_person(one), []).append(one)

    def look_ahead(self, public_ids: Iterable[str]) -> None:
        """Fetch the listings that the next rows name, in one go."""
        wanted = {id for id in public_ids if id} - self._of_id.keys()
        ids = self._session.scalars(select(Listing.id).where(Listing.public_id.in_(wanted))).all() if wanted else []
        self._of_id.update({c.public_id: c for c in self._contents(ids)})

    def content(self, row: Content) -> Content | None:
        """What is there of this row's listing; None when it is new."""
        return self._of_id.get(row.public_id) if row.public_id else self._of_source.get(row.source)

    def who_moved(self, row: Content, met: Container[str]) -> Content | None:
        """The one listing of the person of that name and address, unless a row named it: its public id is `met` then.

        A row without a number is known by its place; whoever moved stands there no more, and is the same person.
        """
        there = self._of_person.get(_person(row), []) if row.email else []
        return there[0] if len(there) == 1 and there[0].public_id not in met else None

    def numbers(self, contents: Iterable[Content]) -> list[int]:
        """The numbers of the listings that are there of these contents."""
        return [self._numbers[one.public_id] for one in contents if one.public_id in self._numbers]

    def sort(self, report: Report) -> list[Content]:
        """Note in `report` what is new, changed, the same and gone; returns what is to be published."""
        wanted: list[Content] = []
        for row in report.rows:
            before = self.content(row.content)
            if before == row.content:
                report.same.append(row.content.name)
                continue
            (report.changed if before else report.new).append(row.content.name)
            wanted.append(row.content)
        seen = {key for row in report.rows for key in (row.content.source, row.content.public_id)}
        gone = (one for source, one in self._of_source.items() if source not in seen and one.public_id not in seen)
        report.gone = [one.name for one in gone]
        return wanted

    def _contents(self, ids: Sequence[int]) -> Iterator[Content]:
        for start in range(0, len(ids), published.CHUNK):
            for one in published.load_any(self._session, ids[start : start + published.CHUNK]):
                self._numbers[one.public_id] = one.id
                yield one.content


def _person(content: Content) -> tuple[str, str]:
    """What tells a person: their name and their address."""
    return fold(content.name), compared(content.email)

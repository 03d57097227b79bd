"""What a table somebody else keeps may not change: a listing its therapist looks after, but for its training.

Reads only.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from referral.listings import published
from referral.listings.content import Content
from referral.listings.differences import between
from referral.listings.known import Known
from referral.listings.report import Fault, Report
from referral.model import Account, Listing
from referral.text import _


def kept(there: Content, asked: Content) -> Content:
    """What becomes of the wish that `there` be `asked`: a network speaks of its people's training, of nothing else."""
    return replace(there, credentials=asked.credentials)


def remarked(line: int, asked: Content, after: Content) -> list[Fault]:
    """The sentence that says which fields of a row are its therapist's own to change; none where none is left."""
    labels = [one.label for one in between(after, replace(asked, credentials=after.credentials))]
    if not labels:
        return []
    said = _("{name} keeps this listing; left as it is: {fields}.")
    return [Fault(line, "", said.format(name=after.name, fields=", ".join(labels)))]


def spare(session: Session, report: Report, known: Known) -> None:
    """Let the rows of `report` change nothing of listings somebody looks after but their training, and say so."""
    there = {one.public_id: one for row in report.rows if (one := known.content(row.content)) is not None}
    owned = looked_after(session, there)
    for place, row in enumerate(report.rows):
        if row.content.public_id in owned:
            after = kept(there[row.content.public_id], row.content)
            report.remarks += remarked(row.line, row.content, after)
            report.rows[place] = replace(row, content=after)


def looked_after(session: Session, public_ids: Iterable[str]) -> set[str]:
    """Those of these listings that are somebody's own."""
    found: set[str] = set()
    wanted = list(public_ids)
    owned = exists().where(Account.practitioner_id == Listing.practitioner_id)
    for start in range(0, len(wanted), published.CHUNK):
        some = Listing.public_id.in_(wanted[start : start + published.CHUNK])
        found |= set(session.scalars(select(Listing.public_id).where(some, owned)))
    return found

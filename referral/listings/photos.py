"""Photos of listings as files: written whole or not at all, shown with a listing that shows them, gone with it.

A photo's name is its listing's public id and something random; its files are `<public id>/<random>-<size>.<ending>`.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import written
from referral.listings import drafts
from referral.listings.portraits import SIZES, TYPES, parts
from referral.model import Account, Listing, Revision

if TYPE_CHECKING:
    from referral.listings.pictures import Crop

SPARED = timedelta(hours=6)
"""How long an upload may lie about before the section it belongs to is saved."""


def keep(folder: Path, public_id: str, sent: bytes, crop: "Crop | None" = None) -> str:
    """Write the photo for the listing; its new name, to be the listing's `photo`.

    Raises UsageError for what is no photo; then nothing was written. They are several files and one photo: all are on
    the disk before the first is renamed, and a full disk stays the server's fault (so not one by one `written.whole`).
    """
    from referral.listings.pictures import made  # Pillow: only who sends a photo waits for it

    files, random = made(sent, crop), secrets.token_hex(16)
    mine = folder / public_id
    written.owned_folder(folder)
    written.owned_folder(mine)
    ready = [mine / f".{random}-{ending}" for ending in files]
    try:
        for beside, content in zip(ready, files.values(), strict=True):
            beside.write_bytes(content)
            written.keep(beside)
        for beside in ready:
            beside.replace(mine / beside.name[1:])
    finally:
        for beside in ready:
            beside.unlink(missing_ok=True)
    written.keep(mine)
    return f"{public_id}-{random}"


def file(folder: Path, name: str, size: int, ending: str) -> Path | None:
    """Where a photo lies in one size and format; None when there is no such file."""
    found = parts(name)
    if found is None or size not in SIZES or ending not in TYPES:
        return None
    path = folder / found[0] / f"{found[1]}-{size}.{ending}"
    return path if path.is_file() else None


def is_public(session: Session, name: str) -> bool:
    """Whether a public listing shows this photo."""
    listing = _owner(session, name)
    return listing is not None and listing.is_public and listing.photo == name


def is_for(session: Session, name: str, account: Account | None) -> bool:
    """Whether this account may see it before the public does: whose it is, and who moderates."""
    listing = _owner(session, name)
    if account is None or listing is None:
        return False
    return account.role in ("moderator", "operator") or account.practitioner_id == listing.practitioner_id


def _owner(session: Session, name: str) -> Listing | None:
    found = parts(name)
    return session.scalars(select(Listing).where(Listing.public_id == found[0])).one_or_none() if found else None


def forget(folder: Path, public_ids: Iterable[str]) -> int:
    """Remove every photo of these listings, erased for good; how many files that were."""
    return sum(_remove(path for path, _name in _files(folder / id)) for id in public_ids if id.isalnum())


def tidy(session: Session, folder: Path, now: datetime) -> int:
    """Remove what no listing shows, nothing that waits asks for and no draft holds; how many files that were.

    What was just uploaded is spared. What was never written to its end is one of these, too.
    """
    used = set(session.scalars(select(Listing.photo).where(Listing.photo != "")))
    used |= set(session.scalars(select(_ASKED).where(Revision.state == "proposed"))) | drafts.photos(session)
    before = (now - SPARED).timestamp()
    if folder.is_dir():
        written.owned_folder(folder)
    theirs = folder.iterdir() if folder.is_dir() else ()
    files = (one for mine in theirs if mine.is_dir() for one in _files(mine))
    return _remove(path for path, name in files if name not in used and path.stat().st_mtime < before)


def replaced(session: Session, folder: Path, listing_id: int) -> int:
    """Remove the photos one listing showed before; how many files that were. What waits, is held or newer, stays."""
    listing = session.get_one(Listing, listing_id)
    asked = select(_ASKED).where(Revision.listing_id == listing_id, Revision.state == "proposed")
    used = {listing.photo, *session.scalars(asked)} | drafts.photos(session)
    shown = file(folder, listing.photo, SIZES[0], "jpg")
    since = shown.stat().st_mtime if shown else 0.0
    files = _files(folder / listing.public_id)
    return _remove(path for path, name in files if name not in used and path.stat().st_mtime <= since)


_ASKED = Revision.content["photo"].as_string()


def _files(mine: Path) -> Iterator[tuple[Path, str]]:
    """(file, name of its photo) of one listing."""
    for path in mine.iterdir() if mine.is_dir() else ():
        yield path, f"{mine.name}-{path.name.lstrip('.').partition('-')[0]}"


def _remove(paths: Iterable[Path]) -> int:
    """Remove the files, and the folders that nothing is left in."""
    gone = list(paths)
    for path in gone:
        path.unlink(missing_ok=True)
    for mine in {path.parent for path in gone}:
        if not any(mine.iterdir()):
            mine.rmdir()
    return len(gone)

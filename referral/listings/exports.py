"""Every listing as a CSV file that a spreadsheet opens safely and an import reads back as it was."""

import csv
import os
from pathlib import Path

from sqlalchemy.orm import Session

from referral.listings import published
from referral.listings.columns import COLUMNS
from referral.listings.tables import guarded


def run(session: Session, path: Path) -> int:
    """Write all listings, public or not, to `path`; how many. The file is its owner's alone: it holds e-mail addresses.

    Written beside and renamed: an interrupted export leaves the old file.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    written = 0
    try:
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig", newline=""
        ) as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for listing in published.each(session, public=False):
                writer.writerow(guarded(write(listing.content)) for _read, write in COLUMNS.values())
                written += 1
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return written

"""Every listing as a CSV file that a spreadsheet opens safely and an import reads back as it was."""

import csv
from pathlib import Path

from sqlalchemy.orm import Session

from referral import written
from referral.listings import published
from referral.listings.columns import COLUMNS
from referral.listings.tables import guarded


def run(session: Session, path: Path) -> int:
    """Write all listings, public or not, to `path`; how many. The file is its owner's alone: it holds e-mail addresses.

    Written beside and renamed: an interrupted export leaves the old file. Raises UsageError where no file can be made.
    """
    count = 0
    with written.whole(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for listing in published.each(session, public=False):
            writer.writerow(guarded(write(listing.content)) for _read, write in COLUMNS.values())
            count += 1
    return count

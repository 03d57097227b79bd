"""After people were erased and that was committed: their bytes leave the disk too.

Builds the index anew, which takes a while where there are many listings: for commands, jobs and threads, not requests.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from index.types import Index
from referral import db
from referral.listings import indexing, photos


def forget(engine: Engine, index: Index, folder: Path, public_ids: Sequence[str], today: date) -> bool:
    """Remove their photos from `folder`, their words from the index, what was overwritten from the database's log.

    Returns whether nothing is left; while somebody reads an older moment, the log waits for the next time. Raises
    IndexBusy while another rebuild of the index is running; to be called again then: it can be repeated at any time.
    """
    photos.forget(folder, public_ids)
    with db.reading(engine) as session:
        indexing.forget(session, index, today)
    return db.checkpoint(engine)

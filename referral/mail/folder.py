"""The folder that letters are written into where no mail server is set: it remembers no more than the outbox does."""

from pathlib import Path

from sqlalchemy.orm import Session

from referral.mail import outbox


def forget(session: Session, folder: Path) -> int:
    """Remove the files of letters that nobody remembers: of people who were erased, or a month old; how many."""
    there = {path: path.stem.rpartition("-")[2].partition(".")[0] for path in folder.glob("*.eml")}
    known = outbox.known(session, set(there.values()))
    gone = [path for path, number in there.items() if number not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)

"""The folder that letters are written into where no mail server is set: it remembers no more than the outbox does."""

from pathlib import Path

from sqlalchemy.orm import Session

from referral.mail import outbox


def forget(session: Session, folder: Path) -> int:
    """Remove the files of letters that nobody remembers: of people who were erased, or a month old; how many."""
    there = {path.stem.rpartition("-")[2]: path for path in folder.glob("*.eml")}
    gone = there.keys() - outbox.known(session, there)
    for number in gone:
        there[number].unlink(missing_ok=True)
    return len(gone)

"""Who may be the same person as somebody else: two lines of a file, two listings. Reads only."""

from collections.abc import Container, Iterable, Iterator

from index.folding import fold
from referral.listings.report import Fault, Row
from referral.mail.addressing import compared
from referral.text import _


def in_the_file(rows: Iterable[Row], new: Container[int]) -> Iterator[Fault]:
    """A remark on each line of who is `new` and has the name or the address of somebody on a line before."""
    first = dict[str, int]()
    for row in rows:
        told = [one for one in (fold(row.content.name), compared(row.content.email)) if one]
        before = next((first[one] for one in told if one in first), 0)
        if before and row.line in new:
            said = _("{name} may be the same person as line {n}. If so, keep one of the two lines.")
            yield Fault(row.line, "", said.format(name=row.content.name, n=before))
        for one in told:
            first.setdefault(one, row.line)

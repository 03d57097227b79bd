"""What a row of a roster says of papers, settled: who verified each, and what another network's word keeps as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from referral.coordinating.columns import NAMED
from referral.listings.content import Content, Credential


@dataclass(frozen=True, slots=True)
class Settled:
    """The papers after the row."""

    held: tuple[Credential, ...]
    kept: tuple[Credential, ...]
    """Those the row would change or take away, and another network verified: they are held as before."""


def is_others(paper: Credential, verifier: str) -> bool:
    """Whether another network than `verifier` verified it."""
    return paper.verified_by not in ("", verifier)


def own_first(content: Content, verifier: str) -> Content:
    """The content as a row is read against it: of two papers of a level, it speaks of the one that is not of others."""
    papers = sorted(content.credentials, key=lambda one: is_others(one, verifier))
    return replace(content, credentials=tuple(papers))


def settled(asked: Sequence[Credential], there: Sequence[Credential], verifier: str, today: date) -> Settled:
    """The papers that were `asked` for in place of those `there`: each the row names is verified by the network, today
    or when it was verified before. What another network verified stays as it is.
    """
    theirs = [one for one in there if is_others(one, verifier)]
    free = sorted((one for one in there if one not in asked), key=theirs.__contains__)
    held, same = [one for one in asked if one.verified_by != NAMED], list[Credential]()
    for one in asked:
        if one.verified_by != NAMED:
            continue
        meant = _meant(one, free)
        free = [old for old in free if old is not meant]
        if meant not in theirs:
            held.append(_verified(one, meant, verifier, today))
        elif _bare(meant) == _bare(one):
            same.append(meant)
    kept = tuple(one for one in theirs if one not in (*held, *same))
    return Settled(_in_order((*held, *same, *kept), there, theirs), kept)


def _meant(one: Credential, free: Iterable[Credential]) -> Credential | None:
    """The paper a row speaks of: the very same, else the first of that level that may be it; None for a new one."""
    level = [old for old in free if old.level == one.level]
    same = (old for old in level if _bare(old) == _bare(one))
    return next(same, next((old for old in level if one.issuer in ("", old.issuer)), None))


def _verified(one: Credential, old: Credential | None, verifier: str, today: date) -> Credential:
    if old is not None and old.verified_on and _bare(old) == _bare(one):
        return old
    return replace(one, verified_by=verifier, verified_on=today)


def _bare(one: Credential) -> Credential:
    return replace(one, verified_by="", verified_on=None)


def _in_order(
    papers: Iterable[Credential], there: Sequence[Credential], theirs: Sequence[Credential]
) -> tuple[Credential, ...]:
    """The papers where they stood; a changed one where that of its level stood, new ones last."""
    order = {one.level: n for n, one in reversed(list(enumerate(there))) if one not in theirs}
    places = {one: n for n, one in enumerate(there)}
    return tuple(sorted(papers, key=lambda one: places.get(one, order.get(one.level, len(there)))))

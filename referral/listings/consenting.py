"""Nobody is shown by an import before they agreed, unless an operator says why. Pure."""

from collections.abc import Callable
from dataclasses import replace

from referral.listings.content import Content
from referral.listings.report import Fault, Report, Row
from referral.model.practitioner import PUBLIC_STATUSES
from referral.text import _


def agreed(report: Report, before: Callable[[Content], Content | None], reason: str) -> None:
    """Have those rows of `report` wait that nobody agreed to show, and say so; with a reason, show all that wait.

    `before` gives the listing of a row as it is there, if it is.
    """
    for place, row in enumerate(report.rows):
        there = before(row.content)
        if reason and row.content.status == "pending":
            report.rows[place] = _with(row, "active")
        elif not reason and _is_new_to_the_public(row.content, there):
            report.rows[place] = _with(row, there.status if there else "pending")
            said = _("Not shown before they have agreed: no day of consent is given.")
            report.remarks.append(Fault(row.line, "status", said))


def _is_new_to_the_public(told: Content, there: Content | None) -> bool:
    shown = there is not None and there.status in PUBLIC_STATUSES
    return told.status in PUBLIC_STATUSES and told.consented_on is None and not shown


def _with(row: Row, status: str) -> Row:
    return replace(row, content=replace(row.content, status=status))

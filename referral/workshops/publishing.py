"""Adding, changing and withdrawing workshops: the only writer of Workshop. Never commits."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral import changes
from referral.errors import UsageError
from referral.listings import slugs
from referral.model import AuditEntry, Workshop
from referral.model.base import new_public_id
from referral.text import _
from referral.workshops.planning import FAR, MANY, Dates, Plan, checked, moments


def add(
    session: Session,
    plan: Plan,
    dates: Sequence[Dates],
    now: datetime,
    *,
    network_id: int | None,
    account_id: int | None = None,
    demonstration: bool = False,
) -> list[Workshop]:
    """Publish a workshop on each of `dates`; several are a series. `dates` are what clocks at the place show.

    Raises UsageError for what cannot be published, in one sentence; then nothing was added.
    """
    plan = checked(plan)
    if not 1 <= len(dates) <= MANY:
        raise UsageError(_("A series has from one to {most} dates.").format(most=MANY))
    when = [_ahead(moments(one, plan.time_zone), now) for one in dates]
    series = new_public_id() if len(when) > 1 else ""
    kept = {"network_id": network_id, "series": series, "changed_at": now, "demonstration": demonstration}
    made = [
        Workshop(**_columns(plan), **kept, public_id=new_public_id(), slug=slug, starts_at=start, ends_at=end)
        for slug, (start, end) in zip(_free(session, plan, len(when)), when, strict=True)
    ]
    session.add_all(made)
    _note(session, "workshop_added", made, now, account_id)
    return made


def change(
    session: Session,
    public_id: str,
    plan: Plan,
    dates: Dates,
    now: datetime,
    *,
    version: int,
    account_id: int | None = None,
    following: bool = False,
) -> Workshop:
    """Make one workshop what `plan` says; with `following` also the words of the later dates of its series.

    Raises UsageError for what cannot be published; with 409 when it was changed since `version`, is over or called off.
    """
    plan, one = checked(plan), found(session, public_id)
    if one.version != version or one.withdrawn_at or one.ends_at <= now:
        raise UsageError(_("This workshop was changed, called off or held since you began."), 409)
    touched = [one, *(_later(session, one) if following else ())]
    _ahead(moments(dates, plan.time_zone), now)
    for each in touched:
        _fill(each, plan, dates if each is one else local(each), now)
    _note(session, "workshop_changed", touched, now, account_id)
    return one


def withdraw(
    session: Session, public_id: str, now: datetime, *, account_id: int | None = None, following: bool = False
) -> None:
    """Call one off, with `following` also the later dates of its series: its page says so, no list shows it.

    Raises UsageError, 404, when there is none. What was called off already stays as it was.
    """
    one = found(session, public_id)
    touched = [w for w in (one, *(_later(session, one) if following else ())) if w.withdrawn_at is None]
    for each in touched:
        each.withdrawn_at = each.changed_at = now
        each.version += 1
    if touched:
        _note(session, "workshop_withdrawn", touched, now, account_id)


def forget_invented(session: Session) -> None:
    """Take every demonstration workshop away, without a trace: others are made in their place."""
    session.execute(delete(Workshop).where(Workshop.demonstration))
    changes.record_content(session)


def found(session: Session, public_id: str) -> Workshop:
    """The workshop. Raises UsageError, 404, when there is none."""
    one = session.scalars(select(Workshop).where(Workshop.public_id == public_id)).one_or_none()
    if one is None:
        raise UsageError(_("There is no such workshop."), 404)
    return one


def of_network(session: Session, network_id: int, now: datetime) -> list[Workshop]:
    """What a network has published and is not over, called-off ones too, by date: what its coordinator looks after."""
    mine = select(Workshop).where(Workshop.network_id == network_id, Workshop.ends_at > now)
    return list(session.scalars(mine.order_by(Workshop.starts_at, Workshop.id)))


def local(workshop: Workshop) -> Dates:
    """Its dates as clocks at the place show them: what a form shows."""
    zone = ZoneInfo(workshop.time_zone)
    start, end = (one.astimezone(zone).replace(tzinfo=None) for one in (workshop.starts_at, workshop.ends_at))
    return start, end


def _later(session: Session, one: Workshop) -> list[Workshop]:
    """The dates of the same series after this one that are not called off."""
    if not one.series:
        return []
    same = (Workshop.series == one.series, Workshop.starts_at > one.starts_at, Workshop.withdrawn_at.is_(None))
    return list(session.scalars(select(Workshop).where(*same).order_by(Workshop.starts_at)))


def _ahead(when: Dates, now: datetime) -> Dates:
    if when[1] <= now:
        raise UsageError(_("That day is over."))
    if when[0] - now > FAR:
        raise UsageError(_("That is more than three years ahead. Is the year right?"))
    return when


def _columns(plan: Plan) -> dict[str, object]:
    return asdict(plan) | {"presenters": list(plan.presenters)}


def _fill(workshop: Workshop, plan: Plan, dates: Dates, now: datetime) -> None:
    workshop.starts_at, workshop.ends_at = moments(dates, plan.time_zone)
    for column, value in _columns(plan).items():
        setattr(workshop, column, value)
    workshop.version += 1
    workshop.changed_at = now


def _free(session: Session, plan: Plan, count: int) -> list[str]:
    """So many slugs nobody has: the title and the town, the second with a number."""
    base = slugs.base(f"{plan.title} {plan.locality}")
    family = Workshop.slug.startswith(f"{base}-", autoescape=True) | (Workshop.slug == base)
    taken = set(session.scalars(select(Workshop.slug).where(family)))
    names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + count + 2))
    return [name for name in names if name not in taken][:count]


def _note(session: Session, action: str, touched: Sequence[Workshop], now: datetime, account_id: int | None) -> None:
    """Leave an entry of the audit log for each, and let every process read the workshops anew."""
    session.add_all(
        AuditEntry(at=now, account_id=account_id, action=action, object=f"workshop:{w.public_id}") for w in touched
    )
    session.flush()
    changes.record_content(session)

"""What a therapist does with the whole listing: confirms it, pauses, goes back, sees its numbers, leaves."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from referral.accounts import signins
from referral.editing import saving
from referral.editing.views import account_id, back, base, mine, shown, telling
from referral.editing.wording import outcome
from referral.errors import UsageError
from referral.listings import attestations, counts, forgetting, partners, photos, revisions
from referral.listings.differences import Difference
from referral.listings.past import SHOWN, Past
from referral.listings.published import Published
from referral.mail import stopping, unwanted
from referral.text import _
from referral.web import account, anyone, now, rooms, session, signed, therapist, today, unseen, writing
from referral.web.audience import carries
from referral.web.numbers import whole


@dataclass(frozen=True, slots=True)
class Late:
    """Going back was asked for on a page that is older than the listing."""

    number: int
    """Of the revision to go back to."""
    at: datetime
    """When it came to count."""
    changes: tuple[Difference, ...]
    """From what is there now to what was then."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, as the history shows it."""

    past: Past
    changes: Sequence[Difference]
    nth: int
    """Which it is of those of its minute: two with one name could not be told apart by ear."""


views = Blueprint("standing", __name__, url_prefix="/listing")


@views.post("/confirm")
@therapist
def confirm() -> Response:
    """Note that all of it is still correct."""
    with writing() as writer:
        listing = mine("confirm")
        attestations.confirm(writer, listing.id, now(), "practitioner")
        writer.commit()
    return back("standing", "thanked" if listing.content.status == "paused" else "confirmed")


@views.post("/pause")
@carries()
@therapist
def pause() -> Response:
    """Take the listing out of sight, until a day if one was given."""
    listing = mine("pause")
    try:
        with writing() as writer:
            revisions.pause(writer, listing.id, _day(request.form.get("until", "")), now(), account_id())
            writer.commit()
    except UsageError as error:
        if error.status != 400:
            raise
        return shown(listing, pausing=error.text)
    return back("standing", "paused")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise UsageError(_("This is not a day. Write it as year, month, day: 2026-03-12.")) from None


@views.post("/resume")
@therapist
def resume() -> Response:
    """Bring the listing back into sight."""
    with writing() as writer:
        seen = revisions.resume(writer, mine("resume").id, now(), account_id())
        writer.commit()
    return back("standing", "resumed" if seen else "")


@views.post("/waiting/<int:number>/take-back")
@therapist
def take_back(number: int) -> Response:
    """Ask no longer for what waits."""
    _own_revision(number)
    with writing() as writer:
        revisions.take_back(writer, number, account_id(), now())
        writer.commit()
    return back("standing", "taken-back")


@views.get("/history")
@therapist
def past() -> Response:
    """Show what changed, and when, with a way back."""
    listing, before = mine("history"), request.args.get("before", 0, type=whole)
    story = revisions.history(session(), listing.id, SHOWN + 1, before)
    older = story[SHOWN - 1].revision_id if len(story) > SHOWN else 0
    return _history(listing, before, entries=_entries(story[:SHOWN]), older=older)


def _history(listing: Published, before: int, **shown: Any) -> Response:
    told = {"entries": (), "older": 0, "late": None} | shown
    page = render_template("editing/history.html", listing=listing, before=before, **told)
    return unseen(make_response(page, 409 if told["late"] else 200))


def _entries(story: Sequence[Past]) -> list[Entry]:
    told, minutes = telling(), Counter[datetime]()
    entries: list[Entry] = []
    for one in reversed(story):
        minute = one.at.replace(second=0, microsecond=0)
        minutes[minute] += 1
        entries.append(Entry(one, told(one.before, one.content) if one.before else (), minutes[minute]))
    return entries[::-1]


@views.post("/history/<int:number>/revert")
@therapist
def revert(number: int) -> Response:
    """Go back to how it was then; what needs a moderator waits for one."""
    _own_revision(number)
    listing = mine("revert")
    with writing() as writer:
        try:
            with partners.told(writer, [listing.id], now(), rooms().letterhead):
                done = revisions.revert(writer, listing.id, number, base(), account_id(), now())
        except revisions.Outdated as late:
            return _overtaken(writer, late.current, number)
        writer.commit()
    return back("standing", outcome(done))


def _overtaken(writer: Session, there: Published, number: int) -> Response:
    """Show what is there now beside what was then, and ask once more; unless both say the same."""
    then = revisions.published_by(writer, there.id, number)
    changes = telling()(there.content, revisions.back_then(then, there.content))
    if not changes:
        return back("standing", "same")
    late = Late(number, then.decided_at or then.made_at, tuple(changes))
    return _history(there, request.form.get("before", 0, type=whole), late=late)


@views.get("/numbers")
@therapist
def numbers() -> Response:
    """Show how often the listing was shown, opened and written to, by week."""
    weeks = counts.weeks(session(), mine("counts").id, today())
    return unseen(make_response(render_template("editing/numbers.html", weeks=weeks)))


@views.get("/leave")
@therapist
def leaving() -> Response:
    """Ask whether they mean it."""
    return _leaving()


@views.post("/leave")
@therapist
def leave() -> Response:
    """Erase the listing and everything that hangs on it."""
    here = rooms()
    if not _is_fresh():
        return _leaving()
    if "sure" not in request.form:
        return _leaving(_("Tick the box if you mean it. Nothing was erased."))
    with writing() as writer:
        own = mine("leave")
        marks = _unwanted(own) if "uninvited" in request.form else []
        for mark in marks:
            stopping.stop(writer, mark, today())
        forgetting.begin(here.config.data)
        with partners.told(writer, [own.id], now(), here.letterhead):
            revisions.erase(writer, [own.id], now(), "left")
        writer.commit()
    with suppress(UsageError, OSError):  # it is kept, and the night sees to the list
        unwanted.remember(here.config.data, marks)
    photos.forget(here.config.photos_folder, [own.public_id])
    forgetting.sweep_beside(here.engine, here.index, here.config.data, today())
    return unseen(make_response(redirect(url_for("standing.left"), 303)))


@views.get("/left")
@anyone
def left() -> Response:
    """Say that it is done: whoever left has no page of their own any more."""
    return unseen(make_response(render_template("editing/left.html")))


def _is_fresh() -> bool:
    here = signed()
    return here is not None and signins.is_fresh(here.sign_in, now())


def _unwanted(own: Published) -> list[str]:
    """What is kept of who wants no invitation any more; nothing while nobody is invited anyway."""
    here, head = account(), rooms().letterhead
    addresses = {own.content.email, here.email if here is not None else ""} - {""}
    return [] if head.is_lost else sorted({head.mark("invitations", one) for one in addresses})


def _leaving(error: str = "") -> Response:
    uninvited = request.method == "GET" or "uninvited" in request.form
    fresh = _is_fresh()
    values = {"name": mine("leave").content.name, "error": error, "uninvited": uninvited, "fresh": fresh}
    status = 400 if error else 200 if fresh or request.method == "GET" else 403
    return unseen(make_response(render_template("editing/leave.html", **values), status))


def _own_revision(number: int) -> None:
    """404 unless the revision is of one's own listing."""
    if saving.listing_of(session(), number) != mine("leave").id:
        abort(404)

"""Moderators' pages: the queue, one revision, one report, one listing, the log; every change by POST alone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import db
from referral.accounts.permissions import Thing, may
from referral.errors import UsageError
from referral.links import checking
from referral.listings import namesakes, pairs, partners, past, photos, published, returning
from referral.listings.differences import between, everything
from referral.listings.published import Published
from referral.model import Listing, Network, Revision
from referral.moderation import decisions, log, reports
from referral.moderation.queue import may_be_more, queue
from referral.search.sources import area_name
from referral.text import N_, _, ngettext
from referral.web import account, actor, moderator, now, rooms, session, tried, unseen, writing
from referral.web.audience import carries
from referral.web.numbers import whole

views = Blueprint("moderation", __name__, url_prefix="/moderation")

AT_ONCE = 10
"""Changes approved in one transaction: nobody who saves meanwhile waits for a hundred."""

SAID = {
    "none": N_("Choose one first."),
    "published": N_("This was published."),
    "returned": N_("This was returned to its author."),
    "closed": N_("The report is closed."),
}
"""What was just done, by the word in the address -> what the queue says."""


@views.get("")
@moderator
def overview() -> Response:
    """Show what waits."""
    return _overview(_(SAID[done]) if (done := request.args.get("done", "")) in SAID else "")


@views.post("/approve")
@moderator
def approve_many() -> Response:
    """Approve the chosen revisions, each by its number; those that cannot be are said and left."""
    chosen = request.form.getlist("revision", type=whole)[:100]
    if not chosen:
        return onward("moderation.overview", done="none")
    done, failed = _approve(chosen)
    said = ngettext("One change is published.", "{n} changes are published.", done).format(n=done)
    with db.reading(rooms().engine) as here:
        names = decisions.names(here, list(failed))
    left = [f"{names[number]}: {error.text}" if number in names else error.text for number, error in failed.items()]
    return _overview(" ".join([said, *dict.fromkeys(left)]))


@views.get("/revisions/<int:number>")
@moderator
def revision(number: int) -> Response:
    """Show one revision field by field; what was decided already is said."""
    return _revision(number)


@views.post("/revisions/<int:number>/approve")
@moderator
def approve(number: int) -> Response:
    """Publish what this revision asks for; when something newer is asked for, say so."""
    _done, failed = _approve([number])
    for error in failed.values():
        if error.status != 409:
            raise error
        return _revision(number, error.text, 409)
    return onward("moderation.overview", done="published")


def _approve(numbers: Sequence[int]) -> tuple[int, dict[int, UsageError]]:
    """Approve these revisions, and remove the photos they replaced; how many were, and why which others were not."""
    done: list[int] = []
    failed: dict[int, UsageError] = {}
    for start in range(0, len(numbers), AT_ONCE):
        with writing() as here:
            for number in numbers[start : start + AT_ONCE]:
                try:
                    with here.begin_nested():
                        done.append(decisions.approve(here, number, me(), rooms().letterhead, now()))
                except UsageError as error:
                    failed[number] = error
            here.commit()
    with db.reading(rooms().engine) as here:
        for id in done:
            photos.replaced(here, rooms().config.photos_folder, id)
    return len(done), failed


@views.post("/revisions/<int:number>/return")
@carries()
@moderator
def send_back(number: int) -> Response:
    """Return this revision with a reason; without one the page is shown again."""

    def send(here: Session, reason: str) -> None:
        decisions.send_back(here, number, me(), reason, rooms().config.base_url, now())

    return returned(send, partial(_revision, number))


def returned(send_back: Callable[[Session, str], None], shown: Callable[[str, int], Response]) -> Response:
    """Send something back with the reason in the form; where it cannot be, its page is `shown` again with why."""
    reason = request.form.get("reason", "")
    return tried(
        lambda here: send_back(here, reason), shown, lambda _nothing: onward("moderation.overview", done="returned")
    )


@views.get("/reports/<public_id>")
@moderator
def report(public_id: str) -> Response:
    """Show what a visitor says, beside the listing."""
    return _report(public_id)


@views.post("/reports/<public_id>/decide")
@carries()
@moderator
def decide(public_id: str) -> Response:
    """Close a report with an answer; without one the page is shown again."""

    def close(here: Session) -> None:
        said = {"yes": True, "no": False}.get(request.form.get("upheld", ""))
        reports.decide(here, public_id, me(), said, request.form.get("outcome", ""), now())

    return tried(close, partial(_report, public_id), lambda _nothing: onward("moderation.overview", done="closed"))


@views.get("/listings/<public_id>")
@moderator
def listing(public_id: str) -> Response:
    """Show one listing as it stands, whoever may see it, and what was done with it."""
    return _shown(public_id)


@views.post("/listings/<public_id>/take-down")
@carries()
@moderator
def take_down(public_id: str) -> Response:
    """Hide a listing until a moderator puts it back; without a reason the page is shown again."""
    return _with_reason(public_id, decisions.take_down, "take-down")


@views.post("/listings/<public_id>/return")
@carries()
@moderator
def give_back(public_id: str) -> Response:
    """Return a new listing with a reason; without one the page is shown again."""
    return _with_reason(public_id, decisions.give_back, "return")


@views.post("/listings/<public_id>/put-back")
@moderator
def put_back(public_id: str) -> Response:
    """Let a listing be as it was before it was taken down."""
    base_url = rooms().config.base_url
    return _changed(public_id, lambda here, id, by, at: decisions.put_back(here, id, by, base_url, at))


@views.post("/listings/<public_id>/admit")
@moderator
def admit(public_id: str) -> Response:
    """Let the public see a new listing, as the moderator read it."""
    base, base_url = request.form.get("base", -1, type=whole), rooms().config.base_url
    return _or_shown(public_id, "admit", lambda here, id, by, at: decisions.admit(here, id, base, by, base_url, at))


@views.get("/links")
@moderator
def dead_links() -> Response:
    """Show the published links that do not work: to be mended by whoever wrote them, never removed by us."""
    return page("links", found=checking.dead(session()), is_looked_at=checking.any_looked_at(session()))


@views.get("/log")
@moderator
def audit_log() -> Response:
    """Show who did what, the latest first."""
    found = log.entries(session(), before=request.args.get("before", type=whole))
    return page("log", entries=found, older=found[-1].id if len(found) == log.PAGE else None)


def page(name: str, status: int = 200, **values: object) -> Response:
    """A moderator's page, kept by nobody."""
    return unseen(make_response(render_template(f"moderation/{name}.html", **values), status))


def onward(endpoint: str, **values: str) -> Response:
    """On to another page, after something was done."""
    place = "said" if values.get("said") or values.get("done") else None  # read last, whatever is said as a page loads
    path = url_for(endpoint, _anchor=place, **values)  # type: ignore[arg-type]  # parts of the path are text
    return unseen(make_response(redirect(path, 303)))


def me() -> int:
    """The moderator's account."""
    here = account()
    return here.id if here is not None else abort(403)


def _own() -> int | None:
    """The moderator's own listing, if they have one."""
    here = actor()
    return here.listing_id if here is not None else None


def _is_own(listing_id: int) -> bool:
    return listing_id == _own()


def _overview(said: str) -> Response:
    with db.reading(rooms().engine) as here:  # the request's own moment of the database may be before what it did
        items = queue(here, now(), _own())
    return page("queue", items=items, said=said, late=sum(i.overdue for i in items), more=may_be_more(items))


def _revision(number: int, error: str = "", status: int = 200) -> Response:
    row = session().get(Revision, number)
    if row is None:
        abort(404)
    there = published.load_any(session(), [row.listing_id])[0]
    waits = past.proposal(session(), number)
    told = (
        between(waits.current, waits.content, partial(area_name, rooms().gazetteer), partial(pairs.named, session()))
        if waits
        else []
    )
    typed = request.form.get("reason", "")
    newer = None if waits else past.waiting(session(), row.listing_id)
    values = {"row": row, "there": there, "told": told, "own": _is_own(row.listing_id), "error": error, "typed": typed}
    return page("revision", status, newer=newer.revision_id if newer else None, **values)


def _report(public_id: str, error: str = "", status: int = 200) -> Response:
    one = reports.by_public_id(session(), public_id)
    who = actor()
    if who is None or not may(who, "see", Thing("report", one.listing_id)):
        abort(404)
    network = session().get(Network, one.network_id) if one.network_id else None
    there = published.load_any(session(), [one.listing_id])[0] if one.listing_id else None
    typed = {"typed": request.form.get("outcome", ""), "chosen": request.form.get("upheld", "")}
    return page("report", status, report=one, there=there, network=network, error=error, **typed)


def _with_reason(public_id: str, deed: Callable[[Session, int, int, str, str, datetime], None], form: str) -> Response:
    """Do to a listing what needs a reason."""
    why, base_url = request.form.get("reason", ""), rooms().config.base_url
    return _or_shown(public_id, form, lambda here, id, by, at: deed(here, id, by, why, base_url, at))


def _or_shown(public_id: str, form: str, change: Callable[[Session, int, int, datetime], None]) -> Response:
    """Do it; where it cannot be, the listing's page is shown again as it is now, with why, at that form."""
    try:
        return _changed(public_id, change)
    except UsageError as error:
        if error.status not in (400, 409):
            raise
        return _shown(public_id, error.text, error.status, form)


def _shown(public_id: str, error: str = "", status: int = 200, form: str = "") -> Response:
    row, there = _listing(session(), public_id)
    told = everything(there.content, partial(area_name, rooms().gazetteer))
    said: dict[str, object] = {
        "entries": log.entries(session(), about=f"listing:{public_id}"),
        "typed": request.form.get("reason", ""),
    }
    said["namesakes"] = namesakes.of(session(), there) if row.status == "pending" else ()
    said |= {"error": error, "form": form, "given_back": returning.given_back(session(), row.id)}
    return page("listing", status, row=row, there=there, told=told, own=_is_own(row.id), **said)


def _listing(here: Session, public_id: str) -> tuple[Listing, Published]:
    row = here.scalars(select(Listing).where(Listing.public_id == public_id)).one_or_none()
    if row is None:
        abort(404)
    return row, published.load_any(here, [row.id])[0]


def _changed(public_id: str, change: Callable[[Session, int, int, datetime], None]) -> Response:
    with writing() as here:
        row, _there = _listing(here, public_id)
        with partners.told(here, [row.id], now(), rooms().letterhead):
            change(here, row.id, me(), now())
        here.commit()
    return onward("moderation.listing", public_id=public_id)

"""Coordinators' pages: their networks, the roster of one, somebody on it; every change by POST alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from referral import db
from referral.accounts.permissions import Actor, may
from referral.coordinating import decisions, exports, members, scope
from referral.errors import UsageError
from referral.listings import namesakes, partners, published
from referral.listings.numbers import day
from referral.model import AuditEntry
from referral.text import _, ngettext
from referral.web import actor, coordinator, now, rooms, session, today, unseen, writing
from referral.web.audience import carries
from referral.web.numbers import whole

views = Blueprint("coordinating", __name__, url_prefix="/coordination")

AT_ONCE = 100
"""The most papers renewed at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is in a long roster."""

    page: int
    pages: int
    previous_url: str | None
    next_url: str | None


@views.get("")
@coordinator
def overview() -> Response:
    """Show the coordinator's networks, and how many people of each need something."""
    networks = scope.networks_of(session(), me())
    counted = members.counts(session(), [n.id for n in networks], today())
    return page("overview", networks=[(n, counted[n.id]) for n in networks])


@views.get("/<slug>")
@coordinator
def roster(slug: str) -> Response:
    """Show who belongs to the network."""
    return _roster(slug)


@views.post("/<slug>/renew")
@carries()
@coordinator
def renew(slug: str) -> Response:
    """Renew the chosen papers until one day; those that cannot be are said and left."""
    chosen, typed = request.form.getlist("paper")[:AT_ONCE], request.form.get("until", "")
    try:
        until = day(typed)
    except UsageError as error:
        return _roster(slug, error.text, 400)
    if until is None and request.form.get("endless") != "yes":
        return _roster(slug, _("Say until when the papers are valid."), 400)
    if not chosen:
        return _roster(slug, _("Choose the papers to renew."), 400, at="papers")
    done, failed = 0, ""
    with writing() as here:
        scope.network_for(here, me(), slug)
        for one in chosen:
            try:
                with here.begin_nested():
                    _renew(here, slug, one, until)
                done += 1
            except UsageError as error:
                failed = error.text
        here.commit()
    said = ngettext("One paper is renewed.", "{n} papers are renewed.", done).format(n=done)
    return _roster(slug, failed, 200 if done else 400, said if done else "", at="papers")


@views.post("/<slug>/export")
@coordinator
def export(slug: str) -> Response:
    """Give the roster as a CSV file, and note who took it."""
    with writing() as here:
        network = scope.network_for(here, me(), slug)
        only, words = _only(_typed("only")), _typed("words")
        file = exports.roster(here, network, today(), only, words)
        about = f"network:{network.public_id}"
        here.add(AuditEntry(at=now(), account_id=me().account_id, action="export", object=about, detail={"only": only}))
        here.commit()
    answer = unseen(make_response(file))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-{today().isoformat()}.csv"'
    return answer


@views.get("/<slug>/members/<public_id>")
@coordinator
def member(slug: str, public_id: str) -> Response:
    """Show somebody on the roster with their papers."""
    return _member(slug, public_id)


@views.post("/<slug>/members/<public_id>/confirm")
@carries()
@coordinator
def confirm(slug: str, public_id: str) -> Response:
    """Confirm an application, with the papers that were checked."""

    def deed(here: Session) -> None:
        seen = scope.member_for(here, me(), slug, public_id, today(), "confirm", vouching=True)
        papers = {key: day(request.form.get(f"until-{key}", "")) for key in request.form.getlist("paper")[:AT_ONCE]}
        with partners.told(here, [seen.listing.id], now(), rooms().letterhead):
            decisions.confirm(here, seen, _base(), papers, me().account_id, rooms().config.base_url, now())

    return _done(slug, public_id, deed, "confirmed")


@views.post("/<slug>/members/<public_id>/decline")
@carries()
@coordinator
def decline(slug: str, public_id: str) -> Response:
    """Decline an application, with a reason."""

    def deed(here: Session) -> None:
        seen = scope.member_for(here, me(), slug, public_id, today(), "decline")
        decisions.decline(here, seen, request.form.get("reason", ""), me().account_id, now())

    return _done(slug, public_id, deed, "declined")


@views.post("/<slug>/members/<public_id>/end")
@coordinator
def end(slug: str, public_id: str) -> Response:
    """End a membership."""

    def deed(here: Session) -> None:
        decisions.end(here, scope.member_for(here, me(), slug, public_id, today(), "end"), me().account_id, now())

    return _done(slug, public_id, deed, "ended")


@views.post("/<slug>/members/<public_id>/readmit")
@coordinator
def readmit(slug: str, public_id: str) -> Response:
    """Take a former member back."""

    def deed(here: Session) -> None:
        seen = scope.member_for(here, me(), slug, public_id, today(), "readmit")
        with partners.told(here, [seen.listing.id], now(), rooms().letterhead):
            decisions.readmit(here, seen, me().account_id, rooms().config.base_url, now())

    return _done(slug, public_id, deed, "again")


def page(name: str, status: int = 200, **values: object) -> Response:
    """A coordinator's page, kept by nobody."""
    return unseen(make_response(render_template(f"coordinating/{name}.html", **values), status))


def onward(endpoint: str, **values: object) -> Response:
    """On to another page, after something was done."""
    place = "said" if values.get("said") else None  # read last, whatever a screen reader says as the page loads
    path = url_for(endpoint, _anchor=place, **values)  # type: ignore[arg-type]  # parts of the path are text or numbers
    return unseen(make_response(redirect(path, 303)))


def me() -> Actor:
    """The coordinator, as permissions see them."""
    return actor() or abort(403)


SAID: dict[str, Callable[[], str]] = {
    "confirmed": lambda: _("The membership is confirmed."),
    "declined": lambda: _("The application is declined, and we have written to them."),
    "ended": lambda: _("The membership has ended."),
    "again": lambda: _("The membership has begun again."),
}


def _done(slug: str, public_id: str, deed: Callable[[Session], None], said: str) -> Response:
    """Do it in one transaction; what cannot be done as it was typed is shown again."""
    try:
        with writing() as here:
            deed(here)
            here.commit()
    except UsageError as error:
        if error.status in (403, 404):
            raise
        at = "reason" if error.status == 400 and request.endpoint == "coordinating.decline" else ""
        return _member(slug, public_id, error.text, error.status, at)
    only = "applied" if said in ("confirmed", "declined") else None  # who decides on one goes on to the next
    return onward("coordinating.roster", slug=slug, said=said, only=only)


def _renew(here: Session, slug: str, chosen: str, until: date | None) -> None:
    """`chosen` is a public id, a version and a key, as the roster's boxes say it."""
    public_id, _mark, rest = chosen.partition(":")
    version, _mark, key = rest.partition(":")
    seen = scope.member_for(here, me(), slug, public_id, today(), "renew", vouching=True)
    base = int(version) if version.isdecimal() and len(version) < 10 else -1
    with partners.told(here, [seen.listing.id], now(), rooms().letterhead):
        decisions.renew(here, seen, base, key, until, me().account_id, rooms().config.base_url, now())


def _base() -> int:
    """The version of the listing that was looked at."""
    return request.form.get("base", -1, type=whole)


def _typed(name: str) -> str:
    """One short line of what was asked."""
    return "".join(c for c in request.values.get(name, "")[:80] if c.isprintable())


def _only(asked: str) -> str:
    return asked if asked in members.ONLY else ""


def _roster(slug: str, error: str = "", status: int = 200, said: str = "", at: str = "until") -> Response:
    """The page; `at` is the id of what the error is about."""
    told = {name: _typed(name) for name in ("only", "words", "sort")}
    only, sort = _only(told["only"]), told["sort"] if told["sort"] in members.SORTS else "name"
    number = request.values.get("page", 1, type=whole)
    with db.reading(rooms().engine) as here:  # the request's own moment of the database may be before what it did
        network = scope.network_for(here, me(), slug)
        asked = {"only": only, "words": told["words"], "sort": sort, "page": number, "own": me().listing_id}
        found = members.roster(here, network, today(), **asked)  # type: ignore[arg-type]  # as `roster` names them
        counted = members.counts(here, [network.id], today())[network.id]
    done = SAID.get(request.args.get("said", ""), lambda: "")
    values = {"only": only, "sort": sort, "words": told["words"], "number": found.page}
    return page(
        "roster",
        status,
        network=network,
        found=found,
        counts=counted,
        place=_place(slug, found, values),
        asked=values,
        error=error,
        at=at,
        said=said or done(),
        typed=request.form.get("until", ""),
        chosen=request.form.getlist("paper") if error else [],
        endless=bool(error) and request.form.get("endless") == "yes",
        can_choose=any(
            held.free and one.standing == "member" and not one.own for one in found.members for held in one.papers
        ),
        may_renew=me().role == "coordinator",
    )


def _place(slug: str, found: members.Roster, asked: dict[str, object]) -> Place:
    told = {name: asked[name] or None for name in ("only", "words", "sort")}
    before, after = found.page - 1, found.page + 1
    return Place(
        found.page,
        found.pages,
        url_for("coordinating.roster", slug=slug, page=before, **told) if before else None,  # type: ignore[arg-type]
        url_for("coordinating.roster", slug=slug, page=after, **told) if after <= found.pages else None,  # type: ignore[arg-type]
    )


def _member(slug: str, public_id: str, error: str = "", status: int = 200, at: str = "") -> Response:
    with db.reading(rooms().engine) as here:
        seen = scope.member_for(here, me(), slug, public_id, today())
        own = seen.listing.id if scope.is_for(here, me(), seen.listing) else me().listing_id
        one = members.member(here, seen.network, seen.listing.id, today(), own)
        others = _namesakes(here, seen) if may(me(), "confirm", seen.thing) else []
    rights = {
        action: not one.own and may(me(), action, seen.thing)
        for action in ("confirm", "decline", "renew", "end", "readmit")
    }
    return page(
        "member", status, network=seen.network, one=one, error=error, at=at, typed=request.form, others=others, **rights
    )


def _namesakes(here: Session, seen: scope.Seen) -> list[tuple[str, str]]:
    """(slug, name) of each other listing with the name or address of who applied; both empty for one that neither
    visitors nor this network see: who that is, is nothing for a coordinator.
    """
    found = namesakes.of(here, published.load_any(here, [seen.listing.id])[0])
    return [(one.slug, one.content.name) if one.is_public else ("", "") for one in found]

"""A roster that is sent: chosen, compared, its columns named, taken over or forgotten."""

from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from referral import db
from referral.coordinating import comparing, files, importing, scope
from referral.coordinating.columns import LABELS
from referral.coordinating.views import me, onward, page
from referral.listings.tables import LARGEST
from referral.model import Network
from referral.search.sources import area_name
from referral.text import _
from referral.web import coordinator, now, rooms, takes, today, tried, writing
from referral.web.audience import carries

views = Blueprint("roster_file", __name__, url_prefix="/coordination/<slug>/import")

SHOWN = 200
"""The most lines of a kind on the page; the gone are shown all, because each is decided about."""

MEGABYTES = 11
"""A little more than a file may have: so that one that is too large is told so by us."""


@views.get("")
@coordinator
def show(slug: str) -> Response:
    """Show what the file that waits would change; else ask for one."""
    return _shown(slug)


@views.post("")
@coordinator
@takes(MEGABYTES)
def send(slug: str) -> Response:
    """Keep a file until somebody has looked at what it would change."""
    sent = request.files.get("file")

    def keep(here: Session) -> None:
        with db.reading(rooms().engine) as look:  # the file is read before anybody has to wait for it
            number = _network(look, slug).id
        content = sent.read(LARGEST + 1) if sent is not None else b""
        files.keep(here, number, me().account_id, (sent.filename if sent else "") or "", content, now())

    return tried(keep, partial(_shown, slug), lambda _nothing: onward("roster_file.show", slug=slug, said="compared"))


@views.post("/columns")
@carries()
@coordinator
def columns(slug: str) -> Response:
    """Say which column is what, and compare anew."""
    named = dict(zip(request.form.getlist("column"), request.form.getlist("field"), strict=False))

    def name(here: Session) -> None:
        files.name_columns(here, _network(here, slug).id, me().account_id, named)

    return tried(name, partial(_shown, slug), lambda _nothing: onward("roster_file.show", slug=slug, said="compared"))


@views.post("/take-over")
@carries()
@coordinator
def take_over(slug: str) -> Response:
    """Do exactly what was shown; what is something else by now is shown anew."""

    def take(here: Session) -> importing.Done:
        try:
            return _taken(here, slug)
        except importing.Overtaken:  # by somebody who changed one of these people in the same second: once more
            here.rollback()
            return _taken(here, slug)

    def told(done: importing.Done) -> Response:
        counts = {"new": done.new, "changed": done.changed, "ended": done.ended, "again": done.again}
        return onward("roster_file.done", slug=slug, **counts)

    return tried(take, partial(_shown, slug), told)


@views.get("/done")
@coordinator
def done(slug: str) -> Response:
    """Say what was taken over."""
    with db.reading(rooms().engine) as here:
        network = _network(here, slug)
    counts = {name: max(0, request.args.get(name, 0, type=int)) for name in ("new", "changed", "ended", "again")}
    return page("imported", network=network, **counts)


@views.post("/forget")
@coordinator
def forget(slug: str) -> Response:
    """Forget the file; nothing was changed by it."""
    with writing() as here:
        files.forget(here, _network(here, slug).id, me().account_id)
        here.commit()
    return onward("roster_file.show", slug=slug)


def _taken(here: Session, slug: str) -> importing.Done:
    """Look at it while everybody else may write; then write."""
    with db.reading(rooms().engine) as look:
        digest = request.form.get("digest", "")
        found = importing.looked_at(look, _network(look, slug), digest, me(), rooms().gazetteer, now())
    ended, again = (frozenset(request.form.getlist(name)) for name in ("gone", "again"))
    return importing.take_over(here, _network(here, slug), found, ended, me(), rooms().letterhead, now(), again=again)


def _network(here: Session, slug: str) -> Network:
    return scope.network_for(here, me(), slug, "import")


def _shown(slug: str, error: str = "", status: int = 200) -> Response:
    with db.reading(rooms().engine) as here:
        network = _network(here, slug)
        file, found = files.find(here, network.id, me().account_id), None
        if file is not None:
            names = partial(area_name, rooms().gazetteer)
            own = me().listing_id
            head = rooms().letterhead
            found = comparing.compare(here, network, file, own, rooms().gazetteer, today(), names, head)
    labels = [("", _("Not used")), *((field, _(label)) for field, label in LABELS.items())]
    values = {"network": network, "found": found, "error": error, "labels": labels, "shown": SHOWN}
    chosen = dict(zip(request.form.getlist("column"), request.form.getlist("field"), strict=False))
    fields = chosen or ({column: field for field, column in found.fields.items()} if found is not None else {})
    ticked = {name: request.form.getlist(name) for name in ("gone", "again")}
    return page("import", status, **values, fields=fields, ticked=ticked, may_end=me().role == "coordinator")

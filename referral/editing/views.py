"""The therapist's own pages: the listing section by section, what changed, and pausing or leaving."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from referral.accounts.permissions import Thing, may
from referral.editing import both, hints, part, pins, portrait, reading, saving, where, wording
from referral.editing.fields import SectionForm
from referral.editing.saving import Saved
from referral.editing.sections import SECTIONS, Section, section
from referral.errors import UsageError
from referral.listings import cards, drafts, pairs, partners, profile, returning, standing
from referral.listings.checks import GRID
from referral.listings.content import Content
from referral.listings.differences import Telling, between
from referral.listings.placing import has_namesakes
from referral.listings.published import Published
from referral.search.sources import area_name
from referral.text import _
from referral.web import actor, geocoder, now, rooms, session, signed, takes, therapist, today, unseen, writing
from referral.web.audience import carries
from referral.web.numbers import whole

views = Blueprint("editing", __name__, url_prefix="/listing")

CARD = "text/vnd.card+html"
"""The type of a card without a page around it, for the page's own script."""

BOTH = "text/vnd.both+html"
"""The type of what two pages typed, beside each other, for the same script."""


@views.get("")
@therapist
def page() -> Response:
    """Show the listing with every section as a form."""
    return shown(mine(), at=request.args.get("at", ""), saved=request.args.get("saved", ""))


@views.post("/<id>")
@takes(portrait.MEGABYTES)
@carries("more", "forget")
@therapist
def save(id: str) -> Response:
    """Save one section; show it again with what was typed when it cannot be saved."""
    listing, one = mine("edit"), _section(id)
    try:
        typed = _typed(_sent_picture(listing))
    except UsageError as error:
        failed = Saved(reading.filled(one, listing.content, _typed()), wrong=((portrait.PICTURE, error.text),))
        return shown(listing, at=id, form=failed.form, failed=failed, old=True)
    if "more" in request.form:
        form = reading.filled(one, listing.content, typed)
        return shown(listing, at=id, form=reading.with_one_more(one, form, request.form["more"]), old=True)
    told = telling()
    with writing() as writer:
        if "forget" in request.form:
            drafts.drop(writer, listing.id, account_id(), id, typed)
            writer.commit()
            return back(id)
        with partners.told(writer, [listing.id], now(), rooms().letterhead):
            done = saving.save(writer, listing.id, one, typed, base(), account_id(), rooms().gazetteer, told, now())
        if done.done is None:
            there = saving.seen(writer, listing.id)
            return shown(there, at=id, form=done.form, failed=done, old=not done.conflict)
        writer.commit()
    return back(id, wording.outcome(done.done))


@views.post("/<id>/draft")
@therapist
def draft(id: str) -> Response:
    """Keep what was typed so far, and a picture that was chosen; nobody else sees it. The answer names the photo.

    Where another page typed into the section, and this one has not seen it, that stays, and both are shown.
    """
    listing, one = mine("edit"), _section(id)
    photo = _sent_picture(listing)
    typed = [(name, value) for name, value in _typed(photo) if name != "csrf_token"]
    with writing() as writer:
        try:
            drafts.keep(writer, listing.id, account_id(), one.id, base(), typed, now())
        except drafts.Elsewhere as other:
            return _both(one, listing, other.there, typed)
        writer.commit()
    return unseen(make_response((photo, 200, {"Content-Type": "text/plain"}) if photo else ("", 204)))


def _both(one: Section, listing: Published, there: drafts.Kept, typed: drafts.Fields) -> Response:
    sides = (reading.filled(one, listing.content, fields) for fields in (there.fields, typed))
    told = render_template("editing/both.html", there=there, differences=both.between(*sides))
    answer = make_response(told, 409)
    answer.mimetype = BOTH
    return unseen(answer)


@views.post("/<id>/preview")
@therapist
def preview(id: str) -> Response:
    """Show what visitors would see of what was typed: the card alone to a script, else the whole page."""
    listing, one = mine(), _section(id)
    wanted = saving.wanted(session(), listing)
    form = reading.filled(one, wanted, _typed())
    content, wrong = reading.read(form, wanted, rooms().gazetteer, today())
    if content is None:
        raise UsageError(" ".join(sentence for _id, sentence in wrong))
    shown = replace(listing, content=replace(content, public_id=listing.public_id))
    if CARD in request.accept_mimetypes.values():
        fragment = make_response(render_template("editing/card.html", card=_card(shown), sees=_rows_seen(form, wanted)))
        fragment.mimetype = CARD
        return unseen(fragment)
    seen = profile.profile(shown, today(), partial(area_name, rooms().gazetteer))
    is_open = not content.no_enquiries
    filling = {"profile": seen, "framed": profile.whereabouts(seen.offices), "is_open": is_open}
    return unseen(make_response(render_template("listings/therapist.html", **filling)))


def shown(
    listing: Published,
    at: str = "",
    form: SectionForm | None = None,
    failed: Saved | None = None,
    saved: str = "",
    old: bool = False,
    pausing: str = "",
) -> Response:
    """The listing with its sections; the one called `at` is open, with `form` when something was typed into it.

    That is still begun from what the page said that sent it when it is `old`, else from what stands there now.
    `pausing` says why it could not be paused until the day that was typed.
    """
    wanted = saving.wanted(session(), listing)
    kept = drafts.read(session(), listing.id, account_id())
    parts = [
        part.typed(one, form, listing, wanted, kept.get(one.id), _typed(), base() if old else None)
        if form is not None and one.id == at
        else part.drafted(one, wanted, kept[one.id], _is_other(one, wanted, kept[one.id]), one.id == at)
        if one.id in kept
        else part.untouched(one, _readable(one, reading.filled(one, wanted), wanted), listing, wanted, one.id == at)
        for one in SECTIONS
    ]
    rows = {name: _(one) for name, (one, _more) in wording.ROWS.items()}
    values: dict[str, Any] = {
        "listing": listing,
        "sections": parts,
        "at": at,
        "saved": saved,
        "said": wording.said(listing.is_public),
        "wrong": failed.wrong if failed else (),
        "names": reading.names(form, rows) if form is not None else {},
        "conflict": failed.conflict if failed else (),
        "waiting": saving.waits(session(), listing.id, telling()),
        "returned": saving.returned(session(), listing.id, now()),
        "given_back": returning.given_back(session(), listing.id),
        "clock": saving.clock(session(), listing.id),
        "reminded": _is_reminded(),
        "card": _card(listing),
        "hints": hints.hints(wanted, today()),
        "grid": GRID,
        "stands": _stands(listing, wanted),
        "sees": _sees(wanted),
        "geocoder": geocoder(),
        "named_by": pairs.unanswered(session(), listing),
        "offices": profile.profile(listing, today(), partial(area_name, rooms().gazetteer)).offices,
        "offices_wait": wanted.offices != listing.content.offices,
        "row_names": rows,
        "more_names": {name: _(more) for name, (_one, more) in wording.ROWS.items()},
        "tomorrow": standing.first_return(now()),
        "pausing": pausing,
    }
    status = 409 if failed and failed.conflict else 400 if failed or pausing else 200
    return unseen(make_response(render_template("editing/page.html", **values), status))


def _is_other(one: Section, wanted: Content, kept: drafts.Kept) -> bool:
    """Whether what was typed means anything else than what the listing says."""
    content, _wrong = reading.read(reading.filled(one, wanted, kept.fields), wanted, rooms().gazetteer, today())
    return content is None or reading.said(one, content) != reading.said(one, wanted)


def _stands(listing: Published, wanted: Content) -> Mapping[pins.Address, str]:
    """Why each pin stands where it stands."""
    names, namesakes = partial(area_name, rooms().gazetteer), partial(has_namesakes, places=rooms().gazetteer)
    return pins.told(listing.content, wanted, bool(geocoder()), today(), names, namesakes)


def _sees(wanted: Content) -> Callable[[where.OfficeForm, int], dict[str, str]]:
    """What visitors see of the address in a row, by its place among the rows."""
    names = partial(area_name, rooms().gazetteer)
    return partial(where.sees, offices=wanted.offices, places=rooms().gazetteer, names=names)


def _rows_seen(form: SectionForm, wanted: Content) -> list[dict[str, str]]:
    rows = form.offices if isinstance(form, where.OfficesForm) else ()
    return [_sees(wanted)(row.form, at) for at, row in enumerate(rows)]


def _readable(one: Section, form: SectionForm, wanted: Content) -> SectionForm:
    """The form with names and addresses where the listing keeps codes, as far as they lead back to the same."""
    if one.id == "online":
        form["served"].data = where.named(wanted, rooms().gazetteer, partial(area_name, rooms().gazetteer))
    if one.id == "partner" and (slug := saving.slug_of(session(), wanted.partner)):
        form["partner"].data = rooms().config.base_url + url_for("listings.therapist", slug=slug)
    return form


def _card(listing: Published) -> cards.Card:
    return cards.card(listing, today(), place_names=partial(area_name, rooms().gazetteer))


def mine(action: str = "see") -> Published:
    """The listing of who is signed in; 404 when they have none.

    Raises UsageError, 409, when that cannot be done to it as it stands: a page may be older than what it shows.
    """
    who = actor()
    if who is None or who.listing_id is None:
        abort(404)
    listing = saving.seen(session(), who.listing_id)
    state = "held" if saving.clock(session(), listing.id).held else listing.content.status
    if not may(who, action, Thing("listing", listing.id, state=state)):
        raise UsageError(_("This cannot be done with your listing as it is now. Look at it once more."), 409)
    return listing


def telling() -> Telling:
    """How the differences of two contents are told, with the names of regions and people."""
    return partial(between, names=partial(area_name, rooms().gazetteer), people=partial(pairs.named, session()))


def account_id() -> int:
    """The number of who is signed in."""
    here = signed()
    assert here is not None  # the audience of every page here
    return here.account.id


def _is_reminded() -> bool:
    """Whether we write to who is signed in when their listing is to be confirmed."""
    here = signed()
    return here is None or "reminders" not in rooms().letterhead.stopped(session(), here.account.email)


def _section(id: str) -> Section:
    return section(id) or abort(404)


def _typed(photo: str = "") -> list[tuple[str, str]]:
    """What was sent but a picture, with `photo` in the place of the one that was kept."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != portrait.SQUARE]
    return [*((n, v) for n, v in sent if n != portrait.KEPT), (portrait.KEPT, photo)] if photo else sent


def _sent_picture(listing: Published) -> str:
    """The photo made of a picture that was sent; empty when none was. Raises UsageError for what is none."""
    file, square = request.files.get(portrait.PICTURE), request.form.get(portrait.SQUARE, "")
    folder = rooms().config.photos_folder
    if file is not None and file.filename:
        place = (request.form.get(f"photo-{name}", "") for name in ("left", "top", "side"))
        return portrait.keep(folder, listing.public_id, file.read(), *place)
    return portrait.keep_square(folder, listing.public_id, square) if square else ""


def base() -> int:
    """The version the typing began from; -1 when that is not said."""
    return request.form.get("base", -1, type=whole)


def back(at: str, saved: str = "") -> Response:
    """To the listing, at what became of the section that was saved, so that a reload sends nothing twice.

    A screen reader reads the place the address leads to, whatever has the focus. What became of the whole listing is
    said at the top of the page, above where its standing is told.
    """
    place = "#saved" if saved else f"#{at}" if section(at) else ""
    target = url_for("editing.page", at=at, saved=saved or None) + place
    return unseen(make_response(redirect(target, 303)))

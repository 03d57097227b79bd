"""The pages on which a visitor writes to a therapist: no account, no script, no cookie."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests

from referral.enquiries import relay
from referral.enquiries.form import WriteForm
from referral.enquiries.relay import House, Message
from referral.errors import UsageError
from referral.listings import published
from referral.listings.published import Published
from referral.search.urls import Search, url
from referral.text import _, country_name
from referral.web import actor, anyone, now, rooms, session, today, unseen, writing
from referral.web.audience import carries
from referral.web.limits import count, count_here, where

views = Blueprint("enquiries", __name__)

HERE, SENDER, THERAPIST, FLOOD = "5 per 1 hour", "20 per 1 day", "20 per 1 day", "200 per 1 day"
"""Messages from where somebody is; from there in one name, and to one person; and from everywhere to one person: none
of the first three shuts out anybody else, and the last only a flood from many places at once.
"""


@views.get("/therapists/<slug>/write")
@anyone
def write(slug: str) -> Response:
    """Ask for a message; 404 unless the listing is public, and a kind page where nobody would read it."""
    there = published.by_slug(session(), slug) or abort(404)
    return _form(there, WriteForm(there)) if relay.is_open(session(), there) else _closed(there)


@views.post("/therapists/<slug>/write")
@anyone
@carries("leave_empty")
def send(slug: str) -> Response:
    """Pass the message on; what cannot be passed on is shown again as it was typed."""
    there = published.by_slug(session(), slug)
    if there is None or not relay.is_open(session(), there):
        return _closed(there)
    form = WriteForm(there, request.form)
    if not form.validate():
        return _form(there, form, 400)
    try:
        if not relay.is_passed_on(session(), there, form.said, now(), rooms().config.secret_key):
            _count(there, form.said)
        _pass_on(there, form.said)
    except TooManyRequests as error:
        return _form(there, form, 429, error.description or "", wait=error.retry_after)
    except UsageError as error:
        return _form(there, form, error.status, error.text)
    return unseen(make_response(redirect(url_for("enquiries.sent", slug=slug), 303)))


@views.get("/therapists/<slug>/written")
@anyone
def sent(slug: str) -> Response:
    """Say what happens next."""
    there = published.by_slug(session(), slug) or abort(404)
    country = there.content.home
    again = url(Search(area=country)) if country else url_for("home.index")
    return _page("sent", there=there, country=country, country_label=country and country_name(country), again=again)


def _count(there: Published, message: Message) -> None:
    """Count this message against where it comes from, who sends it and who gets it; 429 when it is too many."""
    often = _("You have written several messages in a short while. Nothing is lost: send this one a little later.")
    many = _("They got many messages today. Nothing is lost: send this one tomorrow, or reach them in another way.")
    try:
        count_here(HERE, "enquiry")
        count(SENDER, "enquiry from", message.reply_to.lower(), where())
    except TooManyRequests as error:
        raise TooManyRequests(often, retry_after=error.retry_after) from None
    try:
        count(THERAPIST, "enquiry to", there.public_id, where())
        count(FLOOD, "enquiry to, from all", there.public_id)
    except TooManyRequests as error:
        raise TooManyRequests(many, retry_after=error.retry_after) from None


def _pass_on(there: Published, message: Message) -> None:
    """Write it down for the post, and count that somebody wrote, unless it is about themselves."""
    config, who = rooms().config, actor()
    house = House(config.base_url, config.site.email, config.secret_key)
    with writing() as here:
        [fresh] = published.load(here, [there.id]) or abort(404)
        is_new = relay.accept(here, fresh, message, now(), house)
        here.commit()
    if is_new and (who is None or who.listing_id != there.id):
        rooms().counts.note("written", [there.public_id], today())


def _form(there: Published, form: WriteForm, status: int = 200, error: str = "", wait: object = None) -> Response:
    answer = _page("write", status, there=there, form=form, error=error)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _closed(there: Published | None) -> Response:
    """Say that nobody can be written to here, and give back what was typed."""
    typed = request.form.get("message", "").strip()
    if there is None and not typed:
        abort(404)
    is_invented = there is not None and there.content.demonstration
    status = 200 if is_invented and not typed else 404
    country = there.content.home if there else ""
    label = country and country_name(country)
    return _page(
        "closed", status, there=there, is_invented=is_invented, typed=typed, country=country, country_label=label
    )


def _page(name: str, status: int = 200, **values: object) -> Response:
    return unseen(make_response(render_template(f"enquiries/{name}.html", **values), status))

"""Saying no to letters that come by themselves, by the link in each of them, and yes again from one's account."""

from contextlib import suppress

from flask import Blueprint, Response, abort, request

from referral.errors import UsageError
from referral.mail import stopping, unwanted
from referral.web import anyone, rooms, signed_in, today, writing
from referral.web.audience import from_anywhere
from referral.web.entering import here, page, to
from referral.web.limits import count_here

views = Blueprint("letters", __name__)

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program sends for its reader: RFC 8058. Our own button sends the same."""

UNREAD = "600 per 1 hour"
"""So many say no from one place while nobody can read their links: also where many people's mail is kept."""


@views.get("/letters/stop/<token>")
@anyone
def ask(token: str) -> Response:
    """Ask for one press of a button; changes nothing. A link we did not make gets the same page."""
    topic, _mark = rooms().letterhead.read(token)
    return page("stop", topic=topic, done=False)


@views.post("/letters/stop/<token>")
@from_anywhere
@anyone
def stop(token: str) -> Response:
    """Write no more of this to the address the link was sent to; the answer is the same for every link."""
    if (ONE_CLICK[0], request.form.get(ONE_CLICK[0])) != ONE_CLICK:
        abort(400)
    head = rooms().letterhead
    topic, mark = head.read(token)
    if head.is_lost:  # nobody can tell whether the link is one of ours
        count_here(UNREAD, "stop")
    if mark:
        with writing() as session:
            stopping.stop(session, mark, today())
            session.commit()
        with suppress(UsageError, OSError):  # it is kept, and the night sees to the list
            unwanted.remember(rooms().config.data, [mark])
    return page("stop", topic=topic, done=True)


@views.post("/account/letters/again")
@signed_in
def again() -> Response:
    """Write to one's own address of this again."""
    topic = request.form.get("topic", "")
    if topic not in stopping.TOPICS:
        abort(400)
    head, address = rooms().letterhead, here().account.email
    if head.is_lost:
        abort(503)
    with writing() as session:
        head.again(session, topic, address)
        session.commit()
    unwanted.forget(rooms().config.data, head.mark(topic, address))
    return to("accounts.overview", said="done")

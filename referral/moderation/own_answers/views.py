"""Moderators' page of an answer somebody gives under their own name: read as visitors would, published or returned."""

from functools import partial

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from referral import db
from referral.accounts.permissions import Thing, may
from referral.guidance import answers as own
from referral.guidance.views import own_answer
from referral.listings import cards, published
from referral.model import OwnAnswer, Question
from referral.moderation import answers
from referral.moderation.views import me, onward, page, returned
from referral.web import actor, moderator, now, rooms, today, writing
from referral.web.audience import carries

views = Blueprint("own_answers", __name__, url_prefix="/moderation/answers/<int:number>")


@views.get("")
@moderator
def show(number: int) -> Response:
    """Show one answer under its question; what was decided already is said."""
    return _shown(number)


@views.post("/approve")
@moderator
def approve(number: int) -> Response:
    """Publish it."""
    with writing() as here:
        _allowed(here, number, "approve")
        answers.approve(here, number, me(), rooms().config.base_url, now())
        here.commit()
    return onward("moderation.overview", done="published")


@views.post("/return")
@carries()
@moderator
def send_back(number: int) -> Response:
    """Return it with a reason; without one the page is shown again."""

    def send(here: Session, reason: str) -> None:
        _allowed(here, number, "send_back")
        answers.send_back(here, number, me(), reason, rooms().config.base_url, now())

    return returned(send, partial(_shown, number))


def _allowed(here: Session, number: int, action: str) -> None:
    """403 about what is one's own; what was decided already is said by `answers`."""
    row, who = own.found(here, number), actor()
    thing = Thing("answer", row.listing_id, state=row.state)
    if row.state in own.IN_USE and (who is None or not (may(who, action, thing) or _was_decided(row, action))):
        abort(403)


def _was_decided(row: OwnAnswer, action: str) -> bool:
    return action == "approve" and row.state == "approved"


def _shown(number: int, error: str = "", status: int = 200) -> Response:
    with db.reading(rooms().engine) as here:
        row = own.found(here, number)
        question = here.get_one(Question, row.question_id)
        listing = published.load_any(here, [row.listing_id])[0]
    who = actor()
    is_own = who is not None and row.listing_id == who.listing_id
    shown = {"row": row, "question": question, "answer": own_answer(row, cards.card(listing, today())), "own": is_own}
    return page("own_answer", status, **shown, error=error, typed=request.form.get("reason", ""))

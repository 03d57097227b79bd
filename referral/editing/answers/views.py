"""Answers under one's own name: which questions there are, what was proposed, what became of it."""

from typing import ClassVar

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from referral import db
from referral.accounts.permissions import Thing, may
from referral.editing.fields import NEEDED, OneOf, Plain, Written, writing_choices
from referral.editing.views import account_id, mine
from referral.errors import UsageError
from referral.guidance import answers, questions
from referral.guidance.views import own_answer
from referral.listings import cards
from referral.model import OwnAnswer
from referral.text import N_, _
from referral.web import actor, now, rooms, session, therapist, today, unseen, writing
from referral.web.audience import carries

views = Blueprint("answers", __name__, url_prefix="/listing/answers")


class AnswerForm(Plain):
    """One answer."""

    missing: ClassVar = {"body": N_("Please write your answer.")}

    body = Written(
        N_("Your answer"),
        N_("At most 1,500 characters. Write as you would speak to them. No prices, no invitations."),
        answers.LONGEST,
        rows=12,
        render_kw=NEEDED,
    )
    language = OneOf(N_("Which language is this text in?"), writing_choices)


@views.get("")
@therapist
def index() -> Response:
    """Show what one has proposed, and every question that none of it answers."""
    with db.reading(rooms().engine) as here:
        own = answers.of_listing(here, mine().id)
    answered = {question.id for row, question in own if row.state in answers.IN_USE}
    left = [questions.line(q) for q in questions.all_questions(session()) if q.id not in answered]
    return _page("answers", own=own, questions=left, said=request.args.get("said", ""), can_answer=_can_answer())


@views.get("/<slug>")
@therapist
def write(slug: str) -> Response:
    """Show the form to answer one question, with what was written last."""
    listing = mine("answer")
    own = [row for row, question in answers.of_listing(session(), listing.id) if question.slug == slug]
    begun = {"body": own[0].body, "language": own[0].language} if own else {"language": listing.content.bio_language}
    return _form(slug, AnswerForm(data=begun))


@views.post("/<slug>")
@carries()
@therapist
def propose(slug: str) -> Response:
    """Ask to publish it; what cannot be is shown again as it was typed."""
    listing, filled = mine("answer"), AnswerForm(request.form)
    if not filled.validate():
        return _form(slug, filled, UsageError(_("Please look at what is marked below.")))
    try:
        with writing() as here:
            told = (filled["body"].data or "", filled["language"].data or "")
            answers.propose(here, slug, listing.id, *told, account_id(), now())
            here.commit()
    except UsageError as error:
        return _form(slug, filled, error)
    return _onward("proposed")


@views.post("/<slug>/preview")
@carries()
@therapist
def preview(slug: str) -> Response:
    """Show what was typed as visitors would see it; nothing is kept."""
    listing, filled = mine("answer"), AnswerForm(request.form)
    row = OwnAnswer(body=filled["body"].data or "", language=filled["language"].data or "en", made_at=now())
    return _form(slug, filled, shown=own_answer(row, cards.card(listing, today())))


@views.post("/<int:number>/take-back")
@therapist
def take_back(number: int) -> Response:
    """Take back what waits, or what is published."""
    listing, who = mine(), actor()
    with writing() as here:
        row = answers.found(here, number)
        if row.listing_id != listing.id:
            abort(404)
        if row.state in answers.IN_USE and not (who and may(who, "take_back", _thing(row))):
            abort(403)
        answers.withdraw(here, number, account_id(), now())
        here.commit()
    return _onward("taken-back")


def _thing(row: OwnAnswer) -> Thing:
    return Thing("answer", row.listing_id, state=row.state)


def _can_answer() -> bool:
    """Whether visitors see the listing: an answer leads to it."""
    return mine().is_public


def _form(slug: str, filled: AnswerForm, error: UsageError | None = None, shown: object = None) -> Response:
    question = questions.question(session(), slug)
    if question is None:
        abort(404)
    told = {"question": questions.line(question), "form": filled, "shown": shown}
    return _page("answer", error.status if error else 200, **told, error=error.text if error else "")


def _page(name: str, status: int = 200, **values: object) -> Response:
    return unseen(make_response(render_template(f"editing/{name}.html", **values), status))


def _onward(said: str) -> Response:
    return unseen(make_response(redirect(url_for("answers.index", said=said, _anchor="said"), 303)))

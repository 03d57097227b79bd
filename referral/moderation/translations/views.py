"""Moderators see which translations no native speaker has read, and note the ones that were."""

from itertools import groupby

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from referral import text
from referral.guidance import translations
from referral.web import account, moderator, now, session, unseen, writing

views = Blueprint("translations", __name__, url_prefix="/moderation/translations")


@views.get("")
@moderator
def page() -> Response:
    """List them by language: the catalogue, then each question."""
    waiting = {code: list(rows) for code, rows in groupby(translations.unreviewed(session()), key=lambda row: row[0])}
    spoken = [
        (code, text.own_name(code), text.is_reviewed(code), waiting.get(code, []))
        for code in dict.fromkeys((*text.languages()[1:], *waiting))
    ]
    return unseen(make_response(render_template("moderation/translations.html", spoken=spoken)))


@views.post("/<int:number>")
@moderator
def review(number: int) -> Response:
    """Note that a native speaker has read this question."""
    here = account()
    assert here is not None
    with writing() as writer:
        language = translations.review(writer, number, here.id, now())
        writer.commit()
    return unseen(make_response(redirect(url_for("translations.page", _anchor=language), 303)))

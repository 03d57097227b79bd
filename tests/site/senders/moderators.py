"""What a moderator sends."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import model
from referral.model import Report
from tests.make import NOW, TODAY, make_listing
from tests.moderation.test_questions import form as question_form
from tests.site.senders.coordinators import asked
from tests.site.senders.world import REASON, TYPED, Form, World


def _of_network(w: World, what: str, **told: str) -> Form:
    net = w.network()
    account = w.account("coordinator", networks=[net.slug])
    number = w.write(lambda s: asked(s, net.id, account))
    return Form(w.moderator(), f"/moderation/networks/{number}/{what}", dict(told), typed=told.get("reason", ""))


def _revision(w: World, what: str, **told: str) -> Form:
    number = w.waiting(w.account())
    return Form(w.moderator(), f"/moderation/revisions/{number}/{what}", dict(told), typed=told.get("reason", ""))


def _several(w: World) -> Form:
    return Form(w.moderator(), "/moderation/approve", {"revision": [str(w.waiting()), str(w.waiting())]}, done=200)


def _listing(w: World, what: str, **told: str) -> Form:
    is_new = what in ("admit", "return")
    listing = w.listing(status="pending", consented_on=TODAY) if is_new else w.listing()
    if what == "put-back":
        w.moderator().post_form(f"/moderation/listings/{listing.public_id}/take-down", reason="It is a copy.")
    path = f"/moderation/listings/{listing.public_id}/{what}"
    return Form(w.moderator(), path, {"base": "1", **told}, typed=told.get("reason", ""))


def _question(w: World, what: str) -> Form:
    client, number = w.moderator(), w.question()
    if what in ("revert", "show"):
        path = f"/moderation/questions/{number}"
        told = question_form(client.get(path).text, short="Otherwise.") if what == "revert" else {}
        client.post_form(path if told else f"{path}/hide", **told)
    path = f"/moderation/questions/{number}"
    if what == "add":
        told = {"title": "May we bring a dog?", "short": TYPED, "topic": "starting", "answers-0-body": "Yes."}
        told = question_form(client.get("/moderation/questions/new").text, **told)
        return Form(client, "/moderation/questions", told, typed=TYPED)
    if what == "preview":
        return Form(client, "/moderation/questions/preview", question_form(client.get(path).text), done=200)
    if what == "revert":
        page = client.get(f"{path}/history").text
        action = page.partition(f'action="{path}/history/')[2].partition('"')[0]
        base = page.partition('name="base" value="')[2].partition('"')[0]
        return Form(client, f"{path}/history/{action}", {"base": base})
    if what == "save":
        return Form(client, path, question_form(client.get(path).text, short=TYPED), typed=TYPED)
    return Form(client, f"{path}/{what}")


def _translation(w: World) -> Form:
    with Session(w.engine) as session:
        number = session.scalars(select(model.QuestionText.id).limit(1)).one()
    return Form(w.moderator(), f"/moderation/translations/{number}")


def _report(w: World) -> Form:
    def deed(session: Session) -> str:
        listing = make_listing(session, name="Reported One")
        report = Report(listing_id=listing.id, message="Wrong.", reply_to="v@example.org", made_at=NOW)
        session.add(report)
        session.flush()
        return report.public_id

    path = f"/moderation/reports/{w.write(deed)}/decide"
    return Form(w.moderator(), path, {"upheld": "yes", "outcome": TYPED}, typed=TYPED)


FORMS: Mapping[str, Callable[[World], Form]] = {
    "moderation.approve": lambda w: _revision(w, "approve"),
    "moderation.send_back": lambda w: _revision(w, "return", **REASON),
    "moderation.approve_many": _several,
    "moderation.admit": lambda w: _listing(w, "admit"),
    "moderation.put_back": lambda w: _listing(w, "put-back"),
    "moderation.give_back": lambda w: _listing(w, "return", **REASON),
    "moderation.take_down": lambda w: _listing(w, "take-down", **REASON),
    "moderation.decide": _report,
    "network_revisions.approve": lambda w: _of_network(w, "approve"),
    "network_revisions.send_back": lambda w: _of_network(w, "return", **REASON),
    "questions.add": lambda w: _question(w, "add"),
    "questions.preview": lambda w: _question(w, "preview"),
    "questions.save": lambda w: _question(w, "save"),
    "questions.revert": lambda w: _question(w, "revert"),
    "questions.hide": lambda w: _question(w, "hide"),
    "questions.show": lambda w: _question(w, "show"),
    "translations.review": _translation,
}

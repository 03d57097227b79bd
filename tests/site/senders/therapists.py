"""What a therapist sends, who has a listing or comes to one."""

from collections.abc import Callable, Mapping
from io import BytesIO

from sqlalchemy.orm import Session

from referral.guidance import answers
from referral.joining import claims
from referral.listings import attestations, revisions
from referral.listings.content import Credential
from referral.networks import rosters
from tests.accounts.people import letters, link_of
from tests.listings.test_photos import picture
from tests.make import NOW, TODAY
from tests.moderation.test_questions import ALONE
from tests.site.senders.world import REASON, TYPED, Form, World


def _section(w: World, end: str, done: int = 303, typed: str = "") -> Form:
    client, listing, _account = w.therapist()
    return Form(client, f"/listing/words{end}", w.section(listing, "words", bio=TYPED), typed=typed, done=done)


def _picture(w: World) -> Form:
    client, listing, _account = w.therapist()
    told = w.section(listing, "photo", alt=TYPED) | {"photo-picture": (lambda: BytesIO(picture()), "me.jpg")}
    return Form(client, "/listing/photo", told, typed=TYPED)


HELD = [Credential("certified_imago_therapist", verified_by="IRNA", verified_on=TODAY)]


def _answer(w: World, what: str, **told: str) -> Form:
    client, listing, account = w.therapist(credentials=HELD)
    if what in ("", "/preview"):
        told = {"body": TYPED, "language": "en"}
        return Form(client, f"/listing/answers/{ALONE}{what}", dict(told), TYPED, 200 if what else 303)
    number = w.write(lambda s: answers.propose(s, ALONE, listing.id, "Yes.", "en", account.id, NOW).id)
    if what == "take-back":
        return Form(client, f"/listing/answers/{number}/take-back")
    return Form(w.moderator(), f"/moderation/answers/{number}/{what}", dict(told), typed=told.get("reason", ""))


def _claim(w: World, *, link: bool) -> Form:
    listing = w.listing(status="pending")
    if not link:
        return Form(w.visitor(), "/listing/claim", {"email": listing.email}, typed=listing.email)
    return Form(w.visitor(), f"/listing/claim/{w.secret(claims.PURPOSE, listing.email)}")


def _join(w: World, *, link: bool) -> Form:
    client, email = w.visitor(), w.email()
    told = {"email": email, "name": "Bo Example", "level": "certified_imago_therapist", "country": "US",
            "locality": "Evanston, Illinois", "language": "en", "agreed": "y"}  # fmt: skip
    if not link:
        return Form(client, "/listing/join", told, typed="Bo Example")
    client.post("/listing/join", data=told)
    return Form(w.visitor(), link_of(letters(w.engine, "join")[-1]))


def _confirmed(w: World) -> Form:
    listing = w.listing()
    secret = w.secret(attestations.PURPOSE, listing.email, listing_id=listing.id)
    return Form(w.visitor(), f"/listing/confirm/{secret}")


def _own(w: World, what: str, **told: str) -> Form:
    client, listing, account = w.therapist()
    if what == "resume":
        w.write(lambda s: revisions.pause(s, listing.id, None, NOW, account.id))
    if what == "history":
        w.changed(listing, account, bio="Other words.")
        with Session(w.engine) as session:
            first = revisions.history(session, listing.id)[-1].revision_id
        return Form(client, f"/listing/history/{first}/revert", {"base": "2"})
    if what == "waiting":
        number = w.changed(listing, account, name="Another Name").revision_id
        return Form(client, f"/listing/waiting/{number}/take-back")
    return Form(client, f"/listing/{what}", dict(told), typed=told.get("until", ""))


def _belonging(w: World, *, back: bool) -> Form:
    client, listing, _account = w.therapist()
    net = w.network()
    if not back:
        return Form(client, "/listing/networks", {"network": net.slug}, typed=net.slug)
    w.write(lambda s: rosters.apply(s, net.slug, listing.practitioner_id, TODAY))
    return Form(client, f"/listing/networks/{net.slug}/take-back")


FORMS: Mapping[str, Callable[[World], Form]] = {
    "editing.save": lambda w: _section(w, "", typed=TYPED),
    "editing.save, a picture": _picture,
    "editing.draft": lambda w: _section(w, "/draft", 204),
    "editing.preview": lambda w: _section(w, "/preview", 200),
    "answers.propose": lambda w: _answer(w, ""),
    "answers.preview": lambda w: _answer(w, "/preview"),
    "answers.take_back": lambda w: _answer(w, "take-back"),
    "own_answers.approve": lambda w: _answer(w, "approve"),
    "own_answers.send_back": lambda w: _answer(w, "return", **REASON),
    "joining.ask": lambda w: _claim(w, link=False),
    "joining.accept": lambda w: _claim(w, link=True),
    "joining.apply": lambda w: _join(w, link=False),
    "joining.begin": lambda w: _join(w, link=True),
    "standing.confirm": lambda w: _own(w, "confirm"),
    "standing.leave": lambda w: _own(w, "leave", sure="y"),
    "standing.pause": lambda w: _own(w, "pause", until="2027-05-01"),
    "standing.resume": lambda w: _own(w, "resume"),
    "standing.revert": lambda w: _own(w, "history"),
    "standing.take_back": lambda w: _own(w, "waiting"),
    "listings.confirmed": _confirmed,
    "belonging.apply": lambda w: _belonging(w, back=False),
    "belonging.take_back": lambda w: _belonging(w, back=True),
}

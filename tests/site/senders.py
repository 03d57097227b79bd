"""For every route that takes a form, somebody who may send there, with a form that is right and was not sent yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, selectinload

from referral import model
from referral.accounts import signin, tokens
from referral.coordinating import files
from referral.editing import reading, saving
from referral.editing.sections import section
from referral.guidance import answers
from referral.joining import claims
from referral.listings import attestations, published, revisions
from referral.listings.content import Credential
from referral.model import Account, Listing, Network, Question, Report
from referral.networks import facts, keeping, rosters
from referral.web.security import Person, extension
from referral.workshops import publishing
from tests.accounts.people import letters, link_of, make_account
from tests.accounts.test_passkeys import add_key
from tests.accounts.test_second_factor import code
from tests.client import CheckingClient
from tests.coordinating.pages.hands import ADA, FILE, KEY
from tests.coordinating.pages.test_facts import facts_form
from tests.coordinating.pages.test_workshops import workshop_form
from tests.coordinating.people import make_member, make_network
from tests.editing.sent import sent
from tests.listings.test_photos import picture
from tests.make import NOW, TODAY, make_listing
from tests.moderation.people import signed_in
from tests.moderation.test_questions import ALONE
from tests.moderation.test_questions import form as question_form
from tests.people import Write
from tests.workshops.test_publishing import PLAN, WEEKEND

TYPED = "Typed slowly, with one finger, on a telephone at night."


@dataclass
class Form:
    """One form, ready to be sent."""

    client: CheckingClient
    path: str
    told: dict[str, Any] = field(default_factory=dict)
    typed: str = ""
    """What must not be lost of it."""
    done: int = 303
    """The status of an answer that says it is kept."""

    def send(self, place: int) -> Any:
        """Send it, from a connection of its own."""
        token = {"csrf_token": self.client.csrf_token()} if self.client.get_cookie("session") else {}
        where = {"REMOTE_ADDR": f"198.51.{100 + place // 250}.{place % 250}"}
        more = {"content_type": "multipart/form-data"} if any(isinstance(v, tuple) for v in self.told.values()) else {}
        told = {name: (v[0](), v[1]) if isinstance(v, tuple) else v for name, v in self.told.items()}
        return self.client.post(self.path, data={**token, **told}, environ_base=where, **more)


class World:
    """A directory, and whoever is needed."""

    def __init__(self, app: Flask, engine: Engine, write: Write) -> None:
        self.app, self.engine, self.write, self._numbers = app, engine, write, count(1)
        self._question = 0

    def email(self) -> str:
        """An address nobody has yet."""
        return f"who{next(self._numbers)}@example.org"

    def visitor(self) -> CheckingClient:
        """Somebody who is not signed in."""
        client = self.app.test_client()
        assert isinstance(client, CheckingClient)
        client.may_get_cookie = True
        return client

    def listing(self, **fields: Any) -> Listing:
        """Somebody who is listed."""
        fields = {"name": f"Person {next(self._numbers)}", "email": self.email(), **fields}
        return self.write(lambda s: make_listing(s, **fields))  # type: ignore[no-any-return]

    def account(self, role: str = "therapist", **fields: Any) -> Account:
        """Somebody who may sign in."""
        return self.write(lambda s: make_account(s, self.email(), role, **fields))  # type: ignore[no-any-return]

    def browser(self, account: Account, *, second_factor: bool = True) -> CheckingClient:
        """Theirs, signed in."""
        return signed_in(self.visitor(), self.engine, account.id, second_factor=second_factor)

    def therapist(self, **fields: Any) -> tuple[CheckingClient, Listing, Account]:
        """Somebody signed in who is listed."""
        listing = self.listing(**fields)
        account = self.account(practitioner_id=listing.practitioner_id)
        return self.browser(account), listing, account

    def network(self) -> Network:
        """A network of its own."""
        return self.write(lambda s: make_network(s, f"net-{next(self._numbers)}"))  # type: ignore[no-any-return]

    def coordinator(self) -> tuple[CheckingClient, Network, Account]:
        """Somebody signed in who looks after a network."""
        network = self.network()
        account = self.account("coordinator", networks=[network.slug])
        return self.browser(account), network, account

    def member(self, network: Network, **fields: Any) -> Listing:
        """Somebody on its roster."""
        fields = {"name": f"Person {next(self._numbers)}", "email": self.email(), **fields}
        return self.write(lambda s: make_member(s, network, **fields))  # type: ignore[no-any-return]

    def moderator(self) -> CheckingClient:
        """One who is signed in."""
        return self.browser(self.account("moderator"))

    def changed(self, listing: Listing, account: Account | None = None, **fields: Any) -> Any:
        """What became of an edit of the listing."""

        def deed(session: Session) -> Any:
            there = published.load_any(session, [listing.id])[0]
            asked = {n: getattr(there.content, n) for n in there.content.__dataclass_fields__} | fields
            wish = type(there.content)(**asked)
            return revisions.submit(session, listing.id, wish, there.version, account and account.id, NOW)

        return self.write(deed)

    def waiting(self, account: Account | None = None) -> int:
        """The number of a revision that waits."""
        number = self.changed(self.listing(), account, name="Another Name").revision_id
        return int(number)

    def secret(self, purpose: str, address: str, **more: Any) -> str:
        """One that was mailed."""
        return self.write(lambda s: tokens.give(s, purpose, address, NOW, minutes=30, **more))  # type: ignore[no-any-return]

    def section(self, listing: Listing, id: str, **changed: Any) -> dict[str, Any]:
        """What a browser sends of a section with these fields changed."""
        one = section(id)
        assert one is not None
        with Session(self.engine) as session:
            there = saving.seen(session, listing.id)
        told: dict[str, Any] = {"base": str(there.version)}
        for name, value in sent(reading.filled(one, there.content), **changed):
            told.setdefault(name, []).append(value)
        return told

    def question(self) -> int:
        """The number of one that nobody else asks for."""
        others = select(Question.id).where(Question.slug != ALONE, Question.id > self._question)
        self._question = int(self.write(lambda s: s.scalars(others.order_by(Question.id)).first()))
        return self._question


def _email(w: World) -> Form:
    new = w.email()
    return Form(w.browser(w.account()), "/account/email", {"email": new}, typed=new)


def _moved(w: World, kind: str) -> Form:
    client, new = w.browser(w.account()), w.email()
    client.post_form("/account/email", email=new)
    link = link_of(letters(w.engine, "email_change")[-1])
    if kind == "email_changed":
        client.post_form(link)
        link = link_of(letters(w.engine, kind)[-1])
    return Form(w.visitor(), link, done=200)


def _stop(w: World, email: str) -> Form:
    head = w.app.extensions["referral"].letterhead
    path = head.stop("pair", email).link.removeprefix(head.base_url)
    return Form(w.visitor(), path, {"List-Unsubscribe": "One-Click"}, done=200)


def _again(w: World) -> Form:
    account = w.account()
    _stop(w, account.email).send(0)
    return Form(w.browser(account), "/account/letters/again", {"topic": "pairs"})


def _key(w: World, what: str, **told: str) -> Form:
    account = w.account()
    number = add_key(w.engine, account.email, account.email)
    return Form(w.browser(account), f"/account/passkeys/{number}/{what}", told, typed=told.get("name", ""))


def _ceremony(w: World, begin: str, end: str) -> Form:
    """A key that says nothing: that it was asked for is used up all the same."""
    client = w.browser(w.account()) if begin == "begin" else w.visitor()
    state = client.post_form(f"/account/passkeys/{begin}").json["state"]
    return Form(client, f"/account/passkeys/{end}", {"state": state, "credential": "{}"}, done=400)


def _with_codes(w: World) -> tuple[Account, str, list[str]]:
    def deed(session: Session) -> tuple[Account, str, list[str]]:
        account = make_account(session, w.email(), "therapist")
        secret = extension().totp_factory.generate_totp_secret()
        account.tf_primary_method, account.tf_totp_secret = "authenticator", secret
        return account, secret, extension().mf_recovery_codes_util.create_recovery_codes(Person(account))

    with w.app.test_request_context():
        return w.write(deed)  # type: ignore[no-any-return]


def _code(w: World) -> Form:
    account, secret, _codes = _with_codes(w)
    return Form(w.browser(account, second_factor=False), "/account/second-factor/code", {"code": code(w.app, secret)})


def _recovery(w: World) -> Form:
    account, _secret, codes = _with_codes(w)
    client = w.browser(account, second_factor=False)
    return Form(client, "/account/second-factor/recovery", {"recovery": codes[0]})


def _set_up(w: World) -> Form:
    client = w.browser(w.account())
    state = client.get("/account/second-factor/set-up").text.partition('name="state" value="')[2].partition('"')[0]
    with w.app.test_request_context():
        secret = extension().tf_setup_serializer.loads(state)[1]
    return Form(client, "/account/second-factor/set-up", {"state": state, "code": code(w.app, secret)}, done=200)


def _session(w: World) -> Form:
    account = w.account()
    w.browser(account)
    with Session(w.engine) as session:
        mine = select(model.SignIn.public_id).where(model.SignIn.account_id == account.id)
        other = session.scalars(mine).one()
    return Form(w.browser(account), f"/account/sessions/{other}/end")


def _signing_in(w: World) -> Form:
    account = w.account()
    secret = w.secret(signin.PURPOSE, account.email, account_id=account.id, detail={"to": ""})
    return Form(w.visitor(), f"/account/sign-in/{secret}")


def _facts(w: World, *, waits: bool = False) -> Form:
    client, net, account = w.coordinator()
    if waits:
        w.write(lambda s: _asked(s, net.id, account))
        return Form(client, f"/coordination/{net.slug}/facts/take-back")
    path = f"/coordination/{net.slug}/facts"
    return Form(client, path, facts_form(client.get(path).text, offers=TYPED), typed=TYPED)


def _asked(session: Session, id: int, account: Account) -> int:
    net = session.get_one(Network, id, options=[selectinload(Network.areas)])
    keeping.submit(session, net.id, {**facts.facts(net), "offers": "Much"}, net.version, account.id, NOW)
    waits = keeping.waiting(session, net.id)
    assert waits is not None
    return int(waits.id)


def _of_network(w: World, what: str, **told: str) -> Form:
    net = w.network()
    account = w.account("coordinator", networks=[net.slug])
    number = w.write(lambda s: _asked(s, net.id, account))
    return Form(w.moderator(), f"/moderation/networks/{number}/{what}", dict(told), typed=told.get("reason", ""))


def _roster(w: World, step: str) -> Form:
    from io import BytesIO

    client, net, account = w.coordinator()
    path = f"/coordination/{net.slug}/import"
    content = (FILE + ADA).encode()
    if step == "":
        return Form(client, path, {"file": (lambda: BytesIO(content), "roster.csv")})
    w.write(lambda s: files.keep(s, net.id, account.id, "roster.csv", content, NOW))
    if step == "columns":
        told = {"column": ["name", "country", "email"], "field": ["name", "country", "email"]}
        return Form(client, f"{path}/columns", told, typed='value="email"')
    digest = client.get(path).text.partition('name="digest" value="')[2][:64]
    return Form(client, f"{path}/{step}", {"digest": digest} if step == "take-over" else {})


def _on_roster(w: World, what: str, **told: str) -> Form:
    client, net, _account = w.coordinator()
    applied = what in ("confirm", "decline")
    ada = w.member(net, applied=True, status="pending", consented_on=TODAY) if applied else w.member(net)
    if what == "readmit":
        w.write(lambda s: rosters.end(s, net.id, ada.practitioner_id, TODAY))
    page = client.get(f"/coordination/{net.slug}/members/{ada.public_id}").text
    base = page.partition('name="base" value="')[2].partition('"')[0]
    told = {**told, **({"base": base} if base else {})}
    told |= {"paper": KEY, f"until-{KEY}": "2028-05-01"} if what == "confirm" else {}
    typed = told.get("reason", told.get(f"until-{KEY}", ""))
    return Form(client, f"/coordination/{net.slug}/members/{ada.public_id}/{what}", dict(told), typed=typed)


def _renew(w: World) -> Form:
    client, net, _account = w.coordinator()
    ada = w.member(net)
    told = {"paper": f"{ada.public_id}:1:{KEY}", "until": "2029-01-31"}
    return Form(client, f"/coordination/{net.slug}/renew", told, typed="2029-01-31", done=200)


def _export(w: World) -> Form:
    client, net, _account = w.coordinator()
    return Form(client, f"/coordination/{net.slug}/export", {"only": "", "words": ""}, done=200)


def _workshop(w: World, what: str = "") -> Form:
    client, net, _account = w.coordinator()
    path, told = f"/coordination/{net.slug}/workshops", workshop_form(about=TYPED)
    if what == "add":
        return Form(client, path, told, typed=TYPED)
    one = w.write(lambda s: publishing.add(s, PLAN, [WEEKEND], NOW, network_id=net.id)[0])
    if what == "withdraw":
        return Form(client, f"{path}/{one.public_id}/withdraw")
    return Form(client, f"{path}/{one.public_id}", {**told, "version": "1"}, typed=TYPED)


def _section(w: World, end: str, done: int = 303, typed: str = "") -> Form:
    client, listing, _account = w.therapist()
    return Form(client, f"/listing/words{end}", w.section(listing, "words", bio=TYPED), typed=typed, done=done)


def _picture(w: World) -> Form:
    from io import BytesIO

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


def _visitor(w: World, path: str, **told: str) -> Form:
    listing, network = w.listing(), w.network()
    return Form(
        w.visitor(), path.format(listing=listing.slug, network=network.slug), dict(told), told.get("message", "")
    )


WORDS = {"message": TYPED, "reply_to": "vic@example.org"}
REASON = {"reason": TYPED}

FORMS: Mapping[str, Callable[[World], Form]] = {
    "address.ask": _email,
    "address.change": lambda w: _moved(w, "email_change"),
    "address.undo": lambda w: _moved(w, "email_changed"),
    "accounts.speak": lambda w: Form(w.browser(w.account()), "/account/language", {"language": "de"}),
    "letters.again": _again,
    "passkeys.remove": lambda w: _key(w, "remove"),
    "passkeys.rename": lambda w: _key(w, "rename", name="The one in the kitchen"),
    "passkeys.begin": lambda w: Form(w.browser(w.account()), "/account/passkeys/begin", done=200),
    "passkeys.add": lambda w: _ceremony(w, "begin", "add"),
    "passkeys.start": lambda w: Form(w.visitor(), "/account/passkeys/start", done=200),
    "passkeys.show": lambda w: _ceremony(w, "start", "show"),
    "second_factor.code": _code,
    "second_factor.recover": _recovery,
    "second_factor.new_codes": lambda w: Form(
        w.browser(_with_codes(w)[0]), "/account/second-factor/recovery-codes", done=200
    ),
    "second_factor.remove": lambda w: Form(w.browser(_with_codes(w)[0]), "/account/second-factor/remove"),
    "second_factor.forget": lambda w: Form(w.browser(_with_codes(w)[0]), "/account/second-factor/forget"),
    "second_factor.set_up": _set_up,
    "accounts.end": _session,
    "accounts.ask": lambda w: Form(w.visitor(), "/account/sign-in", {"email": w.account().email}),
    "accounts.use": _signing_in,
    "accounts.sign_out": lambda w: Form(w.browser(w.account()), "/account/sign-out"),
    "accounts.sign_out_everywhere": lambda w: Form(w.browser(w.account()), "/account/sign-out/everywhere"),
    "coordinating.export": _export,
    "facts.save": _facts,
    "facts.take_back": lambda w: _facts(w, waits=True),
    "roster_file.send": lambda w: _roster(w, ""),
    "roster_file.columns": lambda w: _roster(w, "columns"),
    "roster_file.forget": lambda w: _roster(w, "forget"),
    "roster_file.take_over": lambda w: _roster(w, "take-over"),
    "coordinating.confirm": lambda w: _on_roster(w, "confirm"),
    "coordinating.decline": lambda w: _on_roster(w, "decline", **REASON),
    "coordinating.end": lambda w: _on_roster(w, "end"),
    "coordinating.readmit": lambda w: _on_roster(w, "readmit"),
    "coordinating.renew": _renew,
    "events.add": lambda w: _workshop(w, "add"),
    "events.change": _workshop,
    "events.withdraw": lambda w: _workshop(w, "withdraw"),
    "letters.stop": lambda w: _stop(w, w.email()),
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
    "telling.told": lambda w: _visitor(w, "/networks/{network}/report", message=TYPED),
    "guidance.needed": lambda w: _visitor(w, f"/questions/{ALONE}/needed", needed="yes"),
    "reporting.told": lambda w: _visitor(w, "/therapists/{listing}/report", **WORDS),
    "enquiries.send": lambda w: _visitor(w, "/therapists/{listing}/write", **WORDS),
}
"""Endpoint -> its form; what stands after a comma is another of the same."""

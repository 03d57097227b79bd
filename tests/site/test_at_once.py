"""Equal requests that come at one moment: each is answered as if the others had come before it, and nothing doubles.

Over SQLite one waits for the other; over PostgreSQL (see test_postgres.py) both are on their way at once.
"""

from collections.abc import Callable
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import model
from referral.accounts import moving, tokens
from referral.joining import applications
from referral.joining.applications import Application
from referral.model import Listing
from referral.web.security import Person, extension
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.make import NOW, make_account, make_listing
from tests.moderation.people import signed_in
from tests.moderation.test_questions import form
from tests.people import Write

MANY = 4
WORDS = {"message": "We are two, we argue a lot.", "reply_to": "vic@example.org"}
QUESTION = {"title": "May we bring a dog?", "short": "Ask.", "topic": "starting", "answers-0-body": "Yes."}

Deed = Callable[[CheckingClient, int], int]


def at_once(app: Flask, deed: Deed, like: CheckingClient | None = None) -> list[int]:
    """What each of MANY browsers got, sorted; `like` is the one whose cookie they have."""
    barrier, told = Barrier(MANY), [0] * MANY
    clients = [app.test_client() for _ in range(MANY)]
    cookie = like.get_cookie("session") if like is not None else None
    for one in clients:
        assert isinstance(one, CheckingClient)
        one.may_get_cookie = True
        if cookie is not None:
            one.set_cookie("session", cookie.value)

    def run(place: int) -> None:
        barrier.wait()
        told[place] = deed(clients[place], place)  # type: ignore[arg-type]

    threads = [Thread(target=run, args=(place,)) for place in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def post(path: str, **fields: str) -> Deed:
    return lambda client, _place: client.post_form(path, **fields).status_code


def count(engine: Engine, kind: type[Any], *which: Any) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(kind).where(*which)) or 0


def test_one_message_sent_at_once_leaves_once(app: Flask, engine: Engine, write: Write) -> None:
    write(lambda s: make_listing(s, name="Ada Example", email="ada@example.org"))

    assert at_once(app, post("/therapists/ada-example/write", **WORDS)) == [303] * MANY

    assert (count(engine, model.Letter), count(engine, model.Enquiry)) == (1, 1)


@pytest.fixture
def ann(app: Flask, client: CheckingClient, engine: Engine, write: Write) -> CheckingClient:
    """A therapist who is signed in."""
    listing = write(lambda s: make_listing(s, name="Ann Example"))
    return signed_in_as(client, engine, practitioner_id=listing.practitioner_id)


def test_one_application_to_a_network_and_one_draft(app: Flask, engine: Engine, ann: CheckingClient) -> None:
    with Session(engine) as session:
        slug = session.scalars(select(model.Network.slug).order_by(model.Network.id)).first() or ""

    assert at_once(app, post("/listing/networks", network=slug), ann) == [303] + [409] * (MANY - 1)
    kept = at_once(app, post("/listing/words/draft", base="1", **{"words-bio": "Hello."}), ann)

    assert set(kept) == {204}
    assert (count(engine, model.Membership), count(engine, model.Draft)) == (1, 1)


def test_one_answer_waits(app: Flask, engine: Engine, ann: CheckingClient) -> None:
    path = "/listing/answers/can-i-come-alone"

    assert at_once(app, post(path, body="Come.", language="en"), ann) == [303] * MANY

    assert count(engine, model.OwnAnswer, model.OwnAnswer.state == "proposed") == 1


def test_people_of_one_name_each_have_a_listing_and_one_person_only_one(
    app: Flask, engine: Engine, write: Write
) -> None:
    told = Application("Joan Example", "US", "certified_imago_therapist")
    four = [f"joan-{n}@example.org" for n in range(MANY)]

    def links(addresses: list[str]) -> list[str]:
        def deed(session: Session) -> None:
            for address in addresses:
                applications.ask(session, address, told, NOW, "")

        write(deed)
        with Session(engine) as session:
            bodies = session.scalars(select(model.Letter.body).order_by(model.Letter.id.desc()).limit(MANY)).all()
        return [next(w for w in body["text"].split() if "/listing/join/" in w) for body in bodies]

    others, same = links(four), links(["same@example.org"] * MANY)
    write(lambda s: make_account(s, email="there@example.org"))
    there = links(["there@example.org"] * MANY)

    assert at_once(app, lambda c, n: c.post_form(others[n]).status_code) == [303] * MANY
    assert at_once(app, lambda c, n: c.post_form(same[n]).status_code) == [303] + [409] * (MANY - 1)
    assert at_once(app, lambda c, n: c.post_form(there[n]).status_code) == [303] + [409] * (MANY - 1)
    assert count(engine, Listing) == MANY + 2


def test_one_address_goes_to_one_account(app: Flask, engine: Engine, write: Write) -> None:
    def deed(session: Session) -> list[str]:
        given = []
        for _ in range(MANY):
            account = make_account(session)
            given.append(tokens.give(session, moving.CHANGE, "new@example.org", NOW, minutes=30, account_id=account.id))
        return given

    secrets = write(deed)

    found = at_once(app, lambda c, n: c.post_form(f"/account/email/{secrets[n]}").status_code)

    assert found == [200] + [409] * (MANY - 1)
    assert count(engine, model.Account, model.Account.email == "new@example.org") == 1


def test_one_question_twice_has_two_names(app: Flask, client: CheckingClient, engine: Engine) -> None:
    mod = signed_in_as(client, engine, "moderator")
    before = count(engine, model.Question)
    sent = {**form(mod.get("/moderation/questions/new").text), **QUESTION}

    assert at_once(app, post("/moderation/questions", **sent), mod) == [303] * MANY

    assert count(engine, model.Question) == before + MANY


def test_one_roster_waits(app: Flask, client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        slug = session.scalars(select(model.Network.slug).order_by(model.Network.id)).first() or ""
    cora = signed_in_as(client, engine, "coordinator", networks=[slug])

    def send(client: CheckingClient, _place: int) -> int:
        fields = {"csrf_token": client.csrf_token(), "file": (BytesIO(b"name,email\nAda,a@example.org\n"), "r.csv")}
        return client.post(f"/coordination/{slug}/import", data=fields).status_code

    assert at_once(app, send, cora) == [303] * MANY

    assert count(engine, model.RosterFile) == 1


def test_a_listing_is_taken_down_once(app: Flask, client: CheckingClient, engine: Engine, write: Write) -> None:
    listing = write(lambda s: make_listing(s, name="Ada Example", email="ada@example.org"))
    moderator = signed_in_as(client, engine, "moderator")

    told = at_once(app, post(f"/moderation/listings/{listing.public_id}/take-down", reason="Not theirs."), moderator)

    assert told[0] < 400, told
    assert told[1:] == [409] * (MANY - 1)
    assert count(engine, model.AuditEntry, model.AuditEntry.action == "take_down") == 1


def test_a_recovery_code_lets_one_browser_in(app: Flask, engine: Engine, write: Write) -> None:
    def made(session: Session) -> tuple[int, str]:
        account = make_account(session, "moderator", tf_primary_method="authenticator", tf_totp_secret="x")
        with app.app_context():
            return account.id, extension().mf_recovery_codes_util.create_recovery_codes(Person(account))[0]

    moderator, known = write(made)
    ready = Barrier(MANY)

    def show(client: CheckingClient, _place: int) -> int:
        signed_in(client, engine, moderator, second_factor=False)
        ready.wait()
        return client.post_form("/account/second-factor/recovery", recovery=known).status_code

    assert at_once(app, show) == [303] + [400] * (MANY - 1)


def test_two_ways_to_sign_in_taken_away_at_once_leave_one(app: Flask, engine: Engine, write: Write) -> None:
    def made(session: Session) -> int:
        id = make_account(session, "moderator").id
        for n in range(MANY):
            at = {"create_datetime": NOW.replace(tzinfo=None), "lastuse_datetime": NOW.replace(tzinfo=None)}
            key = model.Passkey(account_id=id, credential_id=b"%d" % n, public_key=b"x", name=f"{n}", usage="first")
            session.add(key)
            for name, value in at.items():
                setattr(key, name, value)
        session.flush()
        return id

    moderator = write(made)
    with Session(engine) as session:
        keys = session.scalars(select(model.Passkey.id)).all()
    ready = Barrier(MANY)

    def remove(client: CheckingClient, place: int) -> int:
        signed_in(client, engine, moderator)
        ready.wait()
        return client.post_form(f"/account/passkeys/{keys[place]}/remove").status_code

    assert at_once(app, remove) == [303] * (MANY - 1) + [409]
    assert count(engine, model.Passkey) == 1

"""Whoever wants no more letters of a kind says so by the link in each, and is heard; nothing else is done by it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from index.embedded import EmbeddedIndex
from referral import mail
from referral.accounts import moving
from referral.joining import claims
from referral.listings import revisions
from referral.mail import outbox
from referral.mail.message import message
from referral.mail.rendering import KINDS
from referral.mail.stopping import TOPICS
from referral.mail.transport import Folder
from referral.model import Letter, Listing, Token, Unsubscribed
from referral.nightly import clock
from referral.nightly.night import Night
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY, make_account, make_listing
from tests.people import Write

ADA = "ada@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
OWN = {kind for kinds in TOPICS.values() for kind in kinds}
VALUES = {"link": "https://directory.example/x", "paused_until": TODAY, "credential": "x", "expires_on": TODAY,
          "partner": "Ben", "network": "Imago Example"}  # fmt: skip


@pytest.fixture
def head(app: Flask) -> mail.Letterhead:
    found: mail.Letterhead = app.extensions["referral"].letterhead
    return found


def path(head: mail.Letterhead, kind: str = "still_correct", address: str = ADA) -> str:
    return head.stop(kind, address).link.removeprefix(head.base_url)


def press(app: Flask, path: str, **how: Any) -> TestResponse:
    """As a mail program does it: no cookie, no Origin."""
    return app.test_client().post(path, **{"data": ONE_CLICK, "headers": {"Sec-Fetch-Site": "cross-site"}, **how})


def count(engine: Engine, what: type[Any] = Unsubscribed) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


@pytest.mark.parametrize("kind", sorted(OWN))
def test_every_letter_that_comes_by_itself_says_how_to_end_it(session: Session, kind: str) -> None:
    head = replace(HEAD, base_url="https://a-directory-with-a-rather-long-name.imago-network.example.org")
    link = head.stop(kind, ADA).link
    mail.post(session, ADA, kind, VALUES, NOW, stop=head.stop(kind, ADA))

    held = outbox.hold(session, NOW)
    assert held is not None
    read = message(held, "letters@directory.example")

    assert (read["List-Unsubscribe"], read["List-Unsubscribe-Post"]) == (f"<{link}>", "List-Unsubscribe=One-Click")
    lines = read.as_bytes().partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    assert b"List-Unsubscribe: <" + link.encode() + b">" in re.sub(rb" +", b" ", lines)
    assert all(link in part.get_content() for part in read.iter_parts())
    assert held.body["text"].splitlines()[-1] == link


def test_no_letter_that_answers_or_guards_or_tells_of_a_decision_can_be_ended() -> None:
    guards = {"sign_in", "claim", "join", "email_change", "email_changed", "new_session", "signing_in_changed"}
    decisions = {"approved", "returned", "taken_down", "put_back", "membership_declined", "membership_ended"}

    assert set(KINDS) > OWN and not OWN & (guards | decisions)


def test_a_letter_that_comes_by_itself_is_never_written_without(session: Session) -> None:
    with pytest.raises(ValueError, match="no way to say no"):
        mail.post(session, ADA, "still_correct", VALUES, NOW)


def test_one_press_anywhere_ends_them_and_looking_does_not(
    app: Flask, client: CheckingClient, engine: Engine, head: mail.Letterhead
) -> None:
    page = client.get(path(head))
    assert "No more reminders?" in page.text and "91 days" in page.text and count(engine) == 0

    plain = press(app, path(head), headers={})
    again = press(app, path(head), headers={"Origin": "https://mail.example"}, content_type="multipart/form-data")

    assert (plain.status_code, again.status_code, count(engine)) == (200, 200, 1)
    assert "We write no more of this" in plain.text and "Set-Cookie" not in plain.headers


def test_it_ends_one_topic_for_one_address_in_any_case(app: Flask, session: Session, head: mail.Letterhead) -> None:
    press(app, path(head))

    def written(kind: str, to: str) -> bool:
        return mail.post(session, to, kind, VALUES, NOW, stop=head.stop(kind, to))

    assert not written("hidden", "Ada@Example.org")
    assert written("pair", ADA) and written("hidden", "ben@example.org")


def test_what_lies_in_the_outbox_already_does_not_leave_and_what_was_asked_for_does(
    app: Flask, engine: Engine, write: Write, head: mail.Letterhead, tmp_path: Path
) -> None:
    def queued(session: Session) -> None:
        for kind, to in (("still_correct", "Ada@Example.org"), ("pair", ADA), ("hidden", "ben@example.org")):
            mail.post(session, to, kind, VALUES, NOW, stop=head.stop(kind, to))
        mail.post(session, ADA, "sign_in", VALUES, NOW)
        mail.post(session, ADA, "hidden", VALUES, NOW, key="held", stop=head.stop("hidden", ADA))

    write(queued)
    press(app, path(head))

    report = mail.send_due(engine, Folder(tmp_path / "mail", "letters@directory.example"), NOW)

    assert (report.sent, report.waiting) == (3, 0)
    assert set(write(lambda s: s.scalars(select(Letter.kind)).all())) == {"pair", "hidden", "sign_in"}
    assert write(lambda s: s.scalars(select(Letter.to).where(Letter.kind == "hidden")).one()) == "ben@example.org"


def test_our_own_button_works_for_who_is_signed_in_too(
    client: CheckingClient, engine: Engine, write: Write, head: mail.Letterhead
) -> None:
    write(lambda s: make_account(s, email=ADA))
    sign_in(client, engine, ADA)

    assert client.post(path(head), data=ONE_CLICK).status_code == 200

    assert count(engine) == 1


BROKEN: dict[str, Callable[[str], str]] = {
    "cut off": lambda link: link[:-3],
    "another mark": lambda link: link.replace("/stop/r", "/stop/rA"),
    "another topic": lambda link: link.replace("/stop/r", "/stop/i"),
    "nonsense": lambda _link: "/letters/stop/r%C3%BF..",
    "another secret": lambda _link: path(mail.Letterhead("", "of somebody else")),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_link_we_did_not_make_gets_the_same_page_and_does_nothing(
    app: Flask, client: CheckingClient, engine: Engine, head: mail.Letterhead, how: str
) -> None:
    bad, good = BROKEN[how](path(head)), path(head, "invited" if how == "another topic" else "still_correct")

    shown, pressed = client.get(bad), press(app, bad)

    assert (shown.status_code, pressed.status_code, count(engine)) == (200, 200, 0)
    assert _without_links(shown.text) == _without_links(client.get(good).text)
    assert _without_links(pressed.text) == _without_links(press(app, good).text)


def _without_links(page: str) -> str:
    return re.sub(r'/letters/stop/[^"#?]*', "", page)


def test_what_is_no_press_of_the_button_does_nothing(app: Flask, engine: Engine, head: mail.Letterhead) -> None:
    assert press(app, path(head), data={}).status_code == 400

    assert count(engine) == 0


def test_the_clock_goes_on_and_ones_own_page_has_reminders_again(
    app: Flask, client: CheckingClient, engine: Engine, index: EmbeddedIndex, write: Write, head: mail.Letterhead
) -> None:
    listing = write(lambda s: make_listing(s, email="file@example.org", attested_on=TODAY))
    write(lambda s: make_account(s, email=ADA, practitioner_id=listing.practitioner_id))
    press(app, path(head))

    for days in (60, 61, 91, 120):
        clock.attestations_due(Night(engine, index, head, NOW + timedelta(days)))

    assert write(lambda s: s.get_one(Listing, listing.id).status) == "hidden"
    assert (count(engine, Letter), count(engine, Token)) == (0, 0)
    sign_in(client, engine, ADA)
    assert "You asked for no reminders." in client.get("/listing").text
    assert "Reminders about your listing" in client.get("/account").text
    assert client.post_form("/account/letters/again", topic="x").status_code == 400
    assert client.post_form("/account/letters/again", topic="reminders").status_code == 303
    assert "Reminders about" not in client.get("/account").text and count(engine) == 0


def test_who_was_invited_and_said_no_is_invited_by_no_later_import_even_after_being_erased(
    app: Flask, engine: Engine, write: Write, head: mail.Letterhead
) -> None:
    id = write(lambda s: make_listing(s, email=ADA, status="pending").id)
    assert write(lambda s: claims.invite(s, [id], NOW, head)) == 1
    press(app, path(head, "invited"))
    assert write(lambda s: s.get_one(Listing, id).status) == "pending"

    write(lambda s: revisions.erase(s, [id], NOW))
    anew = write(lambda s: make_listing(s, email="ADA@example.org", status="pending").id)

    assert write(lambda s: claims.invite(s, [anew], NOW, head)) == 0
    assert (count(engine, Letter), count(engine)) == (0, 1)
    assert "ada" not in write(lambda s: s.scalars(select(Unsubscribed.mark)).one()).lower()[:4]


def test_who_moves_to_another_address_is_left_in_peace_there_too(session: Session) -> None:
    account = make_account(session, email=ADA)
    session.add(Unsubscribed(mark=HEAD.stop("hidden", ADA).mark, since=TODAY))
    moving.ask(session, account, "new@example.org", NOW, HEAD.base_url)
    secret = re.findall(r"/account/email/(\S+)", session.scalars(select(Letter)).one().body["text"])[0]

    moving.change(session, secret, NOW, HEAD)

    assert account.email == "new@example.org"
    assert HEAD.stopped(session, "new@example.org") == HEAD.stopped(session, ADA) == ["reminders"]

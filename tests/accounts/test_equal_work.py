"""The same is done for an address we know and one we do not: counted, so that no fast machine hides a difference.

Beside test_timing.py, which measures by the clock: this one fails as soon as somebody does less for one of the two.
"""

import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from referral.config import ROOT
from referral.model import Letter
from tests.accounts.people import make_account, signed_in_as
from tests.client import CheckingClient
from tests.joining.hands import APPLYING
from tests.make import make_listing
from tests.people import Write

HASHES = ("sha", "hmac", "blake", "md5", "scrypt", "pbkdf")
OURS = tuple(str(ROOT / "referral" / room) for room in ("accounts", "joining", "listings", "mail", "model", "web"))
"""What works on the words of a letter one by one is left out: a name more is a word more."""


@dataclass
class Work:
    """What one request did."""

    statements: list[tuple[str, int]] = field(default_factory=list)
    """Each with how many rows it found; what is written without its columns, for nothing stands in an empty one."""
    calls: Counter[str] = field(default_factory=Counter)
    """Of our own functions, and of whatever hashes."""
    letters: list[str] = field(default_factory=list)
    """Kinds of what stands in the outbox after it, also to nobody."""


def work(app: Flask, engine: Engine, path: str, address: str, client: CheckingClient | None = None) -> Work:
    """What is done for somebody who types this address, and whom nobody has counted yet; with `client` signed in."""
    done = Work()

    def note(_connection: Any, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        again = cursor.connection.cursor() if statement.startswith("SELECT") else None
        found = len(again.execute(statement, parameters).fetchall()) if again else 0
        done.statements.append((re.sub(r"(INSERT INTO \w+) .*", r"\1", statement, flags=re.DOTALL), found))

    def called(frame: FrameType, what: str, function: Any) -> None:
        code = frame.f_code
        if what == "call" and code.co_filename.startswith(OURS) and "<" not in code.co_name:
            done.calls[f"{code.co_filename.removeprefix(str(ROOT))} {code.co_qualname}"] += 1
        elif what == "c_call" and any(name in function.__name__.lower() for name in HASHES):
            done.calls[function.__name__] += 1

    client = client or app.test_client()  # type: ignore[assignment]  # of the class that the application was given
    assert isinstance(client, CheckingClient)
    fields = {"csrf_token": client.csrf_token()} if client.get_cookie("session") else {}
    fields |= APPLYING if path.endswith("/join") else {}
    before = kinds(engine)
    event.listen(app.extensions["referral"].engine, "after_cursor_execute", note)
    sys.setprofile(called)
    try:
        answer = client.post(path, data={"email": address, **fields})
    finally:
        sys.setprofile(None)
        event.remove(app.extensions["referral"].engine, "after_cursor_execute", note)
    assert answer.status_code == 303
    done.letters = sorted((kinds(engine) - before).elements())
    return done


def kinds(engine: Engine) -> Counter[str]:
    with Session(engine) as session:
        return Counter(session.scalars(select(Letter.kind)))


ON_FILE: Mapping[str, tuple[int, str]] = {
    "one": (1, "pending"),
    "listed": (1, "active"),
    "several": (3, "pending"),
    "very many": (40, "pending"),
    "removed": (1, "removed"),
}
"""Who may be on file under an address: how many, as what."""


@pytest.mark.parametrize("who", [*ON_FILE, "somebody's", "suspended"])
def test_a_claim_does_the_same_whoever_is_on_file(app: Flask, engine: Engine, write: Write, who: str) -> None:
    def make(session: Session) -> None:
        many, status = ON_FILE.get(who, (1, "active"))
        made = [make_listing(session, email="known@example.org", status=status) for _one in range(many)]
        if who == "somebody's":
            make_account(session, "known@example.org", listing=made[0])
        elif who == "suspended":
            make_account(session, "known@example.org", active=False)

    write(make)
    work(app, engine, "/listing/claim", "first@example.org")  # what is only done once by a process

    unknown = work(app, engine, "/listing/claim", "other@example.org")

    assert work(app, engine, "/listing/claim", "known@example.org") == unknown
    assert unknown.letters == ["claim", "claim_unknown"] and any("sha256" in name for name in unknown.calls)


def test_applying_does_the_same_whoever_is_suspended(app: Flask, engine: Engine, write: Write) -> None:
    write(lambda session: make_account(session, "known@example.org", active=False))
    work(app, engine, "/listing/join", "first@example.org")

    unknown = work(app, engine, "/listing/join", "other@example.org")

    assert work(app, engine, "/listing/join", "known@example.org") == unknown and unknown.letters == ["join"]


@pytest.mark.parametrize("who", ["therapist", "moderator", "suspended", "of another language"])
def test_signing_in_does_the_same_whoever_has_an_account(app: Flask, engine: Engine, write: Write, who: str) -> None:
    role = who if who == "moderator" else "therapist"
    fields = {"suspended": {"active": False}, "of another language": {"language": "de"}}.get(who, {})
    write(lambda session: make_account(session, "known@example.org", role, **fields))
    for address in ("first@example.org", "known@example.org"):
        work(app, engine, "/account/sign-in", address)

    unknown = work(app, engine, "/account/sign-in", "other@example.org")

    assert work(app, engine, "/account/sign-in", "known@example.org") == unknown
    assert unknown.letters == ["sign_in"]


def test_a_new_address_takes_the_same_whoever_has_an_account_there(app: Flask, engine: Engine, write: Write) -> None:
    write(lambda session: make_account(session, "known@example.org"))
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    ann = signed_in_as(client, engine)
    for address in ("first@example.org", "known@example.org"):
        work(app, engine, "/account/email", address, ann)

    unknown = work(app, engine, "/account/email", "other@example.org", ann)

    assert work(app, engine, "/account/email", "known@example.org", ann) == unknown
    assert unknown.letters == ["email_change"]

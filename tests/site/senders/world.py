"""A directory for tests, whoever is needed in it, and a form that is right and was not sent yet."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.accounts import tokens
from referral.editing import reading, saving
from referral.editing.sections import section
from referral.listings import published, revisions
from referral.model import Account, Listing, Network, Question
from tests.accounts.people import make_account
from tests.client import CheckingClient
from tests.coordinating.people import make_member, make_network
from tests.editing.sent import sent
from tests.make import NOW, make_listing
from tests.moderation.people import signed_in
from tests.moderation.test_questions import ALONE
from tests.people import Write

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


REASON = {"reason": TYPED}

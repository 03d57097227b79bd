"""Every route that takes a form, with forms nobody made for it: an answer says what is wrong, none is our mistake."""

import re
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from referral.config import ROOT
from referral.model import Network
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.make import make_listing
from tests.people import Write

FORM = "application/x-www-form-urlencoded"
ROLES = {"anyone": "", "arriving": "therapist", "signed_in": "therapist"}
VALUES = ("-1", "9" * 400, "٣", "2026-13-45", "\u202e\u200b\ufffd")
"""Each stands in every field at once."""

BODIES = {
    "nothing": (b"", FORM),
    "NUL": (b"email=%00&message=a%00", FORM),
    "a lone surrogate": (b"email=%ED%A0%80&message=%ED%A0%80", FORM),
    "another encoding": ("name=Zürich".encode("latin-1"), FORM),
    "UTF-16": ("name=Ada".encode("utf-16"), FORM),
    "no form": (b'{"name": "Ada"}', "application/json"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "cut off": (b'--x\r\nContent-Disposition: form-data; name="a', "multipart/form-data; boundary=x"),
    "no name": (b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    "many fields": (b"&".join(b"a%d=1" % n for n in range(1_200)), FORM),
    "a large one": (b"message=" + b"a" * 600_000, FORM),
}
FILE = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a%00/../b\xff.csv"\r\n\r\n\xff\xfe\x00\xd8\r\n'
    b'--x\r\nContent-Disposition: form-data; name="photo-photo"; filename=""\r\n\r\n\x89PNG\r\n--x--\r\n'
)


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Every name that stands in a form of ours, as far as the templates write it out, and some that code reads."""
    found = set()
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("referral/**/*.py")]:
        found |= set(re.findall(r'name="([a-z_]+)"|form(?:\.get|\.getlist)?[\[(]"([a-z_]+)"', path.read_text("utf-8")))
    plain = {name for pair in found for name in pair if name} - {"csrf_token"}
    sections = ("words-bio", "name-name", "offices-offices-0-country", "costs-costs-0-amount", "answers-0-body")
    return sorted({*plain, *sections})


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]


class Hostile:
    """Somebody of each role, with a listing or network that is there, and a new connection for each request."""

    def __init__(self, app: Flask, engine: Engine, write: Write) -> None:
        self.app, self.engine, self.write, self._numbers = app, engine, write, count(1)
        with Session(engine) as session:
            self.network = session.scalars(select(Network.slug).order_by(Network.id)).first() or ""

    def client(self, rule: Rule) -> tuple[CheckingClient, str]:
        """Who may send there, and where to."""
        n = next(self._numbers)
        listing = self.write(lambda s: make_listing(s, name=f"Person {n}", email=f"p{n}@example.org"))
        audience = getattr(self.app.view_functions[rule.endpoint], "audience", "anyone")
        role = ROLES.get(audience, audience)
        client = self.app.test_client()
        assert isinstance(client, CheckingClient)
        client.may_get_cookie = True
        if role:
            more: dict[str, Any] = {"practitioner_id": listing.practitioner_id} if role == "therapist" else {}
            more |= {"networks": [self.network]} if role == "coordinator" else {}
            signed_in_as(client, self.engine, role, email=f"who{n}@example.org", **more)
        slug = self.network if rule.rule.startswith(("/coordination", "/networks")) else listing.slug
        slug = "can-i-come-alone" if "question" in rule.rule or "answers" in rule.rule else slug
        given = {"slug": slug, "id": "words", "number": 1, "public_id": listing.public_id, "key_id": 1, "revision": 1}
        built = rule.build({name: given.get(name, "x") for name in rule.arguments}, append_unknown=False)
        assert built is not None
        return client, built[1]

    def send(self, rule: Rule, bodies: list[tuple[bytes, str]]) -> list[int]:
        """The status of each."""
        client, path = self.client(rule)
        token, found = client.csrf_token() if client.get_cookie("session") else "", []
        for body, kind in bodies:
            n = next(self._numbers)
            if kind == FORM:
                body = f"csrf_token={token}&".encode() + body
            where = {"REMOTE_ADDR": f"198.51.{n // 250 % 250}.{n % 250}"}
            headers = {"X-CSRFToken": token}
            found.append(
                client.post(path, data=body, content_type=kind, headers=headers, environ_base=where).status_code
            )
        return found


@pytest.mark.parametrize("part", range(4))
def test_no_form_that_is_sent_to_any_route_is_a_mistake_of_ours(
    app: Flask, engine: Engine, write: Write, names: list[str], part: int
) -> None:
    full = [(urlencode(dict.fromkeys(names, value)).encode(), FORM) for value in VALUES]
    bodies = [*BODIES.values(), (FILE, "multipart/form-data; boundary=x"), *full]
    hostile = Hostile(app, engine, write)

    told = {rule.rule: hostile.send(rule, bodies) for rule in rules(app)[part::4]}

    assert {path: statuses for path, statuses in told.items() if max(statuses) >= 500} == {}


@pytest.mark.parametrize("path", ["/moderation/questions/{}", "/moderation/revisions/{}", "/moderation/answers/{}"])
def test_a_number_no_column_holds_is_a_clear_answer(client: CheckingClient, engine: Engine, path: str) -> None:
    mod = signed_in_as(client, engine, "moderator")

    assert mod.get(path.format(9**40)).status_code in (400, 404)

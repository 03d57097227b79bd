"""Nothing that somebody typed is lost when their session has ended: every route says whether it carries it on."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import Rule

from referral.web.audience import AUDIENCE, CARRIED
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient

PRESSED = frozenset(
    "accounts.end accounts.sign_out accounts.sign_out_everywhere accounts.speak address.change address.undo "
    "answers.take_back belonging.take_back coordinating.end coordinating.export coordinating.readmit events.withdraw "
    "facts.take_back guidance.needed joining.accept joining.begin letters.again letters.stop listings.confirmed "
    "moderation.admit moderation.approve moderation.approve_many moderation.put_back network_revisions.approve "
    "own_answers.approve passkeys.remove questions.hide questions.revert questions.show roster_file.forget "
    "second_factor.forget second_factor.new_codes second_factor.remove standing.confirm standing.leave "
    "standing.resume standing.revert standing.take_back translations.review".split()
)
"""Routes whose form is a button, with a box or a choice at most."""

ELSEWHERE = {
    "accounts.ask": "an address, and nobody is signed in",
    "accounts.use": "a secret",
    "second_factor.code": "a secret",
    "second_factor.recover": "a secret",
    "second_factor.set_up": "a secret",
    "passkeys.add": "what a key says",
    "passkeys.begin": "nothing",
    "passkeys.show": "what a key says",
    "passkeys.start": "nothing",
    "editing.draft": "kept in the tab by the script that sends it",
    "editing.preview": "in another tab than the form",
    "roster_file.send": "a file, which is still where it was",
}
"""Routes that carry nothing on, and why nothing is lost."""

TYPED = "Typed slowly, with one finger, on a telephone at night."


def taking(app: Flask) -> list[Rule]:
    """Every route that takes a form."""
    return [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]


def asks(app: Flask, rule: Rule, mark: str) -> Any:
    return getattr(app.view_functions[rule.endpoint], mark, None)


def address(app: Flask, rule: Rule) -> str:
    return app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "7"), method="POST")


def test_every_route_with_something_typed_carries_it_on(app: Flask) -> None:
    left = {rule.endpoint for rule in taking(app) if asks(app, rule, CARRIED) is None}

    assert left == PRESSED | ELSEWHERE.keys()


def test_what_was_typed_comes_back_when_the_session_has_ended(app: Flask, client: CheckingClient) -> None:
    lost = []
    for rule in taking(app):
        if asks(app, rule, CARRIED) is None or asks(app, rule, AUDIENCE) == "anyone":
            continue
        answer = client.post(address(app, rule), data={"reason": TYPED, "short": "kept"})
        if answer.status_code != 401 or TYPED not in answer.text or 'name="short" value="kept"' not in answer.text:
            lost.append(rule.endpoint)

    assert lost == []


@pytest.mark.parametrize(
    ("role", "path", "onward"),
    [
        ("therapist", "/listing/pause", "editing.page"),
        ("coordinator", "/coordination/some/facts", "coordinating.overview"),
        ("moderator", "/moderation/revisions/7/return", "moderation.overview"),
        ("therapist", "/account/email", "accounts.overview"),
    ],
)
def test_signing_in_again_leads_to_ones_own_pages(client: CheckingClient, role: str, path: str, onward: str) -> None:
    assert f"to={onward}" in client.post(path, data={"reason": TYPED}).text


def test_what_came_from_a_form_of_an_earlier_session_comes_back(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, role="moderator")

    answer = client.post("/moderation/revisions/7/return", data={"reason": TYPED, "csrf_token": "of yesterday"})

    assert answer.status_code == 400 and TYPED in answer.text and "of yesterday" not in answer.text


def test_who_is_asked_to_wait_keeps_what_they_typed(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)
    for _ in range(6):
        client.post_form("/account/email", email="another@example.org")

    answer = client.post_form("/account/email", email="another@example.org")

    assert answer.status_code == 429
    assert "another@example.org</textarea>" in answer.text and "You can try again" in answer.text

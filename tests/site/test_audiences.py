"""Every route × everybody who may come × every method: the answer is what the route's audience says."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import Rule

from tests.accounts.people import signed_in_as
from tests.client import CheckingClient

TABLE = """
    audience     nobody   therapist  coordinator  half-moderator  moderator  half-operator  operator
    anyone       in       in         in           in              in         in             in
    arriving     sign-in  in         in           in              in         in             in
    signed_in    sign-in  in         in           second          in         second         in
    therapist    sign-in  in         in           second          in         second         in
    coordinator  sign-in  no         in           second          no         second         in
    moderator    sign-in  no         no           second          in         second         in
    operator     sign-in  no         no           second          no         second         in
"""

HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
WHO = HEAD[1:]
EXPECTED = {(line[0], who): said for line in LINES for who, said in zip(WHO, line[1:], strict=True)}


def stub(view: Any) -> Any:
    """A view for the same audience that says only that somebody got in."""

    def inside(**_values: object) -> str:
        return "<!doctype html><html lang=en dir=ltr><title>in</title><main><h1>let in</h1></main></html>"

    if hasattr(view, "audience"):
        inside.audience = view.audience  # type: ignore[attr-defined]
    return inside


@pytest.fixture
def doors(app: Flask) -> Flask:
    """The application with its doors and nothing behind them, and one route of every audience."""
    for audience in {audience for audience, _who in EXPECTED}:
        view = stub(None)
        view.audience = audience
        app.add_url_rule(f"/a-page-for/{audience}", f"for.{audience}", view, methods=["GET", "POST"])
    for name, view in list(app.view_functions.items()):
        if name != "static":
            app.view_functions[name] = stub(view)
    return app


def visitor(app: Flask, engine: Engine, who: str) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    if who == "nobody":
        return client
    return signed_in_as(client, engine, who.removeprefix("half-"), second_factor=not who.startswith("half-"))


def came(client: CheckingClient, path: str, method: str) -> str:
    """What became of somebody at the door."""
    answer = client.get(path) if method == "GET" else client.post_form(path)
    where = answer.headers.get("Location", "")
    if answer.status_code == 200 and "let in" in answer.text:
        return "in"
    if answer.status_code == 302:
        return "second" if where.startswith("/account/second-factor") else "sign-in"
    return {401: "sign-in", 403: "no"}.get(answer.status_code, str(answer.status_code))


def path_of(rule: Rule) -> str:
    built = rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)
    assert built is not None
    return built[1]


@pytest.mark.parametrize("who", WHO)
def test_every_route_lets_in_whom_it_is_for(doors: Flask, engine: Engine, who: str) -> None:
    client, wrong = visitor(doors, engine, who), []
    for rule in doors.url_map.iter_rules():
        audience = getattr(doors.view_functions[rule.endpoint], "audience", None)
        for method in (rule.methods or set()) & {"GET", "POST"} if audience else ():
            expected = EXPECTED[audience, who]
            if method == "POST" and expected == "second":
                expected = "no"
            found = came(client, path_of(rule), method)
            if found != expected:
                wrong.append((rule.rule, method, expected, found))

    assert wrong == []


def test_every_audience_stands_in_the_table(app: Flask) -> None:
    named = {getattr(view, "audience", "anyone") for view in app.view_functions.values()}

    assert named <= {audience for audience, _who in EXPECTED}

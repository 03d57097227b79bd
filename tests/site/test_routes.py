"""Rules of every route: it declares its audience, carries the policy, and keeps nothing of a search."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from referral import create_app, setup
from referral.config import Config
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.make import make_listing

PLAIN = ["/", "/networks", "/questions", "/about", "/about/order", "/about/privacy", "/about/accessibility",
         "/about/inclusion", "/search", "/networks/in/DE", "/networks/in/FO", "/account/sign-in",
         "/account/sign-in/sent"]  # fmt: skip


def test_every_route_declares_its_audience(app: Flask) -> None:
    silent = [r.endpoint for r in app.url_map.iter_rules() if not hasattr(app.view_functions[r.endpoint], "audience")]

    assert silent == ["static"]


def test_a_view_without_an_audience_answers_nobody(app: Flask) -> None:
    app.add_url_rule("/undeclared", view_func=lambda: "secret", endpoint="undeclared")

    assert app.test_client().get("/undeclared").status_code == 403


def test_things_are_changed_by_post_alone_and_never_at_the_address_of_a_page_that_only_shows(app: Flask) -> None:
    assert {m for r in app.url_map.iter_rules() for m in r.methods or ()} <= {"GET", "HEAD", "OPTIONS", "POST"}
    assert [r.endpoint for r in app.url_map.iter_rules() if {"GET", "POST"} <= (r.methods or set())] == []


def test_looking_at_any_page_writes_nothing(client: CheckingClient, app: Flask, engine: Engine) -> None:
    with engine.connect() as connection:
        before = connection.execute(text("PRAGMA data_version")).scalar()

        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                client.get(rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)[1])

        connection.commit()
        assert connection.execute(text("PRAGMA data_version")).scalar() == before


@pytest.mark.parametrize("path", PLAIN)
def test_every_plain_page_is_whole(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_an_unknown_host_gets_400(client: CheckingClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/search?text=x", "/api/v1/search?q=Chicago", "/search?q=Chicago"])
def test_a_search_is_kept_by_nobody(client: CheckingClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_page_that_is_not_there_says_so_kindly(client: CheckingClient) -> None:
    answer = client.get("/therapist/nobody")

    assert answer.status_code == 404
    assert "There is no page here" in answer.text


def test_an_api_error_is_problem_json(client: CheckingClient) -> None:
    answer = client.get("/api/v1/search?radius=100000")

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["detail"] == "Choose a distance from 1 to 500."


def test_a_static_file_carries_the_policy(client: CheckingClient) -> None:
    answer = client.get("/static/style.css")

    assert answer.status_code == 200
    answer.close()


def test_the_icon_stands_where_browsers_look_for_it(client: CheckingClient) -> None:
    icon = client.get("/favicon.ico")
    other = client.get("/static/style.css")

    assert (icon.status_code, icon.data[:4]) == (200, b"\0\0\1\0")
    for name in ("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"):
        assert icon.headers[name] == other.headers[name]
    assert '<link rel="icon" href="/favicon.ico"' in client.get("/").text
    icon.close()
    other.close()


def test_a_file_that_has_not_changed_carries_the_policy_too(client: CheckingClient) -> None:
    first = client.get("/static/style.css")
    first.close()

    again = client.get("/static/style.css", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    again.close()


def test_a_page_depends_on_the_language(client: CheckingClient) -> None:
    assert "Accept-Language" in client.get("/").headers["Vary"]


def test_a_mistake_of_ours_is_a_kind_page_and_a_log_line_without_what_was_typed(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise RuntimeError("typed: my secret town")

    broken.audience = "anyone"  # type: ignore[attr-defined]
    app.add_url_rule("/broken", view_func=broken, endpoint="broken")

    answer = app.test_client().get("/broken?q=my+secret+town")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "If you need help now" in answer.text
    assert "secret" not in answer.text + "".join(capsys.readouterr())


def test_no_log_line_holds_what_was_searched(client: CheckingClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/search?q=Przemysl", headers={"User-Agent": "Tell-tale"})
    client.get("/api/v1/search?q=Przemysl")

    out = "".join(capsys.readouterr())

    assert '"route": "search.page"' in out
    assert "rzem" not in out and "Tell-tale" not in out and "127.0.0.1" not in out


def test_who_searches_too_fast_is_asked_to_wait_and_nobody_else_is(config: Config, engine: Engine) -> None:
    app = create_app(replace(config, search_limit="3 per minute"), now=lambda: NOW)
    setup.database(app.extensions["referral"].engine)
    app.test_client_class = CheckingClient
    client = app.test_client()

    answers = [client.get("/search?text=x", environ_base={"REMOTE_ADDR": "203.0.113.7"}) for _ in range(4)]

    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.get("/search?text=x", environ_base={"REMOTE_ADDR": "203.0.113.8"}).status_code == 200
    assert client.get("/", environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 200
    app.extensions["referral"].engine.dispose()


def test_over_https_the_browser_is_told_to_stay_there(config: Config, engine: Engine) -> None:
    app = create_app(replace(config, base_url="https://example.org"), now=lambda: NOW)

    assert "Strict-Transport-Security" in app.test_client().get("/healthz").headers


def test_ready_means_that_what_is_there_can_be_searched(client: CheckingClient, engine: Engine) -> None:
    assert client.get("/readyz").status_code == 200
    with Session(engine) as session:
        make_listing(session)
        session.commit()
    assert client.get("/readyz").status_code == 503

    client.get("/search?text=x")

    assert client.get("/readyz").status_code == 200

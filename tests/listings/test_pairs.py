"""Two who present together have a page of their own while each has named the other, and never before."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from referral.moderation import decisions
from tests.accounts.people import letters, make_account, sign_in
from tests.client import CheckingClient
from tests.make import HEAD, NOW, make_listing


@pytest.fixture
def two(app: Flask, engine: Engine) -> tuple[int, int]:
    """Ann and Ben, each with an account; neither has named the other."""
    with Session(engine) as session:
        ann = make_listing(session, name="Ann Example", public_id="annexample", languages=["en", "he"])
        ben = make_listing(session, name="Ben Example", public_id="benexample", languages=["he", "fr"])
        make_account(session, "ann@example.org", listing=ann)
        make_account(session, "ben@example.org", listing=ben)
        make_account(session, "mo@example.org", "moderator")
        session.commit()
        return ann.id, ben.id


def named(engine: Engine, who: int, whom: str) -> None:
    """One names the other, and a moderator agrees."""
    with Session(engine) as session:
        there = published.load_any(session, [who])[0]
        done = revisions.submit(session, who, replace(there.content, partner=whom), there.version, None, NOW)
        assert done.revision_id is not None
        decisions.approve(session, done.revision_id, 3, HEAD, NOW)
        session.commit()


def test_the_page_is_there_when_each_has_named_the_other(
    two: tuple[int, int], engine: Engine, client: CheckingClient
) -> None:
    assert client.get("/therapists/ann-example/and/ben-example").status_code == 404
    named(engine, two[0], "benexample")
    assert client.get("/therapists/ann-example/and/ben-example").status_code == 404
    named(engine, two[1], "annexample")

    page = client.get("/therapists/ann-example/and/ben-example")

    assert page.status_code == 200 and "Hebrew" in page.text
    assert "/therapists/ann-example/and/ben-example" in client.get("/therapists/ben-example").text
    turned = client.get("/therapists/ben-example/and/ann-example")
    assert (turned.status_code, turned.location) == (301, "/therapists/ann-example/and/ben-example")


def test_who_was_named_is_asked_once_and_answers_with_one_press(
    two: tuple[int, int], engine: Engine, client: CheckingClient
) -> None:
    named(engine, two[0], "benexample")
    [letter] = letters(engine, "pair")
    assert letter.to == "ben@example.org"
    sign_in(client, engine, "ben@example.org")
    page = client.get("/listing?at=partner")
    assert "Ann Example says that you work together" in page.text
    assert page.text.count('aria-describedby="asks-') == 2  # who goes by Tab hears who it is, too

    client.post_form("/listing/partner", base="1", **{"partner-partner": "annexample"})

    with Session(engine) as session:
        waiting = revisions.waiting(session, two[1])
        assert waiting is not None and waiting.content.partner == "annexample"
        decisions.approve(session, waiting.revision_id, 3, HEAD, NOW)
        session.commit()
    assert client.get("/therapists/ann-example/and/ben-example").status_code == 200
    assert "says that you work together" not in client.get("/listing").text
    assert len(letters(engine, "pair")) == 1


def test_the_page_ends_with_either_of_them(two: tuple[int, int], engine: Engine, client: CheckingClient) -> None:
    named(engine, two[0], "benexample")
    named(engine, two[1], "annexample")

    with Session(engine) as session:
        revisions.pause(session, two[1], None, NOW)
        session.commit()

    assert client.get("/therapists/ann-example/and/ben-example").status_code == 404
    assert "ben-example" not in client.get("/therapists/ann-example").text


def test_who_takes_the_other_s_name_away_is_no_pair_at_once(
    two: tuple[int, int], engine: Engine, client: CheckingClient
) -> None:
    named(engine, two[0], "benexample")
    named(engine, two[1], "annexample")
    assert client.get("/therapists/ann-example/and/ben-example").status_code == 200
    sign_in(client, engine, "ben@example.org")

    with Session(engine) as session:
        version = published.load_any(session, [two[1]])[0].version
    saved = client.post_form("/listing/partner", base=str(version), **{"partner-partner": ""})

    assert "saved=published" in saved.location
    assert client.get("/therapists/ann-example/and/ben-example").status_code == 404
    for slug in ("ann-example", "ben-example"):
        assert "Works together" not in client.get(f"/therapists/{slug}").text
    with Session(engine) as session:
        assert revisions.waiting(session, two[1]) is None


def test_a_page_of_strangers_is_none(two: tuple[int, int], client: CheckingClient) -> None:
    for path in ("ann-example/and/ann-example", "nobody/and/ann-example", "ann-example/and/nobody"):
        assert client.get(f"/therapists/{path}").status_code == 404

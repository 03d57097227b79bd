"""Somebody who means harm, signed in with a listing of their own or not at all: what they try changes nothing."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from referral.listings.content import as_json
from referral.model import Account, Listing, Revision, SignIn
from tests.accounts.people import letters, link_of, make_account, sign_in
from tests.client import CheckingClient
from tests.make import NOW, make_listing

HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>bold</b> [x](javascript:alert(3))"


@pytest.fixture
def victim(app: Flask, engine: Engine) -> Listing:
    """Ben, whose name waits, and who keeps a recent past."""
    with Session(engine) as session:
        ben = make_listing(session, name="Ben Example", public_id="benexample", bio="Mine.")
        owner = make_account(session, "ben@example.org", listing=ben)
        there = published.load_any(session, [ben.id])[0]
        revisions.submit(session, ben.id, replace(there.content, name="Ben Neu"), there.version, owner.id, NOW)
        session.commit()
        session.refresh(ben)
        session.expunge(ben)
        return ben


@pytest.fixture
def eve(victim: Listing, engine: Engine, client: CheckingClient) -> CheckingClient:
    """Somebody else, signed in, with a listing of her own."""
    with Session(engine) as session:
        make_account(
            session, "eve@example.org", listing=make_listing(session, name="Eve Example", public_id="eve12345")
        )
        session.commit()
    return sign_in(client, engine, "eve@example.org")


def kept(engine: Engine, id: int) -> dict[str, Any]:
    """A listing as it is, with how many revisions it has."""
    with Session(engine.execution_options(reading=True)) as session:
        count = session.scalar(select(func.count()).where(Revision.listing_id == id))
        return as_json(published.load_any(session, [id])[0].content) | {"revisions": count}


def test_no_number_of_somebody_else_opens_anything(eve: CheckingClient, victim: Listing, engine: Engine) -> None:
    before = kept(engine, victim.id)
    with Session(engine) as session:
        numbers = list(session.scalars(select(Revision.id).where(Revision.listing_id == victim.id)))
        browser = session.scalars(select(SignIn.public_id)).first()
    tried = [f"/listing/history/{n}/revert" for n in numbers] + [f"/listing/waiting/{n}/take-back" for n in numbers]

    answers = {path: eve.post_form(path, base="1").status_code for path in tried}

    assert set(answers.values()) == {404}
    for path in ("/listing/words", "/listing/name", "/listing/words/draft", "/listing/pause", "/listing/leave"):
        eve.post_form(path, base="1", listing_id=str(victim.id), public_id="benexample", id=str(victim.id))
    assert kept(engine, victim.id) == before
    assert browser is not None


def test_fields_nobody_asked_for_are_no_fields(eve: CheckingClient, victim: Listing, engine: Engine) -> None:
    more = {"status": "active", "public_id": "benexample", "version": "9", "consented_on": "2020-01-01", "held": "",
            "attested_on": "2030-01-01", "source": "x", "name": "Pope", "demonstration": "y", "verified_by": "IRNA",
            "slug": "pope", "email": "x@example.org", "role": "operator", "practitioner_id": "1"}  # fmt: skip
    given = more | {f"words-{name}": value for name, value in more.items()}
    with Session(engine) as session:
        id = session.scalars(select(Listing.id).where(Listing.public_id == "eve12345")).one()
    before = kept(engine, id)

    answer = eve.post_form("/listing/words", base="1", **{"words-bio": "Hello.", "words-bio_language": "en"}, **given)

    assert answer.status_code == 303
    changed = {name for name, value in kept(engine, id).items() if before.get(name) != value}
    assert changed <= {"bio", "revisions"}
    with Session(engine) as session:
        assert session.scalars(select(Account.role).where(Account.email == "eve@example.org")).one() == "therapist"


def test_a_training_row_cannot_say_who_verified_it(eve: CheckingClient, engine: Engine) -> None:
    row = {
        "level": "certified_imago_therapist",
        "issuer": "Example",
        "verified_by": "IRNA",
        "verified_on": "2026-01-01",
    }
    given = {f"training-credentials-0-{name}": value for name, value in row.items()}

    assert eve.post_form("/listing/training", base="1", **given).status_code == 303

    with Session(engine) as session:
        id = session.scalars(select(Listing.id).where(Listing.public_id == "eve12345")).one()
        waiting = revisions.waiting(session, id)
        assert waiting is not None and [c.verified_by for c in waiting.content.credentials] == [""]


TEXTS = {
    "words": {"words-bio": HTML, "words-bio_language": "en"},
    "name": {"name-name": HTML[:60], "name-suffix": HTML[:40], "name-pronouns": HTML[:40]},
    "identity": {f"identity-{n}": HTML[:90] for n in ("gender", "orientation", "faith", "background")},
    "offices": {"offices-offices-0-country": "US", "offices-offices-0-locality": "Chicago",
                "offices-offices-0-street": HTML[:90], "offices-offices-0-address_visibility": "full"},
    "costs": {"costs-costs-0-amount": "10", "costs-costs-0-currency": "USD", "costs-costs-0-note": HTML[:90]},
    "training": {"training-credentials-0-level": "certified_imago_therapist",
                 "training-credentials-0-issuer": HTML[:90], "training-licences-0-title": HTML[:90],
                 "training-licences-0-number": HTML[:40], "training-licences-0-jurisdiction": "US-IL"},
}  # fmt: skip


@pytest.mark.parametrize("id", sorted(TEXTS))
def test_markup_in_a_field_is_text_on_every_page(eve: CheckingClient, engine: Engine, id: str) -> None:
    saved = eve.post_form(f"/listing/{id}", base="1", **TEXTS[id])
    assert saved.status_code == 303, saved.text
    with Session(engine) as session:
        number = session.scalars(select(Listing.id).where(Listing.public_id == "eve12345")).one()
        waiting = revisions.waiting(session, number)
        if waiting:
            mo = make_account(session, "mo@example.org", "moderator")
            revisions.approve(session, waiting.revision_id, mo.id, NOW)
            session.commit()
        slug = session.get_one(Listing, number).slug

    pages = [eve.get(path) for path in ("/listing", "/listing/history", f"/therapists/{slug}", "/search?text=Eve")]

    for page in pages:
        assert page.status_code == 200
        for live in ("<script>alert", "<img src=x", "<b>bold", 'javascript:alert(3)"', 'href="javascript'):
            assert live not in page.text


WRONG = ["\x00", "a\x00b", "\ud800", "x" * 3_000, "\u202egnp.exe", "é" * 1_201, "\x1b[31m", "a\r\nBcc: x@example.org"]


@pytest.mark.parametrize("text", WRONG, ids=[ascii(w[:12]) for w in WRONG])
@pytest.mark.parametrize("section", ["words", "name", "contact"])
def test_what_is_no_text_is_a_clear_answer_and_never_a_mistake_of_ours(
    eve: CheckingClient, section: str, text: str
) -> None:
    field = {"words": "words-bio", "name": "name-name", "contact": "contact-email"}[section]
    body = f"csrf_token={eve.csrf_token()}&base=1&{field}=".encode()
    raw = b"".join(b"%%%02X" % byte for byte in text.encode("utf-8", "surrogatepass"))

    answer = eve.post(f"/listing/{section}", data=body + raw, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (303, 400, 413)


def test_bytes_of_another_encoding_are_no_mistake_of_ours(eve: CheckingClient) -> None:
    body = f"csrf_token={eve.csrf_token()}&base=1&words-bio_language=en&words-bio=".encode() + b"%FF%FE%E9"

    answer = eve.post("/listing/words", data=body, content_type="application/x-www-form-urlencoded; charset=latin-1")

    assert answer.status_code in (303, 400)


def bomb() -> bytes:
    """A small file of 900 million pixels."""
    sent = BytesIO()
    Image.new("1", (30_000, 30_000)).save(sent, "PNG", optimize=True)
    return sent.getvalue()


@pytest.mark.parametrize("kind", ["bomb", "svg", "gif", "html", "cut"])
def test_no_file_but_a_picture_is_taken(eve: CheckingClient, kind: str) -> None:
    files = {
        "bomb": bomb,
        "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "gif": lambda: b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        "html": lambda: b"\xff\xd8\xff<script>alert(1)</script>",
        "cut": lambda: bomb()[:900],
    }
    sent = (BytesIO(files[kind]()), "me.jpg", "image/jpeg")

    answer = eve.post(
        "/listing/photo", data={"csrf_token": eve.csrf_token(), "base": "1", "photo-alt": "Me", "photo-picture": sent}
    )

    assert answer.status_code == 400 and "photo" in answer.text


def test_a_form_without_the_sessions_token_or_from_elsewhere_changes_nothing(
    eve: CheckingClient, engine: Engine, app: Flask
) -> None:
    with Session(engine) as session:
        id = session.scalars(select(Listing.id).where(Listing.public_id == "eve12345")).one()
    before = kept(engine, id)
    paths = sorted(
        rule.rule.replace("<id>", "words").replace("<int:number>", "1")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("editing.", "standing.")) and "POST" in (rule.methods or ())
    )
    assert len(paths) >= 9

    for path in paths:
        assert eve.post(path, data={"base": "1", "sure": "y"}).status_code == 400
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        form = {"csrf_token": eve.csrf_token(), "base": "1", "sure": "y"}
        assert eve.post(path, data=form, headers=elsewhere).status_code == 403
    assert kept(engine, id) == before


def test_no_page_of_an_account_is_kept_for_the_back_button(eve: CheckingClient) -> None:
    pages = ["/account", "/account/email", "/listing", "/listing/history", "/listing/numbers", "/listing/leave"]

    assert {eve.get(path).headers["Cache-Control"] for path in pages} == {"private, no-store"}
    eve.post_form("/account/sign-out")
    assert {eve.get(path).status_code for path in pages} == {302}


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "\\\\evil.example", "static", "accounts.ask"])
def test_the_way_on_after_signing_in_leads_nowhere_else(engine: Engine, client: CheckingClient, to: str) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()
    client.may_get_cookie = True
    client.post_form("/account/sign-in", email="ann@example.org", to=to)
    answer = client.post_form(link_of(letters(engine)[-1]))

    assert answer.location == "/account"


def test_another_host_neither_answers_nor_stands_in_a_letter(client: CheckingClient, engine: Engine) -> None:
    wrong = {"Host": "evil.example"}
    assert client.post("/listing/claim", data={"email": "a@example.org"}, headers=wrong).status_code == 400
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    client.post("/listing/claim", data={"email": "a@example.org"}, headers=forwarded)
    assert all("evil.example" not in str(letter.body) for letter in letters(engine, "claim_unknown"))

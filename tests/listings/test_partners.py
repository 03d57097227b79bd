"""Who gains or loses the person they work together with is told so once, unless they did it themselves; never why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.accounts import tokens
from referral.joining import claims
from referral.listings import imports, revisions
from referral.listings.content import Credential
from referral.model import Account, Letter, Listing
from tests.accounts.people import letters, make_account
from tests.client import CheckingClient
from tests.make import HEAD, NOW, make_listing
from tests.moderation.people import signed_in

ANN, BEN, CLEO, MO = "annexample", "benexample", "cleoexample", 4
PLACE = "http://127.0.0.1:8000/listing?at=partner#partner"


@pytest.fixture
def two(app: Flask, engine: Engine) -> None:
    """Ann and Ben, a pair; Cleo, who is alone; each with an account. Mo is a moderator."""
    with Session(engine) as session:
        for id, language in ((ANN, "de"), (BEN, "en"), (CLEO, "en")):
            name = f"{id.removesuffix('example').title()} Example"
            made = make_listing(session, name=name, public_id=id)
            make_account(session, f"{id}@example.org", listing=made, language=language)
        make_account(session, "mo@example.org", "moderator")
        join(session, ANN, BEN)
        session.commit()


def join(session: Session, one: str, other: str) -> None:
    """Let each have named the other, as if by an import."""
    numbers = {row.public_id: row for row in session.scalars(select(Listing))}
    numbers[one].partner_listing_id, numbers[other].partner_listing_id = numbers[other].id, numbers[one].id


def by(client: CheckingClient, engine: Engine, address: str) -> CheckingClient:
    """The client, signed in as who has this address."""
    with Session(engine) as session:
        account_id = session.scalars(select(Account.id).where(Account.email == address)).one()
    return signed_in(client, engine, account_id)


def sent(engine: Engine) -> list[tuple[str, str]]:
    """(kind, to) of the letters about pairs."""
    kinds = ("pair", "paired", "pair_ended")
    with Session(engine.execution_options(reading=True)) as session:
        found = select(Letter).where(Letter.kind.in_(kinds)).order_by(Letter.id)
        return [(one.kind, one.to.partition("example@")[0]) for one in session.scalars(found)]


def version(engine: Engine, public_id: str) -> str:
    with Session(engine) as session:
        return str(session.scalars(select(Listing.version).where(Listing.public_id == public_id)).one())


def name(client: CheckingClient, engine: Engine, who: str, whom: str) -> Any:
    """One asks to be shown with somebody, or with nobody."""
    mine = by(client, engine, f"{who}@example.org")
    return mine.post_form("/listing/partner", base=version(engine, who), **{"partner-partner": whom})


def agreed(client: CheckingClient, engine: Engine, who: str) -> None:
    """A moderator agrees to what waits of this listing."""
    with Session(engine) as session:
        id = session.scalars(select(Listing.id).where(Listing.public_id == who)).one()
        waiting = revisions.waiting(session, id)
        assert waiting is not None
    mo = by(client, engine, "mo@example.org")
    assert mo.post_form(f"/moderation/revisions/{waiting.revision_id}/approve").location.endswith("done=published#said")


def take_down(client: CheckingClient, engine: Engine, who: str, done: str = "take-down") -> None:
    mo = by(client, engine, "mo@example.org")
    assert mo.post_form(f"/moderation/listings/{who}/{done}", reason="A secret reason.").status_code == 303


def leave(client: CheckingClient, engine: Engine, who: str) -> None:
    assert by(client, engine, f"{who}@example.org").post_form("/listing/leave", sure="yes").status_code == 303


def name_another(client: CheckingClient, engine: Engine, who: str) -> None:
    name(client, engine, who, CLEO)
    assert sent(engine) == []  # nothing has changed for anybody yet
    agreed(client, engine, who)


def end_it(client: CheckingClient, engine: Engine, who: str) -> None:
    name(client, engine, who, "")


@pytest.mark.parametrize("deed", [end_it, name_another, leave, take_down])
def test_who_loses_their_partner_is_told_so_and_never_why(
    two: None, client: CheckingClient, engine: Engine, deed: Callable[[CheckingClient, Engine, str], None]
) -> None:
    deed(client, engine, BEN)

    [letter] = letters(engine, "pair_ended")
    assert letter.to == "annexample@example.org" and letter.body["language"] == "de"
    assert PLACE in letter.body["text"] and "unsubscribe" in letter.body
    said = json.dumps([letter.subject, letter.body])
    assert not any(word in said for word in ("Ben", "Cleo", "secret reason"))
    assert [to for kind, to in sent(engine) if kind == "paired"] == []


def test_it_is_the_same_letter_whatever_happened(two: None, client: CheckingClient, engine: Engine) -> None:
    take_down(client, engine, BEN)
    with Session(engine) as session:
        session.execute(Letter.__table__.update().values(sent_at=NOW))
        session.commit()
    take_down(client, engine, BEN, "put-back")

    leave(client, engine, BEN)

    first, second = letters(engine, "pair_ended")
    assert (first.subject, first.body["text"].split()[:40]) == (second.subject, second.body["text"].split()[:40])


def test_who_was_told_is_not_told_again(two: None, client: CheckingClient, engine: Engine) -> None:
    take_down(client, engine, BEN)

    leave(client, engine, BEN)

    assert sent(engine) == [("pair_ended", "ann")]


def test_who_comes_back_is_together_with_who_names_them(two: None, client: CheckingClient, engine: Engine) -> None:
    take_down(client, engine, BEN)
    take_down(client, engine, BEN, "put-back")

    assert sent(engine) == [("pair_ended", "ann"), ("paired", "ann")]


def test_who_named_first_is_told_that_they_were_named_too(two: None, client: CheckingClient, engine: Engine) -> None:
    end_it(client, engine, BEN)

    name(client, engine, BEN, ANN)
    agreed(client, engine, BEN)

    assert sent(engine) == [("pair_ended", "ann"), ("paired", "ann")]
    [letter] = letters(engine, "paired")
    assert "Ben Example" in letter.subject
    assert "http://127.0.0.1:8000/therapists/ann-example/and/ben-example" in letter.body["text"]


def test_whoever_is_named_while_they_are_a_pair_with_another_is_asked(
    two: None, client: CheckingClient, engine: Engine
) -> None:
    name(client, engine, CLEO, BEN)
    agreed(client, engine, CLEO)

    assert sent(engine) == [("pair", "ben")]


def test_going_back_to_a_version_without_the_other_ends_it_too(
    two: None, client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        ben = session.scalars(select(Listing).where(Listing.public_id == BEN)).one()
        [first] = revisions.history(session, ben.id)
    mine = by(client, engine, f"{BEN}@example.org")

    mine.post_form(f"/listing/history/{first.revision_id}/revert", base=version(engine, BEN))

    assert sent(engine) == [("pair_ended", "ann")]


def test_a_section_that_says_nothing_of_it_writes_to_nobody(two: None, client: CheckingClient, engine: Engine) -> None:
    mine = by(client, engine, f"{BEN}@example.org")

    saved = mine.post_form("/listing/words", base=version(engine, BEN), **{"words-bio": "New words."})

    assert "saved=published" in saved.location
    assert sent(engine) == []


def test_a_new_listing_asks_whom_it_names_once_it_is_seen(two: None, client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, public_id="danexample", status="pending", consented_on=NOW.date(), partner=CLEO)
        session.commit()
    mo = by(client, engine, "mo@example.org")

    mo.post_form("/moderation/listings/danexample/admit", base=version(engine, "danexample"))

    assert sent(engine) == [("pair", "cleo")]


def test_whom_a_listing_names_that_is_taken_over_is_asked_then(
    two: None, client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        papers = [Credential("certified_imago_therapist", "Example Network", verified_by="x", verified_on=NOW.date())]
        make_listing(session, email="dan@example.org", status="pending", partner=CLEO, credentials=papers)
        secret = tokens.give(session, claims.PURPOSE, "dan@example.org", NOW, minutes=30)
        session.commit()
    client.may_get_cookie = True

    assert client.post_form(f"/listing/claim/{secret}").status_code == 303

    assert sent(engine) == [("pair", "cleo")]


def test_whoever_wants_no_letters_about_it_gets_none(two: None, client: CheckingClient, engine: Engine) -> None:
    end_it(client, engine, BEN)
    [letter] = letters(engine, "pair_ended")
    path = letter.body["unsubscribe"].removeprefix("http://127.0.0.1:8000")
    client.post(path, data={"List-Unsubscribe": "One-Click"})
    name(client, engine, BEN, ANN)
    agreed(client, engine, BEN)

    assert sent(engine) == [("pair_ended", "ann")]


@pytest.fixture
def imported(two: None, engine: Engine, tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """What takes a file of one row over; the letters about pairs after it. Nobody looks after the listings told."""

    def done(header: str, row: str, *nobodys: str) -> list[tuple[str, str]]:
        file = tmp_path / "roster.csv"
        file.write_text(f"public_id,name,country,{header}\n{row}\n")
        with Session(engine) as session:
            for one in session.scalars(select(Account).where(Account.email.in_(f"{id}@example.org" for id in nobodys))):
                session.delete(one)
            session.flush()
            report = imports.run(session, file, "", "", None, NOW, HEAD)
            assert not report.bad, report.bad
            session.commit()
        return sent(engine)

    return done


@pytest.mark.parametrize(
    ("header", "cell", "more"),
    [("partner", "", []), ("partner", CLEO, [("pair", "cleo")]), ("status", "removed", []), ("status", "paused", None)],
)
def test_whoever_loses_their_partner_by_an_import_is_told_so(
    imported: Callable[..., list[tuple[str, str]]], header: str, cell: str, more: list[tuple[str, str]] | None
) -> None:
    found = imported(header, f"{BEN},Ben Example,US,{cell}", BEN)

    assert found == ([] if more is None else [("pair_ended", "ann"), *more])


@pytest.mark.parametrize("was", ["paused", "hidden", "unconfirmed"])
def test_who_comes_back_asks_nobody_anew_whom_they_named_before(
    imported: Callable[..., list[tuple[str, str]]], engine: Engine, was: str
) -> None:
    with Session(engine) as session:
        cleo, ben = (session.scalars(select(Listing).where(Listing.public_id == id)).one() for id in (CLEO, BEN))
        cleo.status, cleo.partner_listing_id = was, ben.id
        session.commit()

    assert imported("status,consented_on", f"{CLEO},Cleo Example,US,active,2026-11-01", CLEO) == []
    with Session(engine) as session:
        cleo = session.scalars(select(Listing).where(Listing.public_id == CLEO)).one()
        assert (cleo.status, cleo.partner_listing_id is not None) == ("active", True)


def test_nobody_is_written_to_about_a_listing_nobody_looks_after(
    imported: Callable[..., list[tuple[str, str]]],
) -> None:
    assert imported("partner", f"{BEN},Ben Example,US,", ANN, BEN) == []


def test_whoever_looks_after_a_listing_stays_with_their_partner_whatever_a_file_says(
    imported: Callable[..., list[tuple[str, str]]],
) -> None:
    assert imported("partner,phone", f"{BEN},Ben Example,US,,+13125550123") == []


def test_whom_a_new_row_names_is_asked(imported: Callable[..., list[tuple[str, str]]]) -> None:
    found = imported("partner,status,consented_on", f",Dan Example,US,{CLEO},active,2026-05-03")

    assert found == [("pair", "cleo")]

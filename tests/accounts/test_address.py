"""Another address: confirmed from the new one, said to the old one, undone from there."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import create_app
from referral.accounts import factors, roles
from referral.config import Config
from referral.model import Account, AuditEntry, Change, Listing, Passkey, Revision
from tests.accounts.people import letters, link_of, make_account, sign_in
from tests.accounts.test_passkeys import add_key
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.make import make_listing

OLD, NEW = "ann@example.org", "ann@example.net"


@pytest.fixture
def ann(client: CheckingClient, engine: Engine) -> CheckingClient:
    """A therapist who is signed in."""
    with Session(engine) as session:
        make_account(session, OLD)
        session.commit()
    return sign_in(client, engine, OLD)


def emails(engine: Engine) -> list[str]:
    with Session(engine.execution_options(reading=True)) as session:
        return list(session.scalars(select(Account.email).order_by(Account.id)))


def changed(ann: CheckingClient, engine: Engine) -> None:
    ann.post_form("/account/email", email=NEW)
    assert ann.post_form(link_of(letters(engine, "email_change")[-1])).status_code == 200


@pytest.mark.parametrize("typed", [OLD, " Ann@EXAMPLE.org "])
def test_who_asks_for_the_address_they_have_is_told_so(ann: CheckingClient, engine: Engine, typed: str) -> None:
    answer = ann.post_form("/account/email", email=typed)

    assert answer.status_code == 400 and "This is your address already." in answer.text
    assert letters(engine, "email_change") == []


def test_the_page_of_the_undo_says_which_address_the_account_gets_back(ann: CheckingClient, engine: Engine) -> None:
    changed(ann, engine)
    path = link_of(letters(engine, "email_changed")[-1])

    page = ann.get(path).text

    assert f'gets its old address back: <bdi dir="ltr">{OLD}</bdi>. Whoever' in page
    assert page.count(OLD) == 1


FOLLOWS = "What visitors write to you comes to this address as well"


def listed(engine: Engine, email: str) -> None:
    """Give the therapist a listing that names this address for enquiries."""
    with Session(engine) as session:
        owner = make_listing(session, email=email).practitioner_id
        session.scalars(select(Account).where(Account.email == OLD)).one().practitioner_id = owner
        session.commit()


def on_file(engine: Engine) -> tuple[str, int]:
    with Session(engine.execution_options(reading=True)) as session:
        email, version = session.execute(select(Listing.email, Listing.version)).one()
        return email, version


def test_visitors_messages_follow_the_address_and_come_back(ann: CheckingClient, app: Flask, engine: Engine) -> None:
    listed(engine, "Ann@Example.org")
    ann.post_form("/account/email", email=NEW)
    link = link_of(letters(engine, "email_change")[-1])
    assert FOLLOWS in ann.get(link).text

    ann.post_form(link)
    assert on_file(engine) == (NEW, 2)
    with Session(engine) as session:
        last = session.scalars(select(Revision).order_by(Revision.id.desc()).limit(1)).one()
        assert (last.fields, last.state, last.version) == (["email"], "approved", 2)
        assert session.scalars(select(Change.seq)).all() == [1, 2]

    app.test_client().post(link_of(letters(engine, "email_changed")[-1]))
    assert on_file(engine) == (OLD, 3)


@pytest.mark.parametrize("other", ["practice@example.com", NEW, ""])
def test_another_address_for_enquiries_stays(ann: CheckingClient, app: Flask, engine: Engine, other: str) -> None:
    listed(engine, other)
    ann.post_form("/account/email", email=NEW)
    link = link_of(letters(engine, "email_change")[-1])
    assert FOLLOWS not in ann.get(link).text

    ann.post_form(link)
    app.test_client().post(link_of(letters(engine, "email_changed")[-1]))

    assert emails(engine) == [OLD] and on_file(engine) == (other, 1)


def test_nothing_changes_before_the_link_is_used(ann: CheckingClient, engine: Engine) -> None:
    assert ann.post_form("/account/email", email=NEW).headers["Location"] == "/account/email/sent"

    [letter] = letters(engine, "email_change")
    page = ann.get(link_of(letter))
    assert letter.to == NEW and NEW in page.text and page.status_code == 200
    assert ann.get("/account/email/sent").status_code == 200
    assert emails(engine) == [OLD] and ann.get("/account").status_code == 200


def test_the_link_changes_the_address_signs_out_and_tells_the_old_one(
    ann: CheckingClient, app: Flask, engine: Engine
) -> None:
    phone = sign_in(app.test_client(), engine, OLD)
    before = link_of(letters(engine)[-1])

    changed(ann, engine)

    assert emails(engine) == [NEW]
    assert [a.get("/account").status_code for a in (ann, phone)] == [302, 302]
    [notice] = letters(engine, "email_changed")
    assert notice.to == OLD and NEW in str(notice.body)
    assert app.test_client().post(before).status_code == 410
    with Session(engine) as session:
        assert "email" in set(session.scalars(select(AuditEntry.action)))


def test_the_old_address_undoes_it_for_seven_days(
    ann: CheckingClient, app: Flask, engine: Engine, config: Config
) -> None:
    changed(ann, engine)
    thief = sign_in(app.test_client(), engine, NEW)
    path = link_of(letters(engine, "email_changed")[-1])
    assert "Undo the change" in app.test_client().get(path).text and emails(engine) == [NEW]

    assert "Your old address is back" in app.test_client().post(path).text

    assert emails(engine) == [OLD] and thief.get("/account").status_code == 302
    assert app.test_client().post(path).status_code == 410
    later = create_app(config, now=lambda: NOW + timedelta(days=7)).test_client()
    assert later.get(path).status_code == 410


def test_the_first_owner_undoes_a_second_change_too(ann: CheckingClient, app: Flask, engine: Engine) -> None:
    changed(ann, engine)
    thief = sign_in(app.test_client(), engine, NEW)
    thief.post_form("/account/email", email="thief@example.com")
    thief.post_form(link_of(letters(engine, "email_change")[-1]))
    first, second = letters(engine, "email_changed")

    app.test_client().post(link_of(first))

    assert emails(engine) == [OLD]
    assert app.test_client().post(link_of(second)).status_code == 410


def test_a_later_owner_who_undoes_takes_no_way_back_from_the_first(
    ann: CheckingClient, app: Flask, engine: Engine
) -> None:
    changed(ann, engine)
    thief = sign_in(app.test_client(), engine, NEW)
    thief.post_form("/account/email", email="thief@example.com")
    thief.post_form(link_of(letters(engine, "email_change")[-1]))
    first, second = letters(engine, "email_changed")

    undone = [app.test_client().post(link_of(one)).status_code for one in (second, first)]

    assert undone == [200, 200] and emails(engine) == [OLD]


def test_whoever_undoes_it_asks_for_nothing_that_was_added_since(
    ann: CheckingClient, app: Flask, engine: Engine
) -> None:
    add_key(engine, OLD, "Own phone")
    with Session(engine) as session:
        session.scalars(select(Passkey)).one().create_datetime -= timedelta(days=9)
        session.commit()
    changed(ann, engine)
    add_key(engine, NEW, "Phone of the thief")
    with Session(engine) as session:
        thiefs = session.scalars(select(Passkey).where(Passkey.name == "Phone of the thief")).one()
        thiefs.create_datetime += timedelta(minutes=1)
        account = session.scalars(select(Account)).one()
        factors.set_up(session, account, "a secret", NOW + timedelta(minutes=1))
        account.mf_recovery_codes = ["known-to-the-thief"]
        session.commit()

    done = app.test_client().post(link_of(letters(engine, "email_changed")[-1]))

    assert "added since then, or in the seven days before, are gone" in done.text
    with Session(engine) as session:
        account = session.scalars(select(Account)).one()
        assert (account.tf_totp_secret, account.mf_recovery_codes) == (None, [])
        assert session.scalars(select(Passkey.name)).all() == ["Own phone"]


def told_of_changes(engine: Engine) -> list[tuple[str, bool]]:
    """(address, whether the letter speaks of taking the move back)."""
    return [(one.to, "take the change of your address back" in str(one.body["text"]).replace("\n", " "))
            for one in letters(engine, "signing_in_changed")]  # fmt: skip


def test_the_address_before_hears_how_signing_in_changes_while_it_can_take_the_move_back(
    ann: CheckingClient, app: Flask, engine: Engine, config: Config
) -> None:
    changed(ann, engine)
    thief = sign_in(app.test_client(), engine, NEW)

    thief.post_form(f"/account/passkeys/{add_key(engine, NEW)}/remove")

    assert told_of_changes(engine) == [(NEW, False), (OLD, True)]
    [to_old] = [one for one in letters(engine, "signing_in_changed") if one.to == OLD]
    assert "A passkey was taken away" in to_old.body["text"] and "November 30, 2026" in to_old.body["text"]
    assert "/account" not in to_old.body["text"]  # it leads nowhere they could sign in any more

    app.test_client().post(link_of(letters(engine, "email_changed")[-1]))
    back = sign_in(app.test_client(), engine, OLD)
    back.post_form(f"/account/passkeys/{add_key(engine, OLD, 'Own')}/remove")
    assert told_of_changes(engine)[2:] == [(OLD, False)]


def test_after_that_and_of_an_operators_help_only_who_has_the_account_hears(
    ann: CheckingClient, engine: Engine
) -> None:
    changed(ann, engine)
    with Session(engine) as session:
        roles.reset(session, NEW, NOW + timedelta(days=6), "https://directory.example")
        roles.reset(session, NEW, NOW + timedelta(days=7), "https://directory.example")
        session.commit()

    assert told_of_changes(engine) == [(NEW, False), (OLD, True), (NEW, False)]


def test_what_was_there_before_goes_on_being_asked_for(ann: CheckingClient, app: Flask, engine: Engine) -> None:
    changed(ann, engine)
    with Session(engine) as session:
        account = session.scalars(select(Account)).one()
        factors.set_up(session, account, "a secret", NOW - timedelta(days=9))
        account.mf_recovery_codes = ["their own"]
        session.commit()

    app.test_client().post(link_of(letters(engine, "email_changed")[-1]))

    with Session(engine) as session:
        account = session.scalars(select(Account)).one()
        assert (account.tf_totp_secret, account.mf_recovery_codes) == ("a secret", ["their own"])


def test_an_address_of_somebody_else_is_not_given_away(ann: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_account(session, NEW)
        session.commit()

    assert ann.post_form("/account/email", email=NEW).headers["Location"] == "/account/email/sent"
    assert letters(engine, "email_change") == []


def test_an_address_taken_meanwhile_is_said(ann: CheckingClient, engine: Engine) -> None:
    ann.post_form("/account/email", email=NEW)
    with Session(engine) as session:
        make_account(session, NEW)
        session.commit()

    assert ann.post_form(link_of(letters(engine, "email_change")[-1])).status_code == 409
    assert emails(engine) == [OLD, NEW]


def test_what_is_no_address_is_said(ann: CheckingClient) -> None:
    page = ann.post_form("/account/email", email="nothing")

    assert page.status_code == 400 and "not a whole e-mail address" in page.text
    assert ann.get("/account/email").status_code == 200


@pytest.mark.parametrize("by", ["owner", "operator"])
def test_whoever_is_signed_out_everywhere_takes_no_account_elsewhere(
    ann: CheckingClient, app: Flask, engine: Engine, by: str
) -> None:
    ann.post_form("/account/email", email=NEW)
    if by == "owner":
        ann.post_form("/account/sign-out/everywhere")
    else:
        with Session(engine) as session:
            roles.reset(session, OLD, NOW, "https://directory.example")
            session.commit()

    assert app.test_client().post(link_of(letters(engine, "email_change")[-1])).status_code == 410
    assert emails(engine) == [OLD]


def test_only_the_last_link_works(ann: CheckingClient, engine: Engine) -> None:
    ann.post_form("/account/email", email=NEW)
    ann.post_form("/account/email", email="other@example.org")
    first, _last = letters(engine, "email_change")

    assert ann.get(link_of(first)).status_code == 410


def test_a_listing_follows_to_a_host_with_letters_of_any_language(ann: CheckingClient, engine: Engine) -> None:
    listed(engine, OLD)
    ann.post_form("/account/email", email="ann@xn--bcher-kva.example")

    assert ann.post_form(link_of(letters(engine, "email_change")[-1])).status_code == 200

    assert emails(engine) == ["ann@bücher.example"] and on_file(engine)[0] == "ann@bücher.example"


def test_an_address_that_letters_may_not_reach_is_refused_before_any_leaves(
    ann: CheckingClient, engine: Engine
) -> None:
    page = ann.post_form("/account/email", email="josé@example.org")

    assert page.status_code == 400 and "Before the @ only plain letters" in page.text
    assert letters(engine, "email_change") == []

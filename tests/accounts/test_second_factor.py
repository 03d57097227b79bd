"""A second factor: codes of an app, each once; recovery codes; nothing else before it for who must have one."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import Traveller
from time_machine import travel as journey

from referral.model import Account, AuditEntry
from referral.web.security import extension
from tests.accounts.people import letters, make_account, sign_in
from tests.accounts.test_passkeys import add_key
from tests.client import CheckingClient


@pytest.fixture
def travel() -> Iterator[Traveller]:
    """A clock that a test moves on to the next code."""
    with journey(1_795_435_200, tick=False) as traveller:
        yield traveller


def account(engine: Engine, email: str = "ann@example.org") -> Account:
    with Session(engine.execution_options(reading=True)) as session:
        return session.scalars(select(Account).where(Account.email == email)).one()


def code(app: Flask, secret: str) -> str:
    with app.test_request_context():
        return str(extension().totp_factory.generate_totp_password(secret))


def set_up(client: CheckingClient, app: Flask) -> tuple[list[str], str]:
    """Set codes up as a person does; returns the recovery codes and the secret."""
    page = client.get("/account/second-factor/set-up").text
    state = re.search(r'name="state" value="([^"]+)"', page)
    assert state is not None and "data:image/svg+xml" in page
    with app.test_request_context():
        secret = extension().tf_setup_serializer.loads(state[1])[1]
    done = client.post_form("/account/second-factor/set-up", state=state[1], code=code(app, secret))
    assert done.status_code == 200, done.text
    codes = re.findall(r"<li><code>([^<]+)</code>", done.text)
    assert f'download="recovery-codes.txt" href="data:text/plain;charset=utf-8,{"%0A".join(codes)}"' in done.text
    return codes, secret


@pytest.fixture
def moderator(travel: Traveller, client: CheckingClient, engine: Engine) -> CheckingClient:
    """A moderator who came by a mailed link and has no second factor."""
    with Session(engine) as session:
        make_account(session, role="moderator")
        session.commit()
    return sign_in(client, engine)


def test_a_moderator_without_one_may_only_set_one_up(moderator: CheckingClient) -> None:
    assert moderator.get("/account").headers["Location"] == "/account/second-factor"
    assert moderator.get("/account/second-factor").headers["Location"] == "/account/second-factor/set-up"
    assert moderator.post_form("/account/second-factor/recovery-codes").status_code == 403
    assert moderator.get("/account/second-factor/set-up").status_code == 200


def test_after_the_first_code_the_moderator_is_in(
    moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    codes, secret = set_up(moderator, app)

    assert len(set(codes)) == 10
    assert moderator.get("/account").status_code == 200
    kept = account(engine)
    assert secret == kept.tf_totp_secret and not any(c in repr(kept.mf_recovery_codes) for c in codes)


def test_the_next_sign_in_asks_for_a_code_and_lets_nobody_set_up_another(
    moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    _codes, secret = set_up(moderator, app)
    travel.shift(60)
    other = sign_in(app.test_client(), engine)

    assert other.get("/account").headers["Location"] == "/account/second-factor"
    assert "Code from the app" in other.get("/account/second-factor").text
    assert other.get("/account/second-factor/set-up").headers["Location"] == "/account/second-factor"
    assert other.post_form("/account/second-factor/set-up", state="", code="").status_code == 403
    assert other.post_form("/account/passkeys/begin").status_code == 403
    wrong = other.post_form("/account/second-factor/code", code="000000")
    assert wrong.status_code == 400 and "not the code of this moment" in wrong.text
    before = other.get_cookie("session")
    right = other.post_form("/account/second-factor/code", code=code(app, secret))

    assert right.headers["Location"] == "/account" and other.get("/account").status_code == 200
    after = other.get_cookie("session")
    assert before is not None and after is not None and before.value != after.value


def test_a_code_counts_once(moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller) -> None:
    _codes, secret = set_up(moderator, app)
    other = sign_in(app.test_client(), engine)

    again = other.post_form("/account/second-factor/code", code=code(app, secret))

    assert again.status_code == 400


def test_a_recovery_code_lets_in_once(moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller) -> None:
    codes, _secret = set_up(moderator, app)

    first = sign_in(app.test_client(), engine)
    typed = codes[3].upper().replace("-", " ")
    came_in = first.post_form("/account/second-factor/recovery", recovery=typed)
    assert came_in.headers["Location"] == "/account/second-factor/recovery-codes"
    assert "9 recovery codes are left" in first.get(came_in.headers["Location"]).text
    second = sign_in(app.test_client(), engine)
    assert second.post_form("/account/second-factor/recovery", recovery=codes[3]).status_code == 400
    assert len(account(engine).mf_recovery_codes) == 9


def test_new_recovery_codes_end_the_old(
    moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    old, _secret = set_up(moderator, app)

    page = moderator.post_form("/account/second-factor/recovery-codes").text

    new = re.findall(r"<li><code>([^<]+)</code>", page)
    assert len(new) == 10 and not set(new) & set(old)


def test_a_moderator_keeps_the_last_second_factor(
    moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    set_up(moderator, app)

    assert moderator.post_form("/account/second-factor/remove").status_code == 409
    assert account(engine).tf_totp_secret is not None


def test_a_therapist_may_have_codes_and_give_them_up(
    client: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()
    sign_in(client, engine)
    set_up(client, app)
    assert sign_in(app.test_client(), engine).get("/account").headers["Location"] == "/account/second-factor"

    assert client.post_form("/account/second-factor/remove").status_code == 303

    assert account(engine).tf_totp_secret is None and account(engine).mf_recovery_codes == []
    with Session(engine) as session:
        done = list(session.scalars(select(AuditEntry.action)))
    assert "second_factor_set_up" in done and "second_factor_removed" in done


def test_the_owner_hears_what_changed_in_how_they_sign_in(
    moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    set_up(moderator, app)
    moderator.post_form("/account/second-factor/recovery-codes")
    key = add_key(engine, "ann@example.org")
    moderator.post_form("/account/second-factor/remove")
    moderator.post_form(f"/account/passkeys/{key}/remove")  # refused: the last one

    told = [str(letter.body) for letter in letters(engine, "signing_in_changed")]

    assert [letter.to for letter in letters(engine, "signing_in_changed")] == ["ann@example.org"] * 3
    for words, body in zip(("asks for the codes", "recovery codes were made", "no longer asks"), told, strict=True):
        assert words in body


def test_a_picture_shown_to_somebody_else_sets_nothing_up(
    moderator: CheckingClient, app: Flask, engine: Engine, travel: Traveller
) -> None:
    with app.test_request_context():
        secret = extension().totp_factory.generate_totp_secret()
        state = extension().tf_setup_serializer.dumps(["somebody", secret])

    answer = moderator.post_form("/account/second-factor/set-up", state=state, code=code(app, secret))

    assert answer.status_code == 400 and account(engine).tf_totp_secret is None


def test_guessing_codes_is_stopped(moderator: CheckingClient, app: Flask, engine: Engine) -> None:
    set_up(moderator, app)
    other = sign_in(app.test_client(), engine)

    answers = [other.post_form("/account/second-factor/code", code=f"{n:06}").status_code for n in range(11)]

    assert answers[-1] == 429
    assert moderator.get("/account").status_code == 200

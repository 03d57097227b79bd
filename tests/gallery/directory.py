"""A small demonstration directory in a folder of its own, for pictures: who is in it, and the doors to its pages."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask, abort, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import create_app, db, setup
from referral.accounts import signins
from referral.config import ROOT, from_environment
from referral.listings import demo
from referral.model import Account
from referral.progress import bar
from referral.workshops import invented
from tests.gallery.people import Accounts, Waiting, accounts, people, queue, roster
from tests.make import NOW


@contextmanager
def small_directory(count: int = 300) -> Iterator[Flask]:
    """A directory with a page for each status and a switch of direction; nobody is listed when `count` is 0."""
    there = from_environment({"REFERRAL_DATA": str(ROOT / "var")})
    with tempfile.TemporaryDirectory() as folder, bar() as step:
        mine = from_environment({"REFERRAL_DATA": folder, "REFERRAL_GAZETTEER": str(there.gazetteer)})
        setup.gazetteer(there, step)
        app = create_app(replace(mine, search_limit="100000 per second", demo=count > 0), now=lambda: NOW)
        rooms = app.extensions["referral"]
        setup.database(rooms.engine)
        if count:
            with db.writing(rooms.engine) as session:
                people(session)
                demo.load(session, count, 1, rooms.gazetteer, NOW)
                invented.refresh(session, rooms.gazetteer, NOW)
                session.commit()
        _switches(app)
        yield app
        rooms.engine.dispose()


def inhabit(engine: Engine) -> tuple[Accounts, Waiting]:
    """Let people have accounts, and let something wait."""
    with db.writing(engine) as session:
        known, waiting = accounts(session), queue(session)
        roster(session)
        session.commit()
    return known, waiting


def moderator(engine: Engine) -> int:
    """A moderator alone, by their number."""
    with db.writing(engine) as session:
        one = Account(role="moderator", email="mod@example.org", created_at=NOW)
        session.add(one)
        session.commit()
        return one.id


def cookie(app: Flask, account_id: int) -> str:
    """What the browser of somebody who signed in with both steps holds."""
    with Session(app.extensions["referral"].engine) as session:
        account = session.get_one(Account, account_id)
        secret = signins.begin(session, account, "Firefox on Linux", NOW, second_factor=True)
        known = account.fs_uniquifier
        session.commit()
    client = app.test_client()
    with client.session_transaction() as held:
        held.update({"_user_id": known, "_fresh": True, "sign_in": secret})
    found = client.get_cookie("session")
    assert found is not None
    return str(found.value)


def _switches(app: Flask) -> None:
    """A page for each error, and a cookie that turns a page around."""

    def fail(status: int) -> str:
        if status == 500:
            raise RuntimeError("shown in the gallery")
        abort(status)

    fail.audience = "anyone"  # type: ignore[attr-defined]
    app.add_url_rule("/gallery/<int:status>", view_func=fail)

    @app.context_processor
    def _direction() -> dict[str, str]:
        return {"dir": "rtl"} if request.cookies.get("dir") == "rtl" else {}

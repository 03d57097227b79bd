"""A server killed the moment somebody has left: its next start leaves nothing of them on the disk."""

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import db, utc_now
from referral.listings import forgetting, indexing
from referral.web import INDEXED
from tests.accounts.people import make_account
from tests.conftest import FILE
from tests.editing.test_standing import holding
from tests.journeys.processes import free_port, group, listens
from tests.make import make_listing

pytestmark = pytest.mark.slow

WORDS = b"zyrx"
"""Stands in what she wrote, in her picture and in her address, and nowhere else."""

EMAIL = "qzyrx@example.org"


class Browser:
    """Keeps a cookie, and does nothing after an answer that was not asked for."""

    def __init__(self, port: int) -> None:
        self._port, self._cookie = port, ""

    def ask(self, path: str, fields: Mapping[str, str] | None = None, then: Callable[[], None] | None = None) -> str:
        """The page, or where it leads; `then` is done as soon as the answer has begun."""
        heads = {"Cookie": self._cookie, "Sec-Fetch-Site": "same-origin"}
        heads |= {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET" if fields is None else "POST", path, urlencode(fields or {}), heads)
        answer = connection.getresponse()
        if then:
            then()
        assert answer.status == (200 if fields is None else 303), answer.headers["Location"]
        self._cookie = (answer.headers["Set-Cookie"] or self._cookie).partition(";")[0]
        page = "" if then else answer.read().decode()
        connection.close()
        return answer.headers["Location"] or page

    def press(self, path: str, then: Callable[[], None] | None = None, **fields: str) -> str:
        """Where a form of a page of ours leads that asks for nothing else."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.ask(path))
        return self.ask(path, {**fields, **({"csrf_token": token[1]} if token else {})}, then)


def prepare(data: Path) -> str:
    """The public id of somebody with an account, a picture, and words in the index."""
    engine = db.open_engine(f"sqlite:///{data / FILE}")
    with Session(engine) as session:
        listing = make_listing(session, name="Ann Example", bio="Qzyrx words.", email=EMAIL)
        make_account(session, EMAIL, listing=listing)
        public_id = listing.public_id
        session.commit()
        indexing.rebuild(session, EmbeddedIndex(data / "index", INDEXED), utc_now().date())
    engine.dispose()
    picture = data / "photos" / public_id / "qzyrx.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(WORDS)
    return public_id


def mailed_link(data: Path) -> str:
    """The path in the letter that the server has put into its folder of letters."""
    for _ in range(100):
        for file in (data / "mail").glob("*.eml"):
            letter = message_from_bytes(file.read_bytes(), policy=default).get_body(("plain",))
            if letter and (found := re.search(r"/account/sign-in/[\w-]{43}", letter.get_content())):
                return found[0]
        time.sleep(0.1)
    raise AssertionError("no letter came")


def swept(data: Path) -> bool:
    """Whether that was done within a minute."""
    for _ in range(240):
        if not (data / forgetting.PENDING).exists():
            return True
        time.sleep(0.25)
    return False


def test_the_next_start_sweeps_after_who_left_a_server_that_was_killed(
    installed: dict[str, str],
    tmp_path: Path,
) -> None:
    public_id, port = prepare(tmp_path), free_port()
    with group(installed, "serve", "--port", str(port)) as server:
        listens(port)
        browser = Browser(port)
        browser.ask("/account/sign-in", {"email": EMAIL})
        browser.press(mailed_link(tmp_path))
        left = browser.press("/listing/leave", lambda: os.killpg(server.pid, signal.SIGKILL), sure="y")
    assert left == "/listing/left" and (tmp_path / forgetting.PENDING).exists()
    assert holding(tmp_path / "index", WORDS) != [], "killed too late: the index was swept already"

    with group(installed, "serve", "--port", str(port)):
        listens(port)
        began = time.monotonic()
        Browser(port).ask("/")
        first = time.monotonic() - began
        done = swept(tmp_path)
        with suppress(FileNotFoundError), sqlite3.connect(tmp_path / FILE) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    print(f"first page after {first:.2f} s")
    assert done and holding(tmp_path, WORDS) == [] and first < 3
    assert forgetting.erased(tmp_path) == {public_id} and not (tmp_path / "photos" / public_id).exists()

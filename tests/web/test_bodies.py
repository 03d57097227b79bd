"""Who sends a form slowly holds none of the places for work."""

import errno
import io
import threading
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from referral import bodies

Answer = tuple[str, bytes]


class Stalling(io.RawIOBase):
    """A body of which a part comes, and then nothing until the test is over."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self._first = True

    def read(self, size: int = -1) -> bytes:
        """A few bytes; then wait."""
        if self._first:
            self._first = False
            return b"name=A"
        self.over.wait(20)
        return b""


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """What was sent."""
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def asked(app: Any, stream: Any = None, **told: Any) -> Answer:
    """(status, body) of a request."""
    environ = EnvironBuilder(**told).get_environ()
    if stream is not None:
        environ["wsgi.input"] = stream
    body, status, _headers = run_wsgi_app(app, environ, buffered=True)
    return status, b"".join(body)


def test_all_that_is_sent_arrives() -> None:
    long = b"x" * (bodies.IN_MEMORY * 2 + 1)
    app = bodies.whole(echo)

    assert asked(app, method="POST", data=b"name=Ann") == ("200 OK", b"name=Ann")
    assert asked(app, method="POST", data=long) == ("200 OK", long)
    assert asked(app, method="GET") == ("200 OK", b"")


def test_who_stops_sending_holds_no_place_and_is_told_so() -> None:
    stalling = [Stalling() for _ in range(8)]
    app = bodies.whole(echo, places=1, pause=0.3)
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(asked(app, one, method="POST", data=b"x" * 99)))
        for one in stalling
    ]
    for thread in threads:
        thread.start()

    assert asked(app, method="GET")[0] == "200 OK"
    assert asked(app, method="POST", data=b"name=Ann") == ("200 OK", b"name=Ann")
    for thread in threads:
        thread.join(10)
    assert {status for status, _body in answers} == {"408 Request Timeout"}
    for one in stalling:
        one.over.set()


def test_of_too_many_who_send_the_last_are_asked_to_come_again() -> None:
    one = Stalling()
    app = bodies.whole(echo, sending=1, pause=5)
    waiting = threading.Thread(target=lambda: asked(app, one, method="POST", data=b"x" * 99))
    waiting.start()
    while one._first:  # until it has begun
        threading.Event().wait(0.01)

    assert asked(app, method="POST", data=b"name=Ann")[0] == "503 Service Unavailable"
    assert asked(app, method="GET")[0] == "200 OK"
    one.over.set()
    waiting.join(10)


def test_a_body_that_breaks_off_reaches_nobody() -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("the connection is gone")

    assert asked(bodies.whole(echo), Broken(), method="POST", data=b"x" * 99)[0] == "408 Request Timeout"


@pytest.mark.parametrize(("cookie", "read"), [("", False), ("session=x", True)])
def test_what_is_too_large_is_not_read(cookie: str, read: bool) -> None:
    large = bodies.OF_A_STRANGER + 1
    told = {"headers": {"Cookie": cookie}} if cookie else {}

    _status, body = asked(bodies.whole(echo), method="POST", data=b"x" * large, **told)
    assert len(body) == (large if read else 0)


def test_what_the_disk_cannot_hold_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, piece: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bodies, "SpooledTemporaryFile", lambda _size: Full())

    assert asked(bodies.whole(echo), method="POST", data=b"x" * 99)[0] == "507 Insufficient Storage"


def test_places_are_given_back() -> None:
    def failing(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("a bug")

    app = bodies.whole(failing, places=1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            asked(app, method="GET")

"""Reads what a request sends before it takes one of the few places for work. Knows nothing of what is served.

The server hands a request over when its head has come. A telephone that loses its signal while it sends a form would
hold a place for ever, and four of them the whole site.
"""

import io
import threading
import time
from collections.abc import Iterable
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PLACES = 4
"""Requests worked on at once; more only makes them wait for each other."""

SENDING = 48
"""Requests whose body is waited for at once; who comes then is asked to come again ..."""
THREADS = SENDING + 16
"""... and threads are left for those who send nothing."""

LARGEST, OF_A_STRANGER = 24 * 1024 * 1024, 2 * 1024 * 1024
"""Bytes of a body that is read, from who has a session and who has none; a larger one the application refuses by what
its head says."""

IN_MEMORY = 256 * 1024
"""Bytes of a body that are kept in memory; a larger one waits in a file without a name."""

PIECE, PAUSE, LONGEST = 16 * 1024, 15.0, 120.0
"""Bytes read at once, seconds without so many of them, and seconds in all, after which nobody waits any longer."""

_SENDS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def whole(app: WSGIApplication, places: int = PLACES, sending: int = SENDING, pause: float = PAUSE) -> WSGIApplication:
    """The application that is asked when all of a request is there; `places` requests are worked on at once."""
    work, arriving = threading.BoundedSemaphore(places), threading.BoundedSemaphore(sending)

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_sent(environ):
            with work:
                return app(environ, start_response)
        if not arriving.acquire(blocking=False):
            return _refused(start_response, HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            body = _Body(environ)
            is_whole = body.is_whole(pause)
        finally:
            arriving.release()
        if not is_whole:
            return _refused(start_response, body.refusal)
        with body.read, work:
            environ["wsgi.input"] = body.read
            return app(environ, start_response)

    return answered


def _is_sent(environ: WSGIEnvironment) -> bool:
    """Whether a body comes that is to be read; one that is said to be too large is left where it is."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    if length.isdecimal() and int(length) > _most(environ):
        environ["wsgi.input"] = io.BytesIO()
        return False
    return environ["REQUEST_METHOD"] in _SENDS and (length not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ)


def _most(environ: WSGIEnvironment) -> int:
    return LARGEST if "HTTP_COOKIE" in environ else OF_A_STRANGER


def _refused(start_response: StartResponse, status: HTTPStatus) -> list[bytes]:
    """A short answer that any client understands; the connection is not used again."""
    start_response(
        f"{status.value} {status.phrase}",
        [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "60"), ("Connection", "close")],
    )
    return [f"{status.phrase}. Please try again in a minute.\n".encode()]


class _Body:
    """The body of one request, read in a thread of its own: a read cannot be ended from outside."""

    def __init__(self, environ: WSGIEnvironment) -> None:
        self._stream, self._most = environ["wsgi.input"], _most(environ)
        self.read = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the request closes it, whoever reads it
        self.refusal = HTTPStatus.REQUEST_TIMEOUT
        self._size = 0
        self._moved = threading.Condition()
        self._is_over = self._is_broken = False

    def is_whole(self, pause: float) -> bool:
        """Whether all of it came, which `read` then begins with; `refusal` says why not."""
        threading.Thread(target=self._take, daemon=True).start()
        ends = time.monotonic() + LONGEST
        with self._moved:
            while not self._is_over:
                size = self._size
                self._moved.wait(min(pause, max(0.0, ends - time.monotonic())))
                if not self._is_over and (self._size == size or time.monotonic() >= ends):
                    self._is_broken = True
                    break
        if self._is_broken:
            self.read.close()  # who reads still has nowhere to write to, and ends
        else:
            self.read.seek(0)
        return not self._is_broken

    def _take(self) -> None:
        is_broken = False
        try:
            while self._size <= self._most and (piece := self._stream.read(PIECE)):
                self._keep(piece)
                with self._moved:
                    self._size += len(piece)
                    self._moved.notify()
        except Exception:  # whatever the server raises: the rest of it does not come
            is_broken = True
        with self._moved:
            self._is_over, self._is_broken = True, self._is_broken or is_broken
            self._moved.notify()

    def _keep(self, piece: bytes) -> None:
        try:
            self.read.write(piece)
        except OSError:  # a full disk
            self.refusal = HTTPStatus.INSUFFICIENT_STORAGE
            raise

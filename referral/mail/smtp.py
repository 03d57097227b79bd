"""The way by a mail server: encrypted, within fixed times, and not again and again when nobody is there."""

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache
from typing import Any

from referral.mail.transport import Later, Refused, Unreachable

CONNECT, TOTAL = 2.0, 5.0
"""Seconds to wait for an answer to a call, and for all of one step: connecting, or handing over one letter."""

TAKEN = 45.0
"""Seconds more for the word that a letter was taken, once all of it is there: many a server reads it first. Who leaves
too early sends it again, and its reader has it twice (RFC 5321, 4.5.3.2.6).
"""

CALLS = 3
"""So many calls without an answer, and the server is left in peace for a while."""

FIRST_REST, LAST_REST = 15.0, 300.0
"""Seconds of peace; twice as long each time."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mail server is and who we are to it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    """Encrypted from the first byte; else STARTTLS is required."""
    plain: bool = False
    """Not encrypted at all: this machine only."""


class _Client(smtplib.SMTP):
    """A connection that can be ended from beside, whatever it waits for: its greeting, a handshake, an answer."""

    twin: socket.socket | None = None
    """The same connection once more: the one that is used becomes another object when it is encrypted."""

    over: threading.Event
    """Set once the time of a step was over."""

    _timer: threading.Timer

    def call(self, server: Server) -> None:
        """Connect, and hear a greeting; each within its time. Raises as `connect` of smtplib does."""
        self._host = server.host  # what the certificate is for
        self.sock = socket.create_connection((server.host, server.port), CONNECT)
        self.twin = self.sock.dup()
        with _within(TOTAL, self):
            self.sock.settimeout(CONNECT)
            if server.tls:
                self.sock = _trusted().wrap_socket(self.sock, server_hostname=server.host)
            code, said = self.getreply()
            if code != 220 or self.over.is_set():  # a line that was cut off reads as a whole one
                raise smtplib.SMTPConnectError(code, said)

    def allow(self, seconds: float) -> None:
        """End the connection so many seconds from now, and not before."""
        if self.sock is None or self.twin is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        self.sock.settimeout(seconds)
        self._timer = threading.Timer(seconds, _hang_up, [self.twin, self.over])
        self._timer.daemon = True
        self._timer.start()

    def done(self) -> None:
        """A step has ended in its time."""
        self._timer.cancel()

    def send(self, s: Any) -> None:
        """As smtplib's, which says all words as text, and only a letter as bytes."""
        super().send(s)
        if not isinstance(s, str) and not self.over.is_set():
            self.done()
            self.allow(TAKEN)

    def close(self) -> None:
        """Leave nothing open."""
        super().close()
        if self.twin is not None:
            self.twin.close()


class Smtp:
    """One connection, opened when the first letter leaves and used for those that follow."""

    def __init__(self, server: Server, sender: str) -> None:
        self.server, self.sender = server, sender
        self._client: _Client | None = None
        self._unanswered = 0
        self._rests_until = 0.0

    def resting(self) -> bool:
        """Whether too many calls in a row went unanswered; the first call afterwards is a trial."""
        return time.monotonic() < self._rests_until

    def deliver(self, message: EmailMessage, to: str) -> None:
        """Hand `message` over. Raises Unreachable, Later, or Refused for an answer that says never."""
        client = self._connected()
        try:
            with _within(TOTAL, client):
                client.send_message(message, parseaddr(self.sender)[1], [to])
        except smtplib.SMTPRecipientsRefused as error:
            self._after(error.recipients[to][0])
            _refuse(*error.recipients[to])
        except smtplib.SMTPDataError as error:
            self._after(error.smtp_code)
            _refuse(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(str(error)) from None
        except smtplib.SMTPResponseException as error:  # the sender is refused: our own setting, not the letter
            self.close()
            raise Later(_answer(error.smtp_code, error.smtp_error)) from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Later(f"the connection broke: {type(error).__name__}") from None

    def close(self) -> None:
        """Say goodbye, or just go where nobody listens any more."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException), _within(CONNECT, client):
                client.quit()
            client.close()

    def _after(self, code: int) -> None:
        if code == 421:  # the server hangs up
            self.close()

    def _connected(self) -> _Client:
        if self._client is None:
            try:
                self._client = self._call()
            except (OSError, smtplib.SMTPException) as error:
                self._rest()
                raise Unreachable(f"no connection: {_reason(error)}") from None
            self._unanswered = 0
        return self._client

    def _rest(self) -> None:
        self._unanswered += 1
        if self._unanswered >= CALLS:
            rest = min(FIRST_REST * 2 ** min(self._unanswered - CALLS, 20), LAST_REST)
            self._rests_until = time.monotonic() + rest

    def _call(self) -> _Client:
        """A connection that is encrypted and knows us."""
        one, us = self.server, parseaddr(self.sender)[1].partition("@")[2]  # else smtplib would ask the DNS who we are
        client = _Client(local_hostname=us, timeout=CONNECT)
        try:
            client.call(one)
            with _within(TOTAL, client):
                if not one.tls and not one.plain:
                    client.starttls(context=_trusted())
                if one.user:
                    client.login(one.user, one.password)
        except BaseException:
            client.close()
            raise
        return client


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates this machine trusts; reading them takes a while."""
    return ssl.create_default_context()


@contextmanager
def _within(seconds: float, client: _Client) -> Iterator[None]:
    """End the connection when the block takes longer, however slowly the other side drips."""
    client.over = threading.Event()
    client.allow(seconds)
    try:
        yield
    finally:
        client.done()


def _hang_up(sock: socket.socket, over: threading.Event) -> None:
    over.set()
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _refuse(code: int, said: bytes | str) -> None:
    raise (Refused if 500 <= code < 600 else Later)(_answer(code, said)) from None


def _answer(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return type(error).__name__

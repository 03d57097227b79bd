"""Real mail servers on loopback: one that works, and others that do not."""

import asyncio
import contextlib
import email
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from referral.mail.smtp import Server, Smtp

SENDER = "Directory <letters@directory.example>"


class Postbox:
    """Takes letters, unless `answers` holds something else to say first; delivers each Message-ID once."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.arrivals: list[str] = []
        """Every Message-ID that came, in order, again and again if it came again."""
        self.pause = 0.0
        """Seconds between taking a letter and saying so."""

    @property
    def delivered(self) -> set[str]:
        return set(self.arrivals)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers and self.answers[0].startswith("RCPT "):
            return self.answers.pop(0).removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self.answers.pop(0) if self.answers else "250 OK"
        assert isinstance(envelope.content, bytes)
        if said.startswith("250") or said == "drop":
            self.arrivals.append(email.message_from_bytes(envelope.content)["Message-ID"])
        if said == "drop":
            transport: Any = server.transport
            transport.abort()
        await asyncio.sleep(self.pause)
        return said


@contextmanager
def server(box: Postbox) -> Iterator[Smtp]:
    """The way to a server that works."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield Smtp(Server("127.0.0.1", controller.port, plain=True), SENDER)
    finally:
        controller.stop()


@contextmanager
def hanging() -> Iterator[Smtp]:
    """A server that takes the call and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield Smtp(Server("127.0.0.1", listening.getsockname()[1], plain=True), SENDER)


@contextmanager
def dripping(first: bytes = b"220 hello\r\n", drop: bytes = b"2", **how: bool) -> Iterator[Smtp]:
    """A server that says `first`, and then a drop every tenth of a second, for ever."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(5)
        threading.Thread(target=_drip, args=(listening, first, drop), daemon=True).start()
        yield Smtp(Server("127.0.0.1", listening.getsockname()[1], **(how or {"plain": True})), SENDER)


def _drip(listening: socket.socket, first: bytes, drop: bytes) -> None:
    with contextlib.suppress(OSError):
        connection, _address = listening.accept()
        with connection:
            connection.sendall(first)
            while True:
                connection.sendall(drop)
                time.sleep(0.1)


def nobody() -> Smtp:
    """A port where nobody listens."""
    return Smtp(Server("127.0.0.1", free_port(), plain=True), SENDER)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port

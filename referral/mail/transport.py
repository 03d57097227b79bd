"""How a letter leaves the house: by a mail server, or into a folder where a newcomer finds it."""

import re
import secrets
import sys
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from referral.config import Config
from referral.errors import UsageError
from referral.mail.addressing import DEMONSTRATION

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Later(Exception):
    """It could not be sent now; another try may succeed."""


class Unreachable(Later):
    """Nobody answered: no other letter would leave either."""


class Refused(Exception):
    """It was refused for good."""


class Transport(Protocol):
    """Something that takes letters away."""

    sender: str
    """The From of every letter."""

    def resting(self) -> bool:
        """Whether it leaves a server in peace that did not answer several times."""

    def deliver(self, message: EmailMessage, to: str) -> None:
        """Hand `message` over. Raises Later, Unreachable or Refused."""

    def close(self) -> None:
        """Say goodbye, if there is somebody to say it to."""


class Folder:
    """A folder of .eml files; subject and links are said on the terminal, so that all can be tried from there."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder, self.sender = folder, sender

    def resting(self) -> bool:
        """Never."""
        return False

    def deliver(self, message: EmailMessage, to: str) -> None:
        """Write the file, whole or not at all; the same letter always has the same name."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = parsedate_to_datetime(message["Date"])
        number = message["Message-ID"].strip("<>").partition("@")[0]
        path = self.folder / f"{made:%Y%m%d-%H%M%S}-{number}.eml"
        beside = path.with_suffix(f".{secrets.token_hex(4)}")
        beside.touch(mode=0o600)
        beside.write_bytes(message.as_bytes())
        beside.replace(path)
        print(_said(message, to), file=sys.stderr, flush=True)

    def close(self) -> None:
        """Nobody to say goodbye to."""


_OWN_ROOM = re.compile(r"https?://[^\s/]+(?:/[a-z]{2})?/(?:account|listing|letters)\b\S*")
"""Links to what the reader does with what is their own; none tells of whom somebody looked at."""


def _said(message: EmailMessage, to: str) -> str:
    """The line for the terminal; of what was only passed on nothing that stands in it, and no address of anybody."""
    if message["Reply-To"]:
        return f"Letter: {message['Subject']}"
    text = message.get_body(("plain",))
    links = _OWN_ROOM.findall(text.get_content()) if text else []
    whose = f" to {to}" if to in DEMONSTRATION.values() else ""
    return "\n".join([f"Letter{whose}: {message['Subject']}", *(f"  {link}" for link in links)])


def open_transport(config: Config) -> Transport:
    """What `REFERRAL_MAIL_URL` names; nobody is called before the first letter.

    Raises UsageError for an address that is none, or one that would send letters readable by everybody.
    """
    if not config.mail_url:
        return Folder(config.data / "mail", config.mail_from)
    parts = urlsplit(config.mail_url)
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        return _smtp(parts, config.mail_from)
    if parts.scheme in ("", "file") and not parts.netloc:
        return Folder(Path(unquote(parts.path)).absolute(), config.mail_from)
    raise UsageError("REFERRAL_MAIL_URL is neither smtp://host:587, smtps://host nor a folder.")


def _smtp(parts: SplitResult, sender: str) -> Transport:
    from referral.mail.smtp import Server, Smtp

    host, plain = parts.hostname or "", parts.query == "plain"
    if plain and host not in LOOPBACK:
        raise UsageError("REFERRAL_MAIL_URL: ?plain is for a server on this machine only; letters hold secrets.")
    try:
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError:
        raise UsageError("REFERRAL_MAIL_URL: the port is a number up to 65535.") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(Server(host, port, user, password, parts.scheme == "smtps", plain), sender)

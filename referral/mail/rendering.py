"""A letter's words: a template of plain paragraphs, given once as text and once as HTML.

`templates/mail/<kind>.txt` holds the words, with a subject and links marked as such; `letter.txt` and `letter.html`
frame them. Both forms come from the same paragraphs, so that they never say different things.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, Undefined

from referral import text
from referral.config import ROOT
from referral.mail.stopping import SAID, Stop
from referral.text import _, ngettext

WIDTH = 76
"""Characters of a line of plain text, as mail programs expect it; only an address may be longer."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "sign_in": ("link",),  # minutes
    "claim": ("link",),  # minutes
    "claim_unknown": ("link",),  # sign_in
    "invited": ("link",),
    "join": ("link",),  # minutes
    "email_change": ("link",),  # minutes, old
    "email_changed": ("link",),  # new, days
    "still_correct": ("link",),  # attested_on, unconfirmed_on, hidden_on
    "unconfirmed": ("link",),  # attested_on, hidden_on
    "hidden": ("link",),  # attested_on
    "pause_ends": ("paused_until",),  # link
    "approved": ("link",),  # fields, alone, unseen
    "returned": ("reason",),  # link, fields
    "taken_down": ("reason", "link"),
    "put_back": ("link",),
    "admitted": ("link",),
    "given_back": ("reason", "link"),
    "report_outcome": ("outcome",),  # listing or network
    "credential_expired": ("credential", "expires_on"),  # link
    "pair": ("partner", "link"),
    "paired": ("partner", "link"),
    "pair_ended": ("link",),
    "new_session": ("link",),  # device, at
    "signing_in_changed": ("change", "link"),  # undo_until
    "membership_confirmed": ("network", "link"),
    "membership_declined": ("network", "reason"),
    "membership_ended": ("network",),
    "membership_again": ("network", "link"),
    "credential_renewed": ("network", "credential", "link"),  # until
    "applied": ("network", "link"),
    "presenter_gone": ("workshop", "day"),
    "network_approved": ("network", "link"),  # fields
    "network_returned": ("network", "reason"),  # link
    "answer_approved": ("question", "link"),
    "answer_returned": ("question", "reason"),  # link
    "enquiry": ("message", "reply_to", "link"),  # writer, answer_in, contact
    "undelivered": ("listing", "link"),
}
"""Kind -> the values it cannot be written without; beside it those it may have. Each may have `name`, to greet by."""

VISITORS = ("report_outcome", "undelivered")
"""Kinds that go to somebody we know nothing else of: with the words their address is forgotten."""

WRITTEN = ("reason", "outcome")
"""Values that a moderator or coordinator wrote: shown with their lines and paragraphs, apart from our words."""

_LINK, _AND, _QUOTE, _LINE = "\x02", "\x03", "\x04", "\x05"
"""Mark a paragraph that is a link, or what somebody typed, and its lines: no value holds them, so none forges one."""

INDENT = "    "
"""Before every line of somebody's words, in plain text."""


class Typed(str):
    """What somebody typed, line by line: shown as it is, never made into links or markup."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it will be read."""

    subject: str
    text: str
    html: str
    language: str
    """The one it is really in."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words, or a link with what it does, or what somebody typed."""

    words: str
    link: str = ""
    typed: tuple[str, ...] = ()
    """Its lines; there are no other words then."""


def render(kind: str, values: Mapping[str, object], language: str = text.DEFAULT, stop: Stop | None = None) -> Written:
    """The letter of `kind` in `language`, or in English where that is not spoken here; `stop` stands at its foot.

    Raises ValueError for a kind nobody wrote, or one without what it has to tell.
    """
    missing = [name for name in KINDS.get(kind, ("a template",)) if not values.get(name)]
    if missing:
        raise ValueError(f"a letter {kind!r} without {missing}")
    spoken = language if language in text.languages() else text.DEFAULT
    with text.speaking(spoken):
        given = {name: _plain(Typed(value) if name in WRITTEN else value) for name, value in values.items()}
        subject, *paragraphs = _paragraphs(_environment(False).get_template(f"{kind}.txt").render(given))
        name = given.get("name", "")
        hello = _("Hello %(name)s,") % {"name": name} if name else _("Hello,")
        foot = Paragraph(_(SAID[stop.topic]), stop.link) if stop else None
        frame = {
            "subject": subject.words,
            "hello": hello,
            "paragraphs": paragraphs,
            "language": spoken,
            "foot": foot,
        }
        return Written(
            subject.words,
            _wrapped(_environment(False).get_template("letter.txt").render(frame)),
            _environment(True).get_template("letter.html").render(frame, dir=text.locale(spoken).text_direction),
            spoken,
        )


def _plain(value: object) -> object:
    """A value as it may stand in a sentence: days written out, text on one line and without control characters."""
    here = text.locale(text.language())
    if isinstance(value, datetime):
        return format_datetime(value, "d MMMM yyyy, HH:mm 'UTC'", locale=here)
    if isinstance(value, date):
        return format_date(value, "long", locale=here)
    if isinstance(value, Typed):
        return _QUOTE + _LINE.join(_one_line(line) for line in value.splitlines())
    if isinstance(value, str):
        return _one_line(value)
    return text.listed(map(_plain, value)) if isinstance(value, list | tuple) else value


_JOINING = "\u200c\u200d"
"""They join or part letters within a word, and pictures within one."""


def _one_line(words: str) -> str:
    plain = (c if c in _JOINING or unicodedata.category(c)[0] not in "CZ" else " " for c in words)
    return " ".join("".join(plain).split())


def _paragraphs(words: str) -> Iterator[Paragraph]:
    """The paragraphs, each on one line; the first is the subject."""
    for block in re.split(r"\n\s*\n", words.strip()):
        words, _mark, link = " ".join(block.split()).removeprefix(_LINK).partition(_AND)
        if words.startswith(_QUOTE):
            yield Paragraph("", typed=tuple(line.strip() for line in words.removeprefix(_QUOTE).split(_LINE)))
        elif words:
            yield Paragraph(words, link)


def _link(label: str, address: object) -> str:
    """A paragraph of its own: what the link does, and the link."""
    return f"{_LINK}{label}{_AND}{address}"


def _wrapped(words: str) -> str:
    """Every line at most WIDTH wide; an address is never broken."""
    return "\n".join(part for line in words.strip().splitlines() for part in _parts(line)) + "\n"


def _parts(line: str) -> list[str]:
    if len(line) <= WIDTH:  # nearly all of them, and asking textwrap takes a third of the time of a letter
        return [line.rstrip()]
    inset = INDENT if line.startswith(INDENT) else ""
    return textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=inset)


@cache
def _environment(html: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "mail"),
        autoescape=html,
        auto_reload=False,
        undefined=Undefined,  # what a letter may have, it need not have
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.globals["link_to"] = _link
    return made

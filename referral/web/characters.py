"""What comes in has to be text: UTF-8 without NUL, in every address, query and form, before anybody reads it.

Werkzeug puts U+FFFD in the place of bytes that are none; looked at here are the bytes themselves, so that U+FFFD typed
by somebody goes through. Of a form with files the bytes are not kept: there it is refused, whoever put it there. What
lies in a file is the business of who reads it.
"""

import re
from urllib.parse import unquote_to_bytes

from flask import g, request

from referral.errors import UsageError
from referral.text import _

_LOST = re.compile("[\0\ufffd]")
_NUL = re.compile(rb"%00|\0")
_BEYOND = re.compile(rb"(?:%[89a-f][0-9a-f]|[\x80-\xff])+", re.IGNORECASE)
"""What stands for letters beyond ASCII, as a query or a form has it: no such letter goes on behind anything else."""

_CONTROL = re.compile("[\0-\x1f\x7f]")
"""Stands in no address of ours, and no page can show it."""

URLENCODED = "application/x-www-form-urlencoded"


def address_is_text() -> None:
    """Raises UsageError unless the address and its query are text."""
    path = request.environ.get("PATH_INFO", "")
    if _CONTROL.search(path) or not (path.isascii() or _is_utf8(path.encode("latin-1"))):
        g.no_address = True
        _refuse()
    _check(request.query_string)


def form_is_text() -> None:
    """Raises UsageError unless every name and value of the form is text; nothing larger than allowed is read."""
    if request.mimetype == URLENCODED:
        _check(request.get_data())
    elif any(name is None or _LOST.search(name + value) for name, value in request.form.items(multi=True)):
        _refuse()  # a part of a form with files may come without a name


def _check(sent: bytes) -> None:
    if _NUL.search(sent) or not all(_is_utf8(unquote_to_bytes(run[0])) for run in _BEYOND.finditer(sent)):
        _refuse()


def _is_utf8(sent: bytes) -> bool:
    try:
        sent.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refuse() -> None:
    raise UsageError(_("Some characters in it are not text. Go back, and type them anew."))

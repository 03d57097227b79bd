"""The style sheet every page loads: kept in parts by meaning, sent as one file, so that a first view asks but once."""

import hashlib
import os
import re
from functools import cache
from io import BytesIO
from typing import Any

from referral.config import ROOT

SHEET = ROOT / "static" / "style.css"
ADDRESS = "/static/style.css"

_PART = re.compile(rb'@import url\("([a-z/]+\.css)"\);\n')
_COMMENT = re.compile(rb"\s*/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(rb"\n\s+")


@cache
def whole() -> bytes:
    """The sheet with each part where it is named, without comments and indents."""
    joined = _PART.sub(lambda named: (SHEET.parent / named[1].decode()).read_bytes(), SHEET.read_bytes())
    return _INDENT.sub(b"\n", _COMMENT.sub(b"", joined)).lstrip()


@cache
def version() -> str:
    """Another one whenever any part changes."""
    return hashlib.sha256(whole()).hexdigest()[:8]


def measures() -> os.stat_result:
    """What a file that held the whole sheet would be measured as."""
    mode, inode, device, links, user, group, _size, *times = SHEET.stat()
    return os.stat_result((mode, inode, device, links, user, group, len(whole()), *times))


class Sheet:
    """The whole sheet, answered as WhiteNoise answers the one of these measures."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def get_response(self, method: str, asked: dict[str, Any]) -> Any:
        """What is asked about a file, but never a part of it: it is small."""
        answer = self._file.get_response(method, {name: asked[name] for name in asked if name != "HTTP_RANGE"})
        if answer.file is not None:
            answer.file.close()
            answer.file = BytesIO(whole())
        return answer

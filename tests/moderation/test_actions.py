"""What the audit log says is told in words, whatever was done."""

import re

from referral.config import ROOT
from referral.moderation.actions import ACTIONS, called
from referral.text import speaking

_SAID = re.compile(
    r"""(?:\baction=|\b_?(?:note|audit|told)\(\w+(?:, \w+)?, )"(\w+)"|^[A-Z]+ = "(expired|ended)"$""", re.MULTILINE
)


def test_every_action_that_is_written_has_words() -> None:
    found = set()
    for path in (ROOT / "referral").rglob("*.py"):
        suffix = "_answer" if path.match("guidance/answers.py") else ""
        found |= {(one or other) + suffix for one, other in _SAID.findall(path.read_text("utf-8"))}

    assert len(found) > 30 and found <= set(ACTIONS), found - set(ACTIONS)


def test_they_are_told_in_the_language_of_the_page() -> None:
    with speaking("de", "/de"):
        assert called("take_down") == "aus dem Verzeichnis genommen"
    assert called("something_new") == "something_new"

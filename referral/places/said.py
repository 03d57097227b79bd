"""Words that our own pages use, in every language they are written in: whoever types one has not mistyped a place.

Gathered when building. Which place a word means that is also a name, is not asked here.
"""

import re
from collections.abc import Iterator

from babel.messages.pofile import read_po

from referral import text
from referral.places.folding import unshortened
from referral.places.typos import MIN_LETTERS

_GAPS = re.compile(r"%\(\w+\)[a-z]|%[a-z]|<[^>]*>|https?:\S+")
"""What is filled in or marks up, and is no word."""


def words() -> list[str]:
    """The folded words long enough to be corrected, in order."""
    found = {word for message in _messages() for word in unshortened(_GAPS.sub(" ", message)).split(" ")}
    return sorted(word for word in found if len(word) >= MIN_LETTERS and word.isalpha())


def _messages() -> Iterator[str]:
    """The texts of all catalogues, and those they translate."""
    for language in text.catalogues():
        with text.catalogue_file(language).open("rb") as file:
            for message in read_po(file, locale=language):
                for one in (message.id, message.string):
                    yield from (one,) if isinstance(one, str) else one or ()

"""Which word behind a given name may be a surname, and which says what is sought: "London EMDR". Knows no places."""

from functools import cache

from index.folding import fold
from referral.search.tokens import words_of
from referral.terms import approaches

ACRONYM = 4
"""Letters of a word in capitals that is no surname: EFT, EMDR, UKCP; a surname in capitals mostly has more."""

PEOPLES = words_of("peoples.txt")
"""Words for a faith or a people that are hardly a surname beside a town."""


def may_be(word: str, beside: str) -> bool:
    """Whether `word` may be the surname of who is called `beside`; not what an approach is called, nor an acronym."""
    is_acronym = word.isupper() and not beside.isupper() and 1 < len(word) <= ACRONYM
    return not (is_acronym or fold(word) in PEOPLES or _is_an_approach(fold(word)))


@cache
def _is_an_approach(word: str) -> bool:
    return bool(approaches.named_in(word))

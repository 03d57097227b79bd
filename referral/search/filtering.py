"""Words of a search that shut many out: said above the list, for a chip alone is easily missed."""

from collections.abc import Iterable
from dataclasses import replace

from index.types import Results
from referral.listings.cards import Card
from referral.search.asking import Asked, query
from referral.search.sources import Sources
from referral.text import _

MOST = 2
"""Where all are more than so many times those who are shown, it is said."""


def by_words(sources: Sources, asked: Asked, results: Results, shown: Iterable[Card]) -> tuple[str, ...]:
    """One sentence where the words leave less than half; none where they are the name of somebody shown, or all."""
    without = replace(asked.search, text="", page=1, after=None)
    if not asked.search.text or without.is_empty or any(card.name_marks for card in shown):
        return ()
    everybody = sources.find(replace(query(replace(asked, search=without)), only_total=True)).total
    if everybody <= MOST * results.total:
        return ()
    said = _("Only those whose entry holds “{words}” are shown: {n} of {all}.")
    return (said.format(words=asked.search.text, n=results.total, all=everybody),)

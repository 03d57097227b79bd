"""A line that only wishes to meet online names no place: the law is of where the visitor likely is."""

from dataclasses import replace

from referral.search.asking import Asked, query
from referral.search.sources import Sources
from referral.search.understanding import Reading
from referral.search.urls import Search


def at_home(sources: Sources, search: Search, reading: Reading, line: str, country: str) -> Search:
    """The search of `line` in `country` (ISO 3166-1), where that finds anybody; as it is where the line says more."""
    says_more = search.is_placed or search.text or search.network or reading.wide or reading.choices or reading.unread
    if says_more or not country or not Asked(search, None).is_online:
        return search
    there = replace(search, area=country, typed=line)
    found = sources.find(replace(query(sources.locate(there)), only_total=True))
    return there if found.total else search

"""How many a search finds, in words; and that they are more than its pages show."""

from index.types import PER_PAGE, Results
from referral.search.urls import MAX_PAGE
from referral.text import _, ngettext, whole


def counted(results: Results) -> str:
    """Counted by what they are: a facilitator is never called a therapist."""
    tracks = results.counts.get("track", {})
    n, clinical, facilitators = results.total, tracks.get("clinical", 0), tracks.get("facilitator", 0)
    if n == 0:
        return _("No therapist")
    said = whole(n)
    if clinical + facilitators < n:  # somebody does not say
        return ngettext("{n} practitioner", "{n} practitioners", n).format(n=said)
    if facilitators and not clinical:
        return ngettext("{n} facilitator", "{n} facilitators", n).format(n=said)
    if facilitators:
        return ngettext("{n} therapist or facilitator", "{n} therapists and facilitators", n).format(n=said)
    return ngettext("{n} therapist", "{n} therapists", n).format(n=said)


def beyond(page: int, total: int) -> str:
    """That a list has more people than pages, on its last page; empty elsewhere."""
    most = MAX_PAGE * PER_PAGE
    if page < MAX_PAGE or total <= most:
        return ""
    said = _("A list shows the first {most} of {all}. Name a town or choose a filter to see the others.")
    return said.format(most=whole(most), all=whole(total))

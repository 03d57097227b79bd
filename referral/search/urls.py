"""A search as a URL and back: the only writer of a /search link, but for `links`, which writes many of one search."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from index.folding import fold
from index.types import Cursor
from referral import terms
from referral.errors import UsageError
from referral.text import _, at

PATH = "/search"
MAX_TEXT = 200
MAX_RADIUS = 500
MAX_PAGE = 50
MAX_TERMS = 40

_AREA = re.compile(r"[A-Z]{2}([-.][A-Z0-9]{1,8})?", re.ASCII)
"""ISO 3166-1 or -2, or the gazetteer's own code of a region that has none."""

_PLACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,:-]{0,39}", re.ASCII)

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)

_CURSOR = re.compile(r"([0-9]{1,9})-([0-9a-f]{1,16})-([0-9a-f]{1,16})", re.ASCII)

_POINT = re.compile(r"[-+.0-9]+,[-+.0-9]+", re.ASCII)

Sort = Literal["best", "nearest"]
Unit = Literal["", "km", "mi"]


class Help(IntEnum):
    """What help is to be shown first."""

    NONE = 0
    FEAR = 1
    DESPAIR = 2


Where = str | tuple[float, float]
"""The gazetteer's id of a place, or a point in degrees WGS 84."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor asks for: everything that stands in the URL, nothing that must be looked up."""

    place: str = ""
    """The gazetteer's id of a town or postcode."""
    near: tuple[float, float] | None = None
    """Degrees WGS 84, where no place was named."""
    area: str = ""
    """ISO 3166-1 or -2: a whole country or region."""
    and_near: Where = ""
    """Where the other of two people lives, who must be reached as well; empty when both live together."""
    radius: int | None = None
    """Kilometres; None for the usual one."""
    text: str = ""
    network: str = ""
    """The slug of a network: only its members, and those of the networks within it."""
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(facet, chosen terms), in the order of the facets, terms sorted."""
    either: tuple[str, ...] = ()
    """Facets of which one chosen term is enough, though they ask for all of them: "English or Spanish"."""
    sort: Sort = "best"
    unit: Unit = ""
    """How distances are shown; empty for as in the place's country."""
    page: int = 1
    after: Cursor | None = None
    """Where the page before ended, for a page that is not the first."""
    typed: str = ""
    """The line as it was typed, kept only where it may have been meant otherwise."""
    and_typed: str = ""
    """The same of the second place."""
    help: Help = Help.NONE
    """Whether the line spoke of fear or despair: what was said is not kept, only that help is to be shown first."""
    question: str = ""
    """The slug of a question the line asks."""

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The terms chosen of a facet."""
        return dict(self.terms).get(facet, ())

    def choosing(self, facet: str, term: str) -> "Search":
        """The same search with one term more, from its first page."""
        return self._with_terms(facet, (*self.chosen(facet), term))

    def dropping(self, facet: str, term: str) -> "Search":
        """The same search without that term, from its first page."""
        return self._with_terms(facet, tuple(t for t in self.chosen(facet) if t != term))

    def _with_terms(self, facet: str, chosen: tuple[str, ...]) -> "Search":
        found = {**dict(self.terms), facet: chosen}
        return replace(self, terms=in_order(found), either=at_choice(self.either, found), page=1)

    def with_either(self, facets: Iterable[str]) -> "Search":
        """The same search, in which one chosen term of each of these facets is enough, from its first page."""
        return replace(self, either=at_choice((*self.either, *facets), dict(self.terms)), page=1)

    def with_all(self, facet: str) -> "Search":
        """The same search, in which all chosen terms of the facet are needed, from its first page."""
        return replace(self, either=tuple(one for one in self.either if one != facet), page=1)

    @property
    def is_placed(self) -> bool:
        """Whether it says where."""
        return bool(self.place or self.near or self.area)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.is_placed or self.text or self.network or self.terms)


def in_order(chosen: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is chosen as it stands in a link: in the order of the facets, each term once."""
    return tuple((f, tuple(sorted(set(chosen[f])))) for f in terms.facets() if chosen.get(f))


def at_choice(asked: Collection[str], chosen: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Those of the facets `asked` that ask for all their chosen terms, of which there are two: else it says nothing."""
    several = (f.name for f in terms.facets().values() if f.combine == "all" and len(chosen.get(f.name, ())) > 1)
    return tuple(name for name in several if name in asked)


def url(search: Search) -> str:
    """The link to a search, in the language of the moment."""
    query = urlencode(fields(search))
    return f"{at(PATH)}?{query}" if query else at(PATH)


def fields(search: Search) -> list[tuple[str, str]]:
    """The (name, value) pairs of a search's URL, in a fixed order: equal searches have equal links."""
    before = [
        ("place", search.place),
        ("near", written(search.near or "")),
        ("in", search.area),
        ("and_near", written(search.and_near)),
        ("radius", str(search.radius or "")),
        ("text", search.text),
        ("network", search.network),
    ]
    after = [
        *(("any", facet) for facet in search.either),
        ("sort", search.sort.removeprefix("best")),
        ("unit", search.unit),
        ("page", str(search.page) if search.page > 1 else ""),
        ("after", ended(search.after) if search.page > 1 else ""),
        ("typed", search.typed),
        ("and_typed", search.and_typed),
        ("help", str(search.help.value) if search.help else ""),
        ("question", search.question),
    ]
    chosen = [(facet, term) for facet, terms_ in search.terms for term in terms_]
    return [(name, value) for name, value in (*before, *chosen, *after) if value]


def ended(after: Cursor | None) -> str:
    """The end of a page as it stands in a URL."""
    return f"{after.group}-{after.last:x}-{after.first:x}" if after else ""


def written(where: Where) -> str:
    """A place as it stands in a URL."""
    return where if isinstance(where, str) else f"{where[0]:g},{where[1]:g}"


def parse(args: "MultiDict[str, str]") -> Search:
    """The search in the arguments of a URL.

    Raises UsageError for a number that is none or out of range. Unknown arguments and terms are left out:
    old links keep working.
    """
    if any("\0" in value for value in args.values()):
        raise UsageError(_("The address holds a character that no text has."))
    chosen = _terms(args)
    return Search(
        place=_place(args.get("place", "")),
        near=_point(args.get("near", "")),
        area=_area(args.get("in", "")),
        and_near=_where(args.get("and_near", "")),
        radius=_radius(args.get("radius", "")),
        text=_text(args.get("text", "")),
        network=_slug(args.get("network", "")),
        terms=chosen,
        either=at_choice(args.getlist("any"), dict(chosen)),
        sort="nearest" if args.get("sort") == "nearest" else "best",
        unit=_unit(args.get("unit", "")),
        page=_whole(args.get("page", ""), 1, MAX_PAGE, _("Choose a page from {least} to {most}.")) or 1,
        after=_cursor(args.get("after", "")),
        typed=clean(args.get("typed", "")),
        and_typed=clean(args.get("and_typed", "")),
        help={"1": Help.FEAR, "2": Help.DESPAIR}.get(args.get("help", ""), Help.NONE),
        question=_slug(args.get("question", "")),
    )


def _cursor(text: str) -> Cursor | None:
    """Where a page ended; what cannot be that is left out."""
    found = _CURSOR.fullmatch(text)
    return Cursor(int(found[1]), int(found[2], 16), int(found[3], 16)) if found else None


def _text(text: str) -> str:
    """Words to search for; what holds no letter or digit asks for nothing."""
    words = clean(text)
    return words if fold(words) else ""


def clean(text: str) -> str:
    """One line of at most 200 characters: no control characters, no lone surrogates, single spaces."""
    if not text:
        return ""
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * MAX_TEXT])
    return " ".join(printable.split())[:MAX_TEXT].rstrip()


def _terms(args: "MultiDict[str, str]") -> tuple[tuple[str, tuple[str, ...]], ...]:
    asked = [f for f in terms.facets().values() if f.name in args]
    chosen = {f.name: tuple(t for t in args.getlist(f.name) if t in f.terms) for f in asked}
    if sum(map(len, chosen.values())) > MAX_TERMS:
        raise UsageError(_("That is more filters than one search can hold."))
    return in_order(chosen)


def _place(text: str) -> str:
    """The gazetteer's id of a place; what cannot be one is left out."""
    return text if _PLACE.fullmatch(text) else ""


def _slug(text: str) -> str:
    """The name of a question or a network; what cannot be one is left out."""
    return text if _SLUG.fullmatch(text) else ""


def _point(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    parts = text.split(",")
    try:
        lat, lon = (float(p) for p in parts)
    except ValueError:
        raise UsageError(_("A point is a latitude and a longitude, like 41.88,-87.63.")) from None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise UsageError(_("That point is not on the map."))
    return rounded(lat, lon)


def rounded(lat: float, lon: float) -> tuple[float, float]:
    """A point as a link holds it: about a kilometre."""
    return round(lat, 2) + 0.0, round(lon, 2) + 0.0


def is_area(where: Where) -> bool:
    """Whether it is the code of a country or region."""
    return isinstance(where, str) and _AREA.fullmatch(where) is not None


def _where(text: str) -> Where:
    """A point where there is one to be read, else the id of a place."""
    return _point(text) or "" if _POINT.fullmatch(text) else _place(text)


def _unit(text: str) -> Unit:
    return text if text in ("km", "mi") else ""  # type: ignore[return-value]  # mypy does not narrow to literals


def _area(text: str) -> str:
    code = text.upper()
    if code and not _AREA.fullmatch(code):
        raise UsageError(_("That is not the code of a country or region."))
    return code


def _radius(text: str) -> int | None:
    return _whole(text, 1, MAX_RADIUS, _("Choose a distance from {least} to {most}."))


def _whole(text: str, least: int, most: int, wanted: str) -> int | None:
    """The whole number in `text`, None when empty; `wanted` is what is said of another."""
    if not text:
        return None
    number = int(text) if len(text) <= 6 and text.isascii() and text.isdigit() else -1
    if not least <= number <= most:
        raise UsageError(wanted.format(least=least, most=most))
    return number

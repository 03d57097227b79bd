"""What a few typed letters may become: the best places of a prefix, in any script, from the first letter."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from referral.places import begun_codes, hangul, heads, matching, posting, scripts
from referral.places.folding import OTHER_SCRIPTS, fold, spelled_out, unshortened
from referral.places.parse import segments
from referral.places.scripts import written_in
from referral.places.store import Named, Store
from referral.places.types import Place
from referral.text import languages

BIAS = 1.5
"""What lying in the visitor's likely country adds to a place ..."""
FIRST_LETTERS = 2
AT_FIRST = 1.0
AT_FIRST_TOWNS = 2
"""... and what more to its foremost towns while so few letters say little else: for "ba", Basel in Switzerland."""

WHOLE = 1.0
"""What a name that is typed out already adds."""


LOCAL = 0.5
"""What a town gains that begins so under another name than it is shown by, if the two begin alike: for "münch", Munich
before Münchenstein; else it loses as much: for "são p", Luanda, which was São Paulo de Loanda once."""

UNUSUAL = 1.0
"""What a town loses that begins so only as somebody romanised it (for "bav", Baotou), or with its umlauts spelled out
as its own people never do (for "goe", Gölbaşı)."""
SPELLED_OUT_IN = frozenset("AT BE CH DE DK EE FI FO IS IT LI LU NL NO SE".split())
"""Countries where people write ö as oe, or know whoever does."""
NICKNAME = 2
"""So many words more than it is shown with has a nickname, which comes after names: Jakarta, "New York van Java"."""

LANDSCAPE = 1.0
"""What an area kept by hand loses: for "san f", San Francisco before the San Fernando Valley."""

METROPOLIS = 2_000_000
KNOWN_ABROAD = 0.3
"""What a city of so many people gains whose own name begins so: for "tor", Toronto before Torrance in California."""

ALIAS_AT_HOME = 1.0
"""What a town of the visitor's own country loses that begins so only in a language nobody there calls it in: for "ost",
Austin in Texas."""

ELSEWHERE = 2.0
"""What an area loses that begins so only in a language the page is not in: for "par", Paris before what Guaraní calls
Brazil. In our letters it comes after all that do: for "ho", Houston before the United States of Vietnamese."""

OWN_SCRIPT = 1.0
"""What a town gains whose country is written in the script that is typed: for "京", Kyoto before Kingston, 京斯敦."""

ACCENTED = 1.5
"""What a large city gains that is shown with the very letters typed where these have accents: for "mó", Móstoles ..."""
ACCENTED_PEOPLE = 500_000
"""... but Münster not before Munich."""

UMLAUT = 3.0
"""What a town gains that is written with the umlauts typed: for "mün", Munich before Muncie."""

EXPLAINED = 4
"""Letters from which a place shown by another name says which begins so; fewer begin too many."""

LOOKED_AT = 4
"""How many times as many places as are asked for are looked at by their shown names; twice so many where most are
countries in some language, as of two letters, or lack the umlauts that are typed."""


def complete(store: Store, prefix: str, country: str | None, limit: int, locale: str = "en") -> list[Place]:
    """Up to `limit` places with a name that begins with `prefix`, the most prominent first, no two shown alike."""
    typed = _ways(prefix)
    scores: dict[int, float] = {}
    whole: set[int] = set()
    for folded in typed:
        scores = _best(scores, _scores(store, folded, country))
        if len(scores) < limit:
            scores = _best(scores, _rated(store.starting(folded, limit, villages=True), country))
        named = _rated(store.named(folded, limit), country)
        scores = _best(scores, {place: score + WHOLE for place, score in named.items()})
        whole |= named.keys()
    umlauts = _scores(store, spelled, country) if (spelled := fold(spelled_out(prefix))) else {}
    scores = _best(scores, umlauts)
    looked_at = LOOKED_AT * (2 if umlauts or len(typed[-1]) <= FIRST_LETTERS else 1)
    likely = sorted(scores, key=lambda p: (-scores[p], p))[: limit * looked_at]
    places = {p: record.place for p, record in store.records(likely).items()}
    own = written_in(prefix) or frozenset()
    shown = {
        p: _shown(place, typed, locale, country) + OWN_SCRIPT * (place.country in own) for p, place in places.items()
    }
    if not prefix.isascii() and prefix < OTHER_SCRIPTS:
        shown = {p: s + _accent(places[p], prefix, locale, has_umlaut=p in umlauts) for p, s in shown.items()}
    later = {p for p in likely if shown[p] <= -ELSEWHERE and p not in whole and prefix < OTHER_SCRIPTS}
    later |= _nicknamed(store, typed[-1], [places[p] for p in likely if p not in whole and shown[p] < 0])
    worth = {p: scores[p] + shown[p] for p in likely}
    if len(typed[-1]) <= FIRST_LETTERS:
        worth |= _at_first([p for p in likely if places[p].kind == "city" and places[p].country == country], worth)
    best = sorted(likely, key=lambda p: (p in later, -worth[p], p))
    return distinct((places[p] for p in best), locale, limit)


def under(store: Store, prefix: str, places: Sequence[Place], locale: str = "en") -> dict[str, str]:
    """Place → the name that begins so, of the towns shown without what is typed: Boston Plantation, of Pittsfield."""
    begun = fold(prefix)
    odd = [p for p in places if p.id.isdigit() and begun not in fold(p.label(locale))]
    if not odd or len(begun) < EXPLAINED:
        return {}
    names = store.begun_names(begun, [int(p.id) for p in odd])
    told = {p.id: _written(p, begun, names[int(p.id)], prefix.isascii()) for p in odd if int(p.id) in names}
    return {place: name for place, name in told.items() if name}


def _written(place: Place, begun: str, folded: str, is_plain: bool) -> str:
    """What it is called in one of our languages, else its folded name with capitals, where that can only be right."""
    spoken = (place.named(language) for language in languages())
    return next((name for name in spoken if fold(name).startswith(begun)), folded.title() if is_plain else "")


def codes(store: Store, prefix: str, country: str | None, limit: int) -> list[Place]:
    """Up to `limit` postcodes that begin so, in order; [] for fewer letters and figures than `begun_codes.LETTERS`."""
    found = begun_codes.known(store, prefix, country, limit)
    towns = store.records([code.place for code in found])
    return [posting.place_of(code, towns[code.place]) for code in found]


def of_code(found: Iterable[Place], begun: str, locale: str, limit: int) -> list[Place]:
    """Of these up to `limit` postcodes whose town is called as somebody has begun to type behind it ("75011 P")."""
    folded = fold(begun)
    codes = (place for place in found if place.kind == "postcode")
    called = (p for p in codes if any(fold(name).startswith(folded) for name in (p.name, p.named(locale))))
    return distinct(called, locale, limit)


def _ways(prefix: str) -> list[str]:
    """The prefix folded, with "saint" and the like as typed and shortened; the last word may go on, as "fort" may."""
    long, short = unshortened(prefix), fold(prefix)
    ends_alike = long.rpartition(" ")[2] == short.rpartition(" ")[2]
    return [words for words in dict.fromkeys((long, short if ends_alike else long)) if words]


def _best(scores: dict[int, float], others: dict[int, float]) -> dict[int, float]:
    """The better score of each."""
    return scores | {place: max(score, scores.get(place, -9.0)) for place, score in others.items()}


def _rated(names: Iterable[Named], country: str | None) -> dict[int, float]:
    """Row number → score of the best of its names."""
    scores: dict[int, float] = {}
    for name in names:
        scores[name.place] = max(scores.get(name.place, -9.0), -name.rank / 100 + _bias(name, country))
    return scores


def within(found: Iterable[Place], begun: str, limit: int, locale: str = "en") -> list[Place]:
    """Of these places up to `limit` that lie in a region or country whose name or code begins so ("paris, t")."""
    folded = fold(begun)
    inside = (p for p in found if folded and any(fold(name).startswith(folded) for name in _areas(p, locale)))
    return distinct(inside, locale, limit)


def _areas(place: Place, locale: str) -> Iterator[str]:
    """What a place may be said to lie in."""
    for language in dict.fromkeys((locale, "en")):
        yield from segments(place.label(language))[1:]
    yield from (place.region_code.rpartition("-")[2], place.country)


def _shown(place: Place, typed: Sequence[str], locale: str, country: str | None) -> float:
    """What the name that will be shown adds to a place found by any of its names."""
    name, begun = fold(place.name), typed[-1]
    if place.kind == "area":
        return -LANDSCAPE
    if name.startswith(begun) or unshortened(place.name).startswith(typed[0]):
        return KNOWN_ABROAD * (place.kind == "city" and place.population >= METROPOLIS)
    if place.kind in ("city", "village"):
        if begun.isascii() and _is_unusual(place, begun):
            return -UNUSUAL
        if name[:2] == begun[:2]:
            return LOCAL
        if fold(place.named(locale)).startswith(begun):
            return 0.0
        return -LOCAL - ALIAS_AT_HOME * (place.country == country and begun.isascii())
    return 0.0 if fold(place.label(locale)).startswith(begun) else -ELSEWHERE


def _is_unusual(place: Place, begun: str) -> bool:
    """Whether a place that is not shown so begins so only as strangers write it."""
    if place.country not in SPELLED_OUT_IN and fold(spelled_out(place.name)).startswith(begun):
        return True
    return scripts.is_romanised(place.country)


def _nicknamed(store: Store, begun: str, places: Sequence[Place]) -> set[int]:
    """The towns among these that only a nickname of several words begins so."""
    if " " not in begun:
        return set()
    towns = {int(p.id): p.name.count(" ") for p in places if p.kind == "city"}
    names = store.begun_names(begun, list(towns)) if towns else {}
    return {town for town, name in names.items() if name.count(" ") >= towns[town] + NICKNAME}


def _at_first(towns: Sequence[int], worth: Mapping[int, float]) -> dict[int, float]:
    """What the foremost of these towns of the visitor's country are worth while hardly anything is typed."""
    foremost = sorted(towns, key=lambda p: (-worth[p], p))[:AT_FIRST_TOWNS]
    return {p: worth[p] + AT_FIRST for p in foremost}


def _accent(place: Place, prefix: str, locale: str, *, has_umlaut: bool) -> float:
    """What a town gains by being written with the very letters that are typed with accents."""
    if place.kind not in ("city", "village"):
        return 0.0
    if has_umlaut:
        return UMLAUT
    is_large = place.population >= ACCENTED_PEOPLE
    return ACCENTED * (is_large and place.label(locale).casefold().startswith(prefix.casefold()))


def _scores(store: Store, folded: str, country: str | None) -> dict[int, float]:
    """Row number → score of everything worth suggesting."""
    begun = hangul.apart(folded)
    packed = store.head(begun)
    if packed is None:
        return _rated(_begun(store, folded), country)
    return _from_heads(packed, store.head(begun, country) if country else None)


def _begun(store: Store, folded: str) -> Iterator[Named]:
    """The names that begin so; those that may become of it in Hangul, whose syllables change while they are written."""
    runs = list(hangul.going_on(folded))
    for first, end in runs:
        yield from store.between(first, end, heads.FEW + 1)
    if not runs:
        yield from store.starting(folded, heads.FEW + 1)


def _from_heads(world: bytes, own: bytes | None) -> dict[int, float]:
    """Scores that keep the stored orders, the country's own list moved up."""
    scores: dict[int, float] = {}
    for packed, extra in ((world, 0.0), (own or b"", BIAS)):
        for row, worth in _unpacked(packed):
            scores[row] = max(scores.get(row, -9.0), worth / 100 + extra)
    return scores


def _unpacked(packed: bytes) -> list[tuple[int, int]]:
    """(row number, score times 100) of each entry."""
    entries = array("I")
    entries.frombytes(packed)
    half = len(entries) // 2
    return list(zip(entries[:half], entries[half:], strict=True))


def _bias(name: Named, country: str | None) -> float:
    return BIAS if matching.bias(name.country, country) else 0.0


def distinct(places: Iterable[Place], locale: str, limit: int) -> list[Place]:
    """The first `limit`, of those that read the same only the first."""
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.label(locale), place)
        if len(first) == limit:
            break
    return list(first.values())

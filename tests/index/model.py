"""The index in the plainest words: lists, loops and no cleverness. Slow, and what every engine is measured by."""

import hashlib
import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from index import order, particles, sounding, words
from index import pins as index_pins
from index.folding import fold
from index.types import Circle, Document, Pin, Query, Results

Tier = tuple[float, ...]
"""Who has the same is equal."""

Pair = tuple[int, float, float]
"""A listing and one of its points."""

LENGTHS = {"topics": (0.5, 12), "bio": (0.75, 120)}


def answer(documents: Iterable[Document], query: Query, facets: Mapping[str, str], today: date) -> Results:
    facets = {facet: "any" if facet in query.either else combine for facet, combine in facets.items()}
    chosen: dict[str, tuple[str, ...]] = {}
    for facet, terms in query.terms:
        if terms:
            chosen[facet] = chosen.get(facet, ()) + terms
    matches = texts(list(documents), query)
    reached = {d.id: (d, ways(d, query.circles)) for d in documents if d.id in matches}
    base = [d for d, way in reached.values() if way is not None and is_there(d, query, today, facets)]
    hits = [d for d in base if all(has(d, f, chosen[f], facets, today) for f in chosen)]
    if query.only_total:
        return Results(len(hits), (), {})
    counts = {}
    for facet in facets:
        others = [f for f in chosen if f != facet or facets[facet] == "all"]
        held = Counter(
            t
            for d in base
            if all(has(d, f, chosen[f], facets, today) for f in others)
            for t in terms_of(d, facet, facets, today)
        )
        counts[facet] = {t: held[t] for t in {*held, *chosen.get(facet, ())}}
    tiers = {d.id: tier(d, reached[d.id][1], matches[d.id], query, today) for d in hits}
    hits = ordered(hits, tiers, today)
    begin = (max(query.page, 1) - 1) * max(query.per_page, 1)
    shown = hits[begin : begin + max(query.per_page, 1)]
    by_share = sorted(hits, key=lambda d: (tiers[d.id], (place(d) - int(share(today) * 2**61)) % 2**61))
    drawn = pins(by_share, query) if query.pins else ()
    found = tuple((d.id, reached[d.id][1] if query.circles else None) for d in shown)
    return Results(len(hits), found, counts, pins=drawn)


def pins(hits: Sequence[Document], query: Query) -> tuple[Pin, ...]:
    """One for each point, from south to north; above MANY points, or fewer, one for each cell of a grid."""
    pairs = [(d.id, lat, lon) for d in hits for lat, lon in dict.fromkeys(d.points) if is_asked(lat, lon, query)]
    spots = grouped(pairs, [(lat, lon) for _, lat, lon in pairs])
    if len(spots) <= min(index_pins.MANY, query.few_pins or index_pins.MANY):
        return tuple(Pin(*spot, len(some), named(some)) for spot, some in spots)
    west = query.box.west if query.box else query.circles[0].lon - 180 if query.circles else -180.0
    west = west if -180 <= west < 180 else (west + 180) % 360 - 180
    pairs = [(id_, lat, lon + 360 * ((lon < west) - (lon >= west + 360))) for id_, lat, lon in pairs]
    lats, lons = [lat for _, lat, _ in pairs], [lon for _, _, lon in pairs]
    high, wide = max(lats) - min(lats), max(lons) - min(lons)
    if box := query.box:
        high, wide = box.north - box.south, (box.east - box.west) % 360 if box.east - box.west < 360 else 360.0
        wide = west + wide - west
    cells = grouped(pairs, [(line(lat, high, 180), line(lon, wide, 360)) for _, lat, lon in pairs])
    return tuple(Pin(*middle(some), len(some), named(some)) for _, some in cells)


def grouped(pairs: Sequence[Pair], keys: Sequence[tuple[float, float]]) -> list[tuple[tuple[float, float], list[Pair]]]:
    return [(key, [p for p, k in zip(pairs, keys, strict=True) if k == key]) for key in sorted(set(keys))]


def named(pairs: Sequence[Pair]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(id_ for id_, _, _ in pairs)) if len(pairs) <= index_pins.NAMED else ()


def middle(pairs: Sequence[Pair]) -> tuple[float, float]:
    lat, lon = (round(sum(round(p[axis] * 1e6) for p in pairs) / len(pairs)) for axis in (1, 2))
    return lat / 1e6, ((lon + 180_000_000) % 360_000_000 - 180_000_000) / 1e6


def is_asked(lat: float, lon: float, query: Query) -> bool:
    box, ways = query.box, [(round(km((lat, lon), c) * 1000), c.radius * 1000) for c in query.circles]
    within = not box or (box.south <= lat <= box.north and eastwards(lon, box.west, box.east))
    return within and (not ways or any(way <= radius for way, radius in ways))


def line(value: float, wide: float, whole: int) -> int:
    """The line of a grid of halves, quarters ... of the globe, of which `wide` has at most ACROSS."""
    halvings = 0
    while whole / 2 ** (halvings + 1) >= max(wide, 1e-6) / index_pins.ACROSS:
        halvings += 1
    return math.floor(value / (whole / 2**halvings))


def ordered(hits: Iterable[Document], tiers: Mapping[int, Tier], today: date) -> list[Document]:
    """By tier; those of one tier around the ring, from a rank of theirs on that is new every day."""
    found: list[Document] = []
    for _, some in itertools.groupby(sorted(hits, key=lambda d: (tiers[d.id], place(d))), lambda d: tiers[d.id]):
        ring = list(some)
        start = int(len(ring) * share(today))
        found += ring[start:] + ring[:start]
    return found


def tier(d: Document, way: float | None, match: int, query: Query, today: date) -> Tier:
    if query.sort == "nearest" and query.circles:
        return (way or 0.0,)
    band = sum((way or 0.0) > limit for limit in order.BANDS_KM)
    return match > 0, band, match, openness(d, today), not d.attested


def openness(d: Document, today: date) -> int:
    confirmed = d.confirmed_on is not None and (today - d.confirmed_on).days <= order.CONFIRMED_DAYS
    return (0 if confirmed else 1) if d.accepts else 2


def place(d: Document) -> int:
    """In the ring, of 2**61."""
    return int.from_bytes(hashlib.blake2b(d.public_id.encode(), digest_size=8).digest(), "little") >> 3


def share(today: date) -> Fraction:
    """How far around the ring the day begins: what is left of so many turns of the golden ratio."""
    return Fraction(today.toordinal() * 0x9E3779B9, 2**32) % 1


def ways(d: Document, circles: Sequence[Circle]) -> float | None:
    """The longest of the ways to the circles' centres, 0 without circles; None when one is too far."""
    if circles and not d.points:
        return None
    nearest = [min(round(km(p, c) * 1000) for p in d.points) for c in circles]
    inside = all(c.radius >= 0 and way <= c.radius * 1000 for way, c in zip(nearest, circles, strict=True))
    return max(nearest, default=0) / 1000 if inside else None


def km(point: tuple[float, float], circle: Circle) -> float:
    """Haversine."""
    a, b = math.radians(point[0]), math.radians(circle.lat)
    u, v = math.sin((b - a) / 2), math.sin(math.radians(circle.lon - point[1]) / 2)
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(u * u + math.cos(a) * math.cos(b) * v * v)))


def is_there(d: Document, query: Query, today: date, facets: Mapping[str, str]) -> bool:
    box = query.box
    if box and not any(box.south <= lat <= box.north and eastwards(lon, box.west, box.east) for lat, lon in d.points):
        return False
    if query.area and query.area not in d.areas:
        return False
    if not query.online_for:
        return True
    codes = [code for code in (query.online_for, query.and_online_for) if code]
    return all(serves(d, code) for code in codes) and "online" in terms_of(d, "delivery", facets, today)


def serves(d: Document, code: str) -> bool:
    return code in d.serves or code[:2] in d.serves or ("-" not in code and any(s[:3] == code + "-" for s in d.serves))


def eastwards(lon: float, west: float, east: float) -> bool:
    return east - west >= 360 or (lon - west) % 360 <= (east - west) % 360


def terms_of(d: Document, facet: str, facets: Mapping[str, str], today: date) -> frozenset[str]:
    if facet not in facets:
        return frozenset()
    if facet == "new_clients" and d.accepts:
        return frozenset({"accepting" if openness(d, today) == 0 else "ask"})
    return d.terms.get(facet, frozenset())


def has(d: Document, facet: str, terms: Sequence[str], facets: Mapping[str, str], today: date) -> bool:
    combine = all if facets.get(facet) == "all" else any
    return combine(t in terms_of(d, facet, facets, today) for t in terms)


def texts(documents: Sequence[Document], query: Query) -> dict[int, int]:
    """Listing -> class of its match, for those that hold all words."""
    typed = fold(query.text[:200]).split()[:12]
    asked, nameless = (
        [piece for word in typed for piece in pieces(particles.bare(word, also_names=some))][:24]
        for some in (False, True)
    )
    if not asked:
        return {d.id: 0 for d in documents}
    parted = [part for word in typed for part in sounding.parted(word)]
    found = held_by(documents, query, asked)
    for other in [] if query.as_written else [nameless, parted[:24] if parted != typed else asked]:
        found = found or held_by(documents, query, other)
    has_initial = any(is_initial(word) for word in asked) and not all(is_initial(word) for word in asked)
    return found or (held_by(documents, query, asked, by_initials=True) if has_initial and not query.as_written else {})


def is_initial(word: str) -> bool:
    named = unicodedata.name(word[0], "")
    known = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC")
    return len(word) == 1 and word.isalpha() and named.startswith(known)


def held_by(
    documents: Sequence[Document],
    query: Query,
    asked: Sequence[str],
    *,
    may_begin: bool = True,
    by_initials: bool = False,
) -> dict[int, int]:
    weighed = {d.id: {form: level(weight) for form, weight in forms(d).items()} for d in documents}
    written_in = {d.language for d in documents}.union(*(some for d in documents for some in d.called.values()))
    languages = {language for language in written_in if words.can_stem(language)}
    sums, total = Counter({d.id: 0 for d in documents}), 0
    for number, word in enumerate(asked):
        wanted = {
            word[:40],
            *((language, stem) for language in languages for stem in words.stems_of(word[:40], language)),
        }
        is_open = may_begin and number == len(asked) - 1 and len(word) >= shortest(word)
        longer = set(common(weighed, word[:40])) if is_open else set()
        held = {
            i: max(
                [f[w] for w in wanted if w in f]
                + [prefixed(f[w]) for w in longer if w in f]
                + [f[w] for w in f if not query.as_written and is_heard(word[:40], w)],
                default=0,
            )
            for i, f in weighed.items()
        }
        if by_initials:
            others = [other[:40] for other in asked if not is_initial(other)]
            held = {
                i: max((prefixed(f[w]) for w in begun(f, word, others)), default=0)
                if is_initial(word)
                else (n if n >= order.LEVELS[0] else 0)
                for (i, n), f in zip(held.items(), weighed.values(), strict=True)
            }
        rarity = round(16 * math.log2(2 + len(documents) / (sum(map(bool, held.values())) + 1)))
        sums, total = Counter({i: sums[i] + held[i] * rarity for i in sums if held[i]}), total + rarity
    return {i: sum(n // total < round(255 * share) for share in order.MATCHES) for i, n in sums.items()}


def begun(held: Mapping[object, int], initial: str, others: Sequence[str]) -> list[str]:
    """The names that begin so, but none of the others."""
    names = [w for w in held if isinstance(w, str) and held[w] >= order.LEVELS[0]]
    return [w for w in names if w.startswith(initial) and w not in others]


def is_heard(word: str, form: object) -> bool:
    return isinstance(form, tuple) and form[0] == "~" and sounding.is_alike(word, form[1])


def pieces(word: str) -> list[str]:
    """The word, or the pairs of its signs and what stands between them."""
    units: list[str] = []
    for letter in word:
        is_mark = unicodedata.category(letter)[0] == "M"
        if units and ((is_sign(units[-1][0]) and is_mark) or not (is_sign(letter) or is_sign(units[-1][0]))):
            units[-1] += letter
        else:
            units.append(letter)
    found = []
    for number, unit in enumerate(units):
        before, after = units[number - 1 : number], units[number + 1 : number + 2]
        if is_sign(unit[0]) and after and is_sign(after[0][0]):
            found.append(unit + after[0])
        elif not (is_sign(unit[0]) and before and is_sign(before[0][0])):
            found.append(unit)
    return found


def is_sign(letter: str) -> bool:
    scripts = ("HANGUL SYL", "HIRAGANA", "KATAKANA", "CJK", "THAI", "LAO", "KHMER", "MYANMAR", "IDEOGRAPHIC")
    return unicodedata.name(letter, "").startswith(scripts)


def shortest(word: str) -> int:
    return 2 if unicodedata.name(word[0], "").startswith(("HANGUL", "HIRAGANA", "KATAKANA", "CJK")) else 3


def common(weighed: Mapping[int, Mapping[object, int]], word: str) -> list[str]:
    longer = Counter(f for held in weighed.values() for f in held if isinstance(f, str) and f.startswith(word))
    return sorted(longer, key=lambda f: (-longer[f], f))[: words.EXPANSIONS]


def prefixed(level_: int) -> int:
    return level(1e9 if level_ == 255 else 0.5 * 1.2 * level_ / (255 - level_))


def level(weight: float) -> int:
    return max(1, round(255 * weight / (weight + 1.2)))


def heard_in(piece: str) -> list[str]:
    said = fold(piece).split()
    return [one for word in [*said, *(["".join(said)] if len(said) > 1 else [])] for one in sounding.heard(word[:40])]


def joined(piece: str) -> list[str]:
    whole = "".join(fold(piece).split())
    return [whole[:40]] if " " in fold(piece) and not any(is_sign(letter) for letter in whole) else []


def forms(d: Document) -> dict[object, float]:
    """The words of a document and their stems with BM25F's weight."""
    found: dict[object, float] = {}
    for field, weight in {**order.WEIGHTS, "also": order.WEIGHTS["topics"] / 3}.items():
        b, typical = LENGTHS.get(field, (0, 1))
        names = d.called.get("topics" if field == "also" else field, {})
        kept = {
            k: some for k, some in names.items() if field not in ("topics", "also") or (k == "") == (field == "also")
        }
        called = [(language, phrase) for language, some in kept.items() for phrase in some]
        says = [(d.language, d.texts.get(field, "")), *called]
        listed = [
            (language, piece[:40]) for language, text in says for word in fold(text).split() for piece in pieces(word)
        ]
        each = weight / max(1, 1 - b + b * len(listed) / typical)
        if field == "name":
            listed += [("", one) for _, text in says for word in fold(text).split() if (one := sounding.surname(word))]
            listed += [("", one) for _, text in says for piece in text.split() for one in joined(piece)]
        for word, n in Counter(word for _, word in listed).items():
            found[word] = found.get(word, 0) + each * min(n, order.MENTIONS.get(field, 1))
        stemmed = [one for one in listed if words.can_stem(one[0])] if field in ("credentials", "topics", "bio") else []
        heard = (
            [one for _, text in says for piece in text.split() for one in heard_in(piece)] if field == "name" else []
        )
        for word, n in Counter(heard).items():
            found["~", word] = found.get(("~", word), 0) + each * 0.5 * min(n, 1)
        for key, n in Counter(
            (language, stem) for language, word in stemmed for stem in words.stems_of(word, language)
        ).items():
            found[key] = found.get(key, 0) + each * 0.8 * min(n, order.MENTIONS.get(field, 1))
    return found

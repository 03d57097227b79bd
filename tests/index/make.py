"""Documents with only the fields that matter, and any documents at all."""

from datetime import date, timedelta

from hypothesis import strategies as st

from index.types import Box, Circle, Document, Query

TODAY = date(2026, 3, 1)
FACETS = {"language": "all", "topic": "any", "delivery": "any", "new_clients": "any"}

LETTERS = "abeéñüøßдий中国カ가ต้า부תا์🙂 -'’\u200f\u0301"
SPOKEN = [
    "gold",
    "golden",
    "goldberg",
    "couple",
    "couples",
    "Paare",
    "Paar",
    "Thérapie",
    "therapie",
    "affair",
    "trust",
    "trusting",
    "부부",
    "부부와",
    "夫婦関係",
    "EFT夫婦",
    "คู่รัก",
    "รัก",
    "Иванов",
    "Iwanow",
    "כהן",
    "Cohen",
    "김민수",
    "Kim Min-su",
    "محمد",
    "שיחה",
    "בשיחות",
    "לזוגות",
    "זוג",
    "علاقة",
    "بالعلاقات",
    "ilişki",
    "ilişkiler",
    "mens",
    "mensen",
    "luistert",
    "부부를",
    "김하은",
    "유성민",
    "유",
    "Hye-rin",
    "g",
    "Ann Gold",
    "hyerin",
]


def make_document(id: int = 1, **fields: object) -> Document:
    return Document(id=id, public_id=f"p{id}", **fields)  # type: ignore[arg-type]


lats = st.sampled_from([-90.0, -89.99, -41.3, 0.0, 40.7, 40.71, 40.75, 41.1, 48.2, 89.99, 90.0]) | st.floats(-90, 90)
lons = st.sampled_from([-180.0, -179.99, -74.0, -73.9, 0.0, 16.4, 174.8, 179.99, 180.0]) | st.floats(-180, 180)
points = st.tuples(lats, lons) | st.sampled_from([(40.7, -74.0), (40.7, -73.9), (-17.0, 180.0), (-17.0, -180.0)])
codes = st.sampled_from(["US", "US-IL", "US-NY", "CA", "CA-ON", "NZ", "AT"])
terms = {
    "language": st.frozensets(st.sampled_from(["en", "es", "he"]), max_size=2),
    "topic": st.frozensets(st.sampled_from(["affair", "trust", "grief"]), max_size=2),
    "delivery": st.frozensets(st.sampled_from(["online", "in_person"]), max_size=2),
    "new_clients": st.frozensets(st.sampled_from(["existing_only", "no", "accepting"]), max_size=1),
    "unknown": st.frozensets(st.sampled_from(["x"]), max_size=1),
}
lines = st.lists(st.sampled_from(SPOKEN) | st.text(LETTERS, max_size=6), max_size=6).map(" ".join)
called = st.dictionaries(
    st.sampled_from(["name", "credentials", "topics", "bio"]),
    st.dictionaries(st.sampled_from(["", "en", "de", "fr", "he", "xx"]), st.lists(lines, max_size=3), max_size=2),
    max_size=2,
)
texts = st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "credentials", "topics", "places", "bio"), lines))
days = st.none() | st.integers(-40, 2).map(lambda n: TODAY + timedelta(days=n))


def documents_of(ids: st.SearchStrategy[int]) -> st.SearchStrategy[Document]:
    """Any document with one of these ids; its public id says whose it is."""
    return st.builds(
        lambda id, **fields: make_document(id, **fields),
        id=ids,
        points=st.lists(points, max_size=3).map(tuple),
        areas=st.frozensets(codes, max_size=3),
        serves=st.frozensets(codes, max_size=3),
        terms=st.fixed_dictionaries({}, optional=terms),
        texts=texts,
        called=called,
        language=st.sampled_from(["en", "de", "fr", "ru", "ar", "he", "nl", "tr", "xx", ""]),
        accepts=st.booleans(),
        confirmed_on=days,
        attested=st.booleans(),
        sketch=st.binary(max_size=8),
    )


radii = st.sampled_from([0.0, 1.0, 10.0, 50.0, 500.0, 6000.0, 20015.2, 1e9, float("inf"), -1.0]) | st.floats(0, 30_000)
circles = st.builds(Circle, lats, lons, radii)
boxes = st.builds(Box, lats, lons, lats, lons)
chosen = st.dictionaries(
    st.sampled_from(["language", "topic", "delivery", "new_clients", "unknown"]),
    st.lists(
        st.sampled_from(["en", "es", "affair", "trust", "online", "accepting", "ask", "no", "nobody"]),
        max_size=2,
        unique=True,
    ).map(tuple),
    max_size=2,
).map(lambda terms: tuple(sorted(terms.items())))
queries = st.builds(
    Query,
    text=st.just("") | st.sampled_from(SPOKEN) | lines,
    circles=st.just(()) | st.lists(circles, max_size=2).map(tuple),
    box=st.none() | boxes,
    area=st.just("") | codes | st.just("XX"),
    terms=st.just(()) | chosen | st.just((("language", ("en", "es")),)),
    either=st.sampled_from([(), (), ("language",), ("topic", "unknown")]),
    online_for=st.just("") | codes | st.just("XX-YY"),
    and_online_for=st.just("") | codes,
    sort=st.sampled_from(["best", "nearest"]),
    page=st.sampled_from([1, 1, 1, 2, 3, 0, -1, 10**9]),
    per_page=st.sampled_from([1, 2, 3, 20, 20, 0]),
    pins=st.booleans(),
    few_pins=st.sampled_from([0, 0, 1, 2, 10**6]),
    as_written=st.sampled_from([False, False, False, True]),
    only_total=st.sampled_from([False, False, False, True]),
)

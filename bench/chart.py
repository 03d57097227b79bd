"""The chart of `docs/performance.md`: medians of every engine in every class, on a logarithmic scale, as SVG."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Row = Mapping[str, object]

COLOURS = {
    "plain arrays": "#888888",
    "embedded": "#0b7a75",
    "tantivy": "#d1495b",
    "sqlite fts5 + r*tree": "#3d6fb6",
    "postgis": "#8a5fbf",
    "whoosh by the book": "#c98a00",
}
LEFT, TOP, WIDE, LINE = 190, 64, 700, 24
LOW, HIGH = -2, 4
"""Powers of ten, in milliseconds."""

STYLE = """text { font: 13px system-ui, sans-serif; fill: #222 } .axis { stroke: #ccc } .thread { stroke: #ddd }
@media (prefers-color-scheme: dark) { text { fill: #eee } .axis { stroke: #444 } .thread { stroke: #444 } }"""


def drawn(rows: Sequence[Row]) -> str:
    """The picture of the rows of one corpus."""
    kinds = list(dict.fromkeys(str(row["class"]) for row in rows))
    height = TOP + LINE * len(kinds) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 30} {height}" role="img">',
        f"<title>Median milliseconds of a whole answer, {escape(str(rows[0]['corpus']))}</title><style>{STYLE}</style>",
        *_legend(rows),
        *_axis(height),
    ]
    for number, kind in enumerate(kinds):
        parts += _line(kind, TOP + LINE * number + 16, [row for row in rows if row["class"] == kind])
    return "\n".join([*parts, "</svg>", ""])


def _at(ms: float) -> float:
    """Where a time stands."""
    power = min(max(math.log10(max(ms, 1e-9)), LOW), HIGH)
    return round(LEFT + (power - LOW) / (HIGH - LOW) * WIDE, 1)


def _legend(rows: Sequence[Row]) -> list[str]:
    engines = [engine for engine in COLOURS if any(row["engine"] == engine for row in rows)]
    return [
        f'<circle cx="{12 + place * 150}" cy="18" r="6" fill="{COLOURS[engine]}"/>'
        f'<text x="{24 + place * 150}" y="22">{escape(engine)}</text>'
        for place, engine in enumerate(engines)
    ]


def _axis(height: int) -> list[str]:
    return [
        f'<line class="axis" x1="{_at(10**power)}" x2="{_at(10**power)}" y1="{TOP}" y2="{height - 24}"/>'
        f'<text x="{_at(10**power)}" y="{TOP - 10}" text-anchor="middle">{10**power:g} ms</text>'
        for power in range(LOW, HIGH + 1)
    ]


def _line(kind: str, y: int, rows: Sequence[Row]) -> list[str]:
    """One class: a thread from its fastest engine to its slowest, and a dot for each."""
    places = {str(row["engine"]): _at(float(str(row["p50_ms"]))) for row in rows}
    ends = f'x1="{min(places.values())}" x2="{max(places.values())}" y1="{y}" y2="{y}"'
    dots = [f'<circle cx="{x}" cy="{y}" r="6" fill="{COLOURS[engine]}"/>' for engine, x in places.items()]
    return [f'<text x="{LEFT - 14}" y="{y + 4}" text-anchor="end">{escape(kind)}</text>',
            f'<line class="thread" {ends}/>', *dots]  # fmt: skip

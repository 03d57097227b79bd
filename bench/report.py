"""The figures of `bench/results.json` as tables and a chart in `docs/performance.md`, between its marks.

The words around them are written by hand: what was measured, what is weak.
"""

import math
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import chart
from referral.config import ROOT

PAGE, CHART = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"

Row = Mapping[str, object]

OURS, FLOOR = "embedded", "plain arrays"

MOST_P50, MOST_TEXT, MOST_P99 = 1.5, 2.0, 3.0
"""What issue 4 asks of our median over the arrays', of words, and of the 99th percentile."""

WORDS = ("word", "prefix")


def write(rows: Sequence[Row]) -> None:
    """Put the figures into the page, and draw the chart of the corpus that all engines had."""
    PAGE.write_text(filled(PAGE.read_text("utf-8"), _sections(rows)), "utf-8")
    usual = [row for row in rows if row["bench"] == "index" and row["corpus"] == "100000 listings"]
    if usual:
        CHART.write_text(chart.drawn(usual), "utf-8")


def filled(text: str, sections: Mapping[str, Sequence[str]]) -> str:
    """The page with each section in its place: one that says less than what stands there, as after a bench that was
    run in part on a machine that knows no earlier results, leaves it as it was.
    """
    for name, lines in sections.items():
        begin, end = f"<!-- {name} -->\n", "<!-- end -->"
        before, mark, rest = text.partition(begin)
        held, _end, after = rest.partition(end)
        made = "".join(f"{line}\n" for line in lines)
        if mark and _cells(made) >= _cells(held):
            text = before + begin + made + end + after
    return text


def _cells(table: str) -> int:
    """How many cells of a table hold anything."""
    return sum(bool(cell.strip(" –-:")) for line in table.splitlines() if "|" in line for cell in line.split("|"))


def _sections(rows: Sequence[Row]) -> dict[str, list[str]]:
    index = [row for row in rows if row["bench"] == "index"]
    corpora = list(dict.fromkeys(str(row["corpus"]) for row in index))
    return {
        "machine": [machine()],
        **{f"targets, {corpus}": _targets(corpus, _of(index, corpus)) for corpus in corpora},
        **{f"engines, {corpus}": _engines(corpus, _of(index, corpus)) for corpus in corpora},
        "builds": _builds([row for row in rows if row["bench"] == "build"]),
        "pages": _pages([row for row in rows if row["bench"] == "http"]),
    }


def machine() -> str:
    """What this was measured on, and when."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if os.name == "posix" else None
    said = f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores, {platform.system()}"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{said}, Python {platform.python_version()}, {datetime.now(UTC):%d %B %Y}; load at the end {load}."


def _of(rows: Iterable[Row], corpus: str) -> list[Row]:
    return [row for row in rows if row["corpus"] == corpus]


def _kinds(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(str(row["class"]) for row in rows))


def _targets(corpus: str, rows: Sequence[Row]) -> list[str]:
    """Ours beside the arrays, with what misses its target in bold."""
    made = ["", f"**{corpus}** (ms)", "", "| class | p50 | p95 | p99 | arrays p50 | p99 | ratio p50 | ratio p99 |"]
    made.append("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind in _kinds(rows):
        pair = {row["engine"]: row for row in rows if row["class"] == kind}
        ours, floor = pair.get(OURS), pair.get(FLOOR)
        if ours and floor:
            most, most_p99 = (MOST_TEXT if any(word in kind for word in WORDS) else MOST_P50), MOST_P99
            if kind == "typo":  # has a target of its own, in milliseconds
                most = most_p99 = math.inf
            tail = float(str(ours["p99_ms"])) / float(str(floor["p99_ms"]))
            times = [
                *(_ms(ours[k]) for k in ("p50_ms", "p95_ms", "p99_ms")),
                *(_ms(floor[k]) for k in ("p50_ms", "p99_ms")),
            ]
            times += [_bold(float(str(ours["ratio"])), most), _bold(tail, most_p99)]
            made.append(f"| {kind} | {' | '.join(times)} |")
    return made


def _bold(ratio: float, most: float) -> str:
    return f"**{ratio:.2f}**" if ratio > most else f"{ratio:.2f}"


def _engines(corpus: str, rows: Sequence[Row]) -> list[str]:
    """Medians of all engines, each with how many times ours it is."""
    engines = list(dict.fromkeys(str(row["engine"]) for row in rows))
    made = [
        "",
        f"**{corpus}** (median, ms)",
        "",
        f"| class | {' | '.join(engines)} |",
        "|---" * (len(engines) + 1) + "|",
    ]
    for kind in _kinds(rows):
        median = {str(row["engine"]): float(str(row["p50_ms"])) for row in rows if row["class"] == kind}
        cells = [_cell(median, engine) for engine in engines]
        made.append(f"| {kind} | {' | '.join(cells)} |")
    return made


def _cell(median: Mapping[str, float], engine: str) -> str:
    if engine not in median:
        return "–"
    if engine in (OURS, FLOOR) or OURS not in median:
        return _ms(median[engine])
    return f"{_ms(median[engine])} ({_times(median[engine] / median[OURS])})"


def _times(ratio: float) -> str:
    return f"{ratio:.1f} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def _ms(value: object) -> str:
    ms = float(str(value))
    return f"{ms:.3f}" if ms < 1 else f"{ms:.2f}" if ms < 10 else f"{ms:.0f}"


def _builds(rows: Sequence[Row]) -> list[str]:
    made = ["", "| engine | corpus | seconds |", "|---|---|---:|"]
    return made + [f"| {row['engine']} | {row['corpus']} | {float(str(row['p50_ms'])) / 1000:.1f} |" for row in rows]


def _pages(rows: Sequence[Row]) -> list[str]:
    made = [
        "",
        "| who | corpus | asked | a second | CPU ms | p50 | p95 | p99 | bytes | ratio |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        told = [
            row["engine"],
            row["corpus"],
            row["class"],
            row.get("per_second", ""),
            row.get("cpu_ms", ""),
            *(_ms(row[k]) for k in ("p50_ms", "p95_ms", "p99_ms")),
        ]
        made.append(f"| {' | '.join(map(str, told))} | {row.get('bytes', '')} | {row['ratio']} |")
    return made

"""Timing shared by every bench: many calls, their percentiles, and one row of the table."""

import time
from collections.abc import Callable, Sequence

import numpy as np

Row = dict[str, object]
"""One line of `bench/results.json`."""


def times_ms(calls: Sequence[Callable[[], object]], warm: int = 20) -> list[float]:
    """Milliseconds each call took, after a few that do not count."""
    for call in calls[:warm]:
        call()
    took = []
    for call in calls:
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    return took


def median(took: Sequence[float]) -> float:
    """The middle one."""
    return float(np.percentile(took, 50))


def row(bench: str, engine: str, corpus: str, kind: str, took: Sequence[float], floor: float | None = None) -> Row:
    """One line of `bench/results.json`; `ratio` is the median over `floor`, the median of what is compared with."""
    p50, p95, p99 = (float(np.percentile(took, p)) for p in (50, 95, 99))
    return {
        "bench": bench,
        "engine": engine,
        "corpus": corpus,
        "class": kind,
        "p50_ms": round(p50, 4),
        "p95_ms": round(p95, 4),
        "p99_ms": round(p99, 4),
        "ratio": round(p50 / floor, 2) if floor else None,
    }

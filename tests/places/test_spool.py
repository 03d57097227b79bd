"""Rows on disk: what was put in comes out, in order."""

from pathlib import Path

import pytest

from referral.places import spool
from referral.places.spool import Spool

Rows = Spool[tuple[str, int, float | None]]


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rows:
    monkeypatch.setattr(spool, "BATCH", 2)
    kept: Rows = Spool(tmp_path / "rows")
    return kept


def test_rows_come_back_in_the_order_they_were_put_in(rows: Rows) -> None:
    rows.put("FR", [("é", 1, 0.1), ("東", 2, None), ("c", 3, -0.0)])
    rows.put("FR", [("d", 4, 1e300)])

    assert list(rows.rows("FR")) == [("é", 1, 0.1), ("東", 2, None), ("c", 3, -0.0), ("d", 4, 1e300)]


def test_mixed_rows_keep_their_order_within_their_part(rows: Rows) -> None:
    rows.sort_in([("FR", 1, None), ("DE", 2, None), ("FR", 3, None), ("DE", 4, None), ("FR", 5, None)], 0)

    assert [n for _, n, _ in rows.rows("FR")] == [1, 3, 5]
    assert [n for _, n, _ in rows.rows("DE")] == [2, 4]
    assert set(rows.sizes()) == {"DE", "FR"}


@pytest.mark.parametrize("part", ["", ".", "..", "a/b", "%2F"])
def test_any_text_names_a_part(rows: Rows, part: str) -> None:
    rows.put(part, [("a", 1, None)])

    assert list(rows.rows(part)) == [("a", 1, None)]
    assert list(rows.sizes()) == [part]


def test_a_part_without_rows_is_empty(rows: Rows) -> None:
    assert list(rows.rows("FR")) == []
    assert rows.sizes() == {}


def test_runs_come_back_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "RUN", 2)
    kept: Spool[tuple[str, int]] = Spool(tmp_path / "kept")
    rows = [("d", 4), ("a", 1), ("c", 3), ("b", 2), ("e", 5)]

    kept.put_runs("letters", rows, sorted)

    assert list(kept.merged("letters")) == sorted(rows)
    assert list(kept.merged("nothing")) == []

"""What the bench measures is right first: ours, SQLite and the plain arrays answer every class of question alike."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from bench import checks, compare
from bench.corpus import Sample
from bench.queries import asked


def test_every_class_of_question_is_answered_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = Sample(300)
    with ExitStack() as opened:
        engines = list(compare._engines(sample, tmp_path, ["embedded", "sqlite"], {}, opened))
        names = {one.name for one in engines}
        for kind, queries in asked(sample).items():
            able = {one.name for one in engines if one.asks(kind) is not None}
            assert {one.name for one in checks.right(kind, engines, queries)} == able, kind

    assert len(names) == 3
    assert "left out of" not in capsys.readouterr().out

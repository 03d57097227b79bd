"""A disk that is truly full: what cannot be kept is said, what was typed comes back, nothing is half there.

Every route that takes a form is sent a right one, first while the disk that holds the data folder has not a byte left,
then when there is room again.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from time_machine import travel

from referral import db
from referral.model import Base
from tests.make import NOW
from tests.people import Write
from tests.postgres import ONLY_SQLITE
from tests.site.senders import FORMS, Form, World

pytestmark = [pytest.mark.slow, ONLY_SQLITE]

SHOWS_ONLY = {"editing.preview", "answers.preview", "questions.preview"}
"""Routes that keep nothing: they answer as ever."""

SAID = ("This was not saved yet", "This did not go through")


BESIDE = {"all of it": "", "all but the counts": "limits.sqlite", "all but the database": "referral.sqlite"}
"""What lies on the full disk -> the file that lies elsewhere."""


@pytest.fixture(params=BESIDE)
def tmp_path(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """A small disk of its own, in the memory: what an installation keeps lies on it.

    How often somebody tried is asked first: where that can be noted, the database is what refuses.
    """
    try:
        command = ["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", tmp_path]
        subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"No disk may be mounted here: {getattr(error, 'stderr', '') or error}".strip())
    if name := BESIDE[request.param]:
        elsewhere = tmp_path_factory.mktemp("elsewhere") / name
        elsewhere.touch()
        (tmp_path / name).symlink_to(elsewhere)
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


def fill(folder: Path) -> Path:
    """Take every byte the disk has left; the file that holds them."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    assert os.statvfs(folder).f_bavail == 0
    return ballast


def kept(engine: Engine, folder: Path) -> dict[str, Any]:
    """All rows, and all photos."""
    with db.reading(engine) as session:
        rows: dict[str, Any] = {
            t.name: sorted(map(repr, session.execute(t.select()))) for t in Base.metadata.sorted_tables
        }
    return rows | {"photos": sorted(path.name for path in (folder / "photos").rglob("*") if path.is_file())}


@pytest.mark.parametrize("tmp_path", ["all but the database"], indirect=True)
def test_what_a_file_beside_the_database_could_not_be_written_for_is_either_done_or_not(
    app: Flask, engine: Engine, write: Write, tmp_path: Path
) -> None:
    with travel(NOW):
        world = World(app, engine, write)
        forms = {name: make(world) for name, make in FORMS.items() if name not in SHOWS_ONLY}
        fill(tmp_path)

        told = {name: sent(engine, form, n) for n, (name, form) in enumerate(forms.items())}

    assert {name: how for name, how in told.items() if how not in ((507, False), (forms[name].done, True))} == {}


@pytest.mark.parametrize("tmp_path", ["all of it", "all but the counts"], indirect=True)
def test_every_form_says_that_it_was_not_kept_and_is_kept_when_there_is_room(
    app: Flask, engine: Engine, write: Write, tmp_path: Path
) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())} == {
        name.partition(",")[0] for name in FORMS
    }
    with travel(NOW):
        world = World(app, engine, write)
        forms = {name: make(world) for name, make in FORMS.items()}
        assert db.checkpoint(engine)
        before, ballast = kept(engine, tmp_path), fill(tmp_path)

        lost = {name: wrong for n, (name, form) in enumerate(forms.items()) if (wrong := refused(name, form, n))}

        assert lost == {}
        assert kept(engine, tmp_path) == before
        ballast.unlink()
        late = {name: wrong for n, (name, form) in enumerate(forms.items()) if (wrong := done(engine, name, form, n))}
    assert late == {}


def refused(name: str, form: Form, place: int) -> str:
    """What is wrong with the answer while nothing can be kept; empty for nothing."""
    answer = form.send(place)
    if name in SHOWS_ONLY:
        return "" if answer.status_code == form.done else f"{answer.status_code}"
    if answer.status_code != 507 or "Retry-After" not in answer.headers:
        return f"{answer.status_code}"
    if not any(said in answer.text for said in SAID):
        return "said nothing"
    return "" if form.typed in answer.text else "what was typed is lost"


def done(engine: Engine, name: str, form: Form, place: int) -> str:
    """What is wrong with the answer when there is room again; empty for nothing."""
    status, changed = sent(engine, form, place)
    if status != form.done:
        return f"{status}"
    return "" if changed or name in SHOWS_ONLY else "nothing was kept"


def sent(engine: Engine, form: Form, place: int) -> tuple[int, bool]:
    """The status of the answer, and whether the database was changed."""
    with engine.connect().execution_options(reading=True) as connection:
        before = connection.execute(text("PRAGMA data_version")).scalar()
        connection.commit()
        status = form.send(place).status_code
        return status, connection.execute(text("PRAGMA data_version")).scalar() != before

"""The documents are complete: every setting and every command stands in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import click
import pytest
from flask import Flask

from referral import cli, nightly, serving
from referral.config import ROOT
from referral.links.fetching import Look
from tests.make import NOW
from tests.parts import FOLDER, PARTS
from tests.site.test_rows import ROWS

CONFIGURATION = ROOT / "docs" / "configuration.md"


def settings() -> set[str]:
    """Every setting the code names."""
    found = (
        re.findall(r"REFERRAL_[A-Z_]+[A-Z](?=[^A-Z_{])", p.read_text("utf-8")) for p in ROOT.glob("referral/**/*.py")
    )
    return {name for names in found for name in names}


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_setting_is_documented() -> None:
    text = CONFIGURATION.read_text("utf-8")

    assert {s for s in settings() if f"`{s}`" not in text} == set()


def test_no_document_names_a_setting_that_is_not_there() -> None:
    named = set(re.findall(r"`(REFERRAL_[A-Z_]+[A-Z])`", CONFIGURATION.read_text("utf-8")))

    assert named - settings() - {"REFERRAL_TEST_DATA"} == set()


def test_every_command_is_documented(app: Flask) -> None:
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    cli.install(app)
    ours = [c for c in commands(app.cli) if c.split(" ")[0] not in ("run", "shell", "routes")]

    assert [c for c in ours if f"`{c}" not in text] == []


def watching() -> str:
    """What a monitor should look at."""
    return (ROOT / "docs" / "running.md").read_text("utf-8").partition("## Watching it")[2].partition("\n## ")[0]


def test_every_figure_of_a_night_is_documented(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    night = replace(serving.night(app.extensions["referral"], NOW), look=lambda _url: Look(True, "200"))
    lines = list[dict[str, object]]()
    monkeypatch.setattr(nightly, "log", SimpleNamespace(info=lambda _event, **line: lines.append(line)))
    nightly.run(night)
    figures = lines[-1].keys() - {"day", "seconds"}
    text = watching()

    assert len(figures) > 30 and {one for one in figures if f"`{one}`" not in text} == set()


def test_no_document_names_a_figure_of_no_job() -> None:
    text = watching()
    jobs = tuple(f"{name.replace(' ', '_')}_" for name, _job in nightly.JOBS)
    named = {name for name in re.findall(r"`([a-z]+_[a-z_-]+)`", text) if name != "request_id"}

    assert {name for name in named if not name.startswith(jobs)} == set()


def test_every_decision_stands_in_their_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")

    assert [path.name for path in folder.glob("0*.md") if f"({path.name})" not in listed] == []


def test_the_table_of_rows_names_every_room_in_its_row() -> None:
    table = re.findall(
        r"^\|(?: (\d))? \| (.*?) \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE
    )
    told, row = {}, ""
    for number, rooms in table:
        row = number or row
        told |= {room: int(row) for room in re.findall(r"`([\w/.]+)`", rooms)}

    def named(room: str) -> str:
        path = room.replace(".", "/")
        return f"{path}/" if (ROOT / path).is_dir() and room != "referral" else f"{path}.py"

    assert {named(room): row for room, row in ROWS.items() if room != "referral"} == {
        room: row for room, row in told.items() if room not in ("referral/__init__.py", "views.py")
    }


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    text = (ROOT / "docs" / "running.md").read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")

    assert [t for t in targets if f"`make {t}" not in text] == []


def test_ci_runs_only_what_the_readme_names() -> None:
    steps = re.findall(r"^make (\w+)$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")

    assert steps == ["test"]
    assert all(f"make {step}" in readme for step in steps)


def test_every_path_in_the_architecture_page_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:referral|index|templates|static|tests|migrations|bench)/[\w./]*)`", text))

    assert {n for n in named if not (ROOT / n).exists()} == set()


def test_every_part_of_a_page_has_its_picture() -> None:
    text = (ROOT / "docs" / "design.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \|", text.partition("## Parts")[2].partition("\n## ")[0], re.MULTILINE)[1:]
    shown = re.findall(r"!\[\]\(parts/([\w-]+)\.png\)", text)

    assert len(rows) == len(shown), rows
    assert {*shown} == {*PARTS} == {path.stem for path in FOLDER.glob("*.png")}

"""Commands as an operator types them."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from referral import cli


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Who types commands."""
    cli.install(app)
    return app.test_cli_runner()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A list of one member."""
    path = tmp_path / "roster.csv"
    path.write_text("name,country,locality\nAda Example,US,Chicago\n", "utf-8")
    return path


def test_an_import_names_a_network_there_is(runner: FlaskCliRunner, roster: Path) -> None:
    wrong = runner.invoke(args=["listings", "import", str(roster), "--network", "nosuch"])
    right = runner.invoke(args=["listings", "import", str(roster), "--network", "imago-suisse"])

    assert (wrong.exit_code, "There is no network “nosuch”" in wrong.output) == (1, True)
    assert right.exit_code == 0, right.output

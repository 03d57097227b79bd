"""Nothing can be written any more: what is there is served, and commands say why they did nothing."""

import resource
import urllib.request

import pytest

from tests.journeys.processes import children, free_port, run, server, state

pytestmark = pytest.mark.slow

KEPT = "cannot be written to just now: nothing was changed."


def _no_file_grows() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))


def test_a_command_says_why_it_did_nothing(installed: dict[str, str]) -> None:
    before = state(installed)

    for command in (["demo", "load", "--count", "9"], ["accounts", "add", "a@example.org", "--role", "moderator"]):
        done = run(installed, *command, first=_no_file_grows)
        assert done.returncode == 1 and KEPT in done.stderr and "Traceback" not in done.stderr

    assert state(installed)["documents"] == before["documents"]


def test_a_server_serves_what_is_there(installed: dict[str, str]) -> None:
    port = free_port()

    with server(installed, port) as process:
        for number in (process.pid, *children(process.pid)):
            resource.prlimit(number, resource.RLIMIT_FSIZE, (1, 1))
        for path in ("/", "/search?q=Chicago", "/networks", "/questions", "/api/v1/search?q=Berlin"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                assert answer.status == 200

    assert state(installed)["differences"] == []

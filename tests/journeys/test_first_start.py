"""What only a first start does: it builds with processes of its own kind, then serves by forks; no visitor builds."""

import subprocess
import sys
from pathlib import Path
from threading import current_thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index import generation
from index.background import Background
from referral.config import ROOT
from referral.listings import indexing
from tests.client import CheckingClient
from tests.people import CHICAGO, make_listing

AFTER_A_BUILD = """
import multiprocessing
multiprocessing.set_start_method("spawn")
from referral import serving
serving.by_fork()
print(multiprocessing.get_start_method())
"""


def test_a_server_starts_after_a_build_that_used_processes() -> None:
    done = subprocess.run([sys.executable, "-c", AFTER_A_BUILD], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "fork"


@pytest.fixture
def unbuilt(client: CheckingClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> CheckingClient:
    """A directory that is served without any index, of more people than are made one in passing."""
    monkeypatch.setattr(indexing, "AT_ONCE", 0)
    monkeypatch.setattr(indexing, "PATIENCE", 0)
    monkeypatch.setattr(indexing, "_background", Background())
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", **CHICAGO)
        session.commit()
    return client


@pytest.mark.parametrize(
    "path", ["/search?place=4887398", "/search?q=Ana Ruiz", "/api/v1/search?q=Chicago", "/api/v1/map?in=US"]
)
def test_the_first_visitor_builds_no_index_and_is_kindly_asked_to_come_again(
    unbuilt: CheckingClient, path: str, tmp_path: Path
) -> None:
    with generation.rebuilding(tmp_path / "index"):  # so long does it take
        answer = unbuilt.get(path)
        assert unbuilt.get("/questions").status_code == 200 and unbuilt.get("/readyz").status_code == 503
    indexing._background.wait()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "The directory is being looked after. Please try again shortly." in answer.text
    assert "No therapist" not in answer.text


def test_it_is_built_beside_whoever_asks(unbuilt: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    builders, documents = [], indexing.documents
    monkeypatch.setattr(
        indexing, "documents", lambda *given: builders.append(current_thread().name) or documents(*given)
    )

    unbuilt.get("/search?place=4887398")
    indexing._background.wait()

    assert builders == ["index"]
    assert "1 therapist within" in unbuilt.get("/search?place=4887398").text

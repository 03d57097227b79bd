"""What machines ask for: robots, the sitemap in parts, how browsers search here, whom to tell of a hole."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from referral.listings import revisions
from referral.status import sitemap
from tests.client import CheckingClient
from tests.make import NOW, make_listing

XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def addresses(client: CheckingClient, path: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return [str(found.text) for found in ElementTree.fromstring(answer.data).iter(f"{XML}loc")]


def test_robots_are_led_to_the_sitemap(client: CheckingClient) -> None:
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").text


def test_every_page_in_the_sitemap_is_there(client: CheckingClient, session: Session) -> None:
    make_listing(session, name="Ada & Co", demonstration=False)
    session.commit()

    parts = addresses(client, "/sitemap.xml")
    pages = [page for part in parts for page in addresses(client, part.removeprefix("http://127.0.0.1:8000"))]

    paths = [page.removeprefix("http://127.0.0.1:8000") for page in pages]
    assert len(paths) == len(set(paths)) and all(p.startswith("/") for p in paths)
    assert {"/", "/networks", "/questions", "/workshops", "/about/order"} <= set(paths)
    assert {p.split("/")[1] for p in paths} >= {"therapists", "networks", "questions", "workshops", "about"}
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_who_is_not_seen_is_not_in_the_sitemap(client: CheckingClient, session: Session) -> None:
    ada = make_listing(session, name="Ada", demonstration=False)
    make_listing(session, name="Ben", demonstration=True)
    session.commit()
    seen = addresses(client, "/sitemap/therapists-1.xml")

    revisions.pause(session, ada.id, (NOW + timedelta(days=9)).date(), NOW)
    session.commit()

    assert [page.rsplit("/", 1)[1] for page in seen] == ["ada"]
    assert addresses(client, "/sitemap.xml") == ["http://127.0.0.1:8000/sitemap/pages.xml"]


def test_many_therapists_come_in_parts(
    client: CheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_listing(session, name=f"Ada {number}", demonstration=False)
    session.commit()
    monkeypatch.setattr(sitemap, "MOST", 2)

    parts = [part.removeprefix("http://127.0.0.1:8000") for part in addresses(client, "/sitemap.xml")]

    assert parts[1:] == [f"/sitemap/therapists-{n}.xml" for n in (1, 2, 3)]
    assert len({page for part in parts[1:] for page in addresses(client, part)}) == 5


@pytest.mark.parametrize("path", ["therapists-0", "therapists-9999999999999999999999", "therapists-x", "nothing"])
def test_a_part_that_is_none_is_not_found(client: CheckingClient, path: str) -> None:
    assert client.get(f"/sitemap/{path}.xml").status_code == 404


def test_a_browser_can_search_here_from_its_own_field(client: CheckingClient) -> None:
    answer = client.get("/opensearch.xml")

    url = ElementTree.fromstring(answer.data).find(f"{SEARCH}Url")
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert url is not None and url.get("template") == "http://127.0.0.1:8000/search?q={searchTerms}"
    assert 'rel="search"' in client.get("/").text


def test_who_finds_a_hole_learns_whom_to_tell(app: Flask, client: CheckingClient) -> None:
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())

    assert lines["Contact"] == "http://127.0.0.1:8000/about#contact"
    assert lines["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"
    assert lines["Expires"].startswith((NOW + timedelta(days=180)).date().isoformat())
    assert 'id="contact"' in client.get("/about").text

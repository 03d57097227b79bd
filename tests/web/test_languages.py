"""The language of a request, and how it stays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import text
from referral.model import Account
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.tongues import offered

FINNISH_BROWSER = {"Accept-Language": "fi-FI,fi;q=0.9,en;q=0.5"}
"""A browser that prefers the other language."""

pytestmark = pytest.mark.usefixtures("spoken")


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from offered(tmp_path / "translations", monkeypatch)


def links(page: str) -> list[str]:
    return re.findall(r'(?:href|action|data-[a-z-]+)="(/[^"]*)"', page)


def test_the_address_names_the_language_whatever_the_browser_prefers(client: CheckingClient) -> None:
    page = client.get("/fi/questions", headers={"Accept-Language": "fa"})

    assert '<html lang="fi" dir="ltr">' in page.text and "Siirry sisältöön" in page.text
    assert "Accept-Language" not in page.headers["Vary"]


def test_without_one_the_browser_decides(client: CheckingClient) -> None:
    page = client.get("/questions", headers={"Accept-Language": "xx, fa-IR;q=0.8, en;q=0.5"})

    assert '<html lang="fa" dir="rtl">' in page.text
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize("accepted", ["", "tlh", "en-GB,fi;q=0.1", "*", "fi;q=0", ";;;,"])
def test_who_prefers_nothing_we_speak_reads_english(client: CheckingClient, accepted: str) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/questions", headers={"Accept-Language": accepted}).text


def test_english_by_name_stays_english_for_a_browser_that_prefers_another(client: CheckingClient) -> None:
    page = client.get("/en/", headers=FINNISH_BROWSER).text

    assert '<html lang="en"' in page
    assert {link for link in links(page) if link.startswith("/questions")} == set()


@pytest.mark.parametrize("prefix", ["/fi", "/fa", "/en"])
@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/search?in=US", "/networks", "/questions", "/questions/can-i-come-alone", "/shortlist",
     "/about", "/about/order", "/about/privacy", "/about/inclusion", "/account/sign-in", "/nowhere"],
)  # fmt: skip
def test_every_link_of_a_page_stays_in_its_language(client: CheckingClient, prefix: str, path: str) -> None:
    page = client.get(prefix + path).text

    ours = [link for link in links(page) if not re.match(r"/(static|vendor|favicon|photos)", link)]
    chosen = [re.escape(f"/{code}") for code in text.languages()]
    strays = [link for link in ours if not link.startswith(f"{prefix}/")]
    assert [link for link in strays if not re.match(f"({'|'.join(chosen)})/", link)] == []


def test_a_negotiated_page_leads_on_under_its_own_prefix(client: CheckingClient) -> None:
    assert "/fi/questions" in links(client.get("/", headers=FINNISH_BROWSER).text)
    assert "/questions" in links(client.get("/").text)


def test_what_was_drawn_for_one_language_is_not_shown_in_another(client: CheckingClient) -> None:
    pages = {code: client.get(f"/{code}/questions").text for code in ("fi", "en", "fa")}
    plain = client.get("/questions").text

    for code, page in pages.items():
        assert f'href="/{code}/networks"' in page
    assert 'href="/networks"' in plain


def test_a_typed_line_leads_to_a_search_in_the_same_language(client: CheckingClient) -> None:
    answer = client.get("/fi/search?q=Chicago")

    assert answer.status_code == 303 and answer.headers["Location"].startswith("/fi/search?place=")


def test_the_api_answers_in_the_language_and_leads_to_pages_in_it(client: CheckingClient) -> None:
    found = client.get("/fi/api/v1/networks").get_json()

    assert {network["url"].split("/")[3] for network in found} == {"fi"}
    assert "/fi/" not in client.get("/api/v1/networks").text


def test_files_have_one_address_in_all_languages(client: CheckingClient) -> None:
    page = client.get("/fa/").text

    assert re.search(r'href="/static/style\.css\?v=', page) and "/fa/static/" not in page


def test_a_language_that_is_not_spoken_is_no_address(client: CheckingClient) -> None:
    assert client.get("/de/questions").status_code == client.get("/fi/fi/questions").status_code == 404


@pytest.mark.parametrize("path", ["/", "/questions", "/questions/can-i-come-alone", "/networks", "/search?in=US"])
def test_every_language_of_a_page_names_all_the_others(client: CheckingClient, path: str) -> None:
    told = {}
    for prefix in ("", "/fi", "/fa", "/en"):
        page = client.get(prefix + path).text
        told[prefix] = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
        assert canonical == told[prefix][prefix.removeprefix("/") or "en"]

    assert set(told[""]) == {"en", "fi", "fa", "x-default"} and told[""]["x-default"] == told[""]["en"]
    assert all(other == told[""] for other in told.values())
    assert told[""]["fi"].endswith(f"/fi{path}")


@pytest.mark.parametrize(
    "path", ["/search?in=US&language=es", "/search?text=x", "/account/sign-in", "/nowhere", "/shortlist"]
)
def test_what_search_engines_should_not_show_names_no_others(client: CheckingClient, path: str) -> None:
    page = client.get(f"/fi{path}").text

    assert 'rel="alternate"' not in page and 'rel="canonical"' not in page


def test_every_page_offers_each_language_by_its_own_name(client: CheckingClient) -> None:
    for path in ("/", "/search?in=US&language=es", "/nowhere", "/account/sign-in"):
        page = client.get(path).text
        kept = path.replace("&", "&amp;")
        assert f'<a href="/fi{kept}" lang="fi" hreflang="fi"><bdi dir="ltr">Suomi</bdi></a>' in page
        assert f'<a href="/fa{kept}" lang="fa" hreflang="fa"><bdi dir="rtl">فارسی</bdi></a>' in page
        assert (
            f'<a href="/en{kept}" lang="en" hreflang="en" aria-current="true"><bdi dir="ltr">English</bdi></a>' in page
        )


def test_a_page_says_that_nobody_has_read_its_translation(client: CheckingClient) -> None:
    said = "This translation has not been read by a native speaker yet."

    assert said in client.get("/fi/").text and said not in client.get("/").text


def test_where_only_english_is_spoken_there_is_nothing_to_choose(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "languages", lambda: ("en",))

    page = client.get("/").text

    assert "hreflang" not in page and 'class="languages"' not in page


def test_who_is_signed_in_sees_their_pages_in_the_language_of_their_account(
    client: CheckingClient, engine: Engine
) -> None:
    signed_in_as(client, engine, language="fa")

    answer = client.get("/account?x=1")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/fa/account?x=1")
    assert 'lang="fa" dir="rtl"' in client.get("/fa/account").text
    assert 'lang="en"' in client.get("/en/account").text


def test_one_chooses_the_language_of_ones_letters(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)

    answer = client.post_form("/account/language", language="fi")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/fi/account?said=done#said")
    with Session(engine) as session:
        assert [one.language for one in session.query(Account)] == ["fi"]
    assert client.post_form("/account/language", language="tlh").status_code == 400

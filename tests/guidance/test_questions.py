"""The questions hold what the pages promise, and every link in them leads somewhere."""

import re
import tomllib
from html import unescape

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from referral.guidance import questions
from referral.guidance.hotlines import hotlines
from referral.guidance.questions import TEXTS
from referral.guidance.topics import topics
from referral.search import fits
from referral.search.urls import Search, parse
from tests.client import CheckingClient

FILES = {p.stem: tomllib.loads(p.read_text("utf-8")) for p in sorted(TEXTS.glob("*.toml"))}
PARTNER = "why-wont-my-partner-go-to-therapy-with-me"


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 12
    assert sum(t["safety"] for t in FILES.values()) == 2
    assert len(FILES[PARTNER]["answers"]) == 2


@pytest.mark.parametrize("slug", FILES)
def test_a_question_is_whole_and_kindly_put(slug: str) -> None:
    text = FILES[slug]
    words = " ".join([text["title"], text["short"], *(a["viewpoint"] + a["body"] for a in text["answers"])])

    assert text["topic"] in topics()
    assert "!" not in words
    assert all(a["author"] == "The editors" for a in text["answers"])
    assert set(text["related"]) <= set(FILES) - {slug}


@pytest.mark.parametrize("slug", FILES)
def test_a_source_is_a_name_in_every_language(slug: str) -> None:
    sources = " ".join(answer["adapted_from"] for answer in FILES[slug]["answers"])

    assert not re.search(r"[()]|\b(an?|the|its|page|study|others)\b", sources)


@pytest.mark.parametrize("slug", FILES)
def test_every_link_of_a_question_leads_somewhere(slug: str, client: CheckingClient) -> None:
    page = client.get(f"/questions/{slug}")
    links = re.findall(r'href="(/[^"#]*)', page.text)

    assert page.status_code == 200
    for link in {k.replace("&amp;", "&") for k in links if not k.startswith("/static")}:
        answer = client.get(link)
        answer.close()
        assert answer.status_code == 200, link


@pytest.mark.parametrize("slug", FILES)
def test_the_way_to_a_therapist_stands_right_under_the_short_answer(slug: str, client: CheckingClient) -> None:
    above = (
        client.get(f"/questions/{slug}").text.partition('<p class="short"')[2].partition('<section class="answer">')[0]
    )
    ways = re.findall(r'<a class="onward" href="([^"]*)">', above)
    searches = FILES[slug]["searches"]

    expected = [] if FILES[slug]["safety"] else [f"/search?{searches[0][1]}" if searches else "/"]
    assert ways == expected, "who is not safe at home is sent to help, not to a therapist"


@pytest.mark.parametrize("slug", FILES)
def test_every_search_a_question_offers_asks_for_something(slug: str) -> None:
    for _label, query in FILES[slug]["searches"]:
        pairs = [p.split("=") for p in query.split("&")]
        search = parse(MultiDict((k, v) for k, v in pairs))
        assert search != Search() and sum(len(t) for _f, t in search.terms) == len(pairs)


def test_every_situation_a_search_can_be_in_has_a_question() -> None:
    written = {s for text in FILES.values() for s in text["fits"]}

    assert {*fits._BY_TERM.values(), *fits.ALWAYS, "none_found", "far"} <= written


def test_loading_twice_leaves_each_question_once(session: Session) -> None:
    assert questions.load(session) == questions.load(session) == len(questions.all_questions(session))


def test_the_safety_page_shows_help_lines_with_their_country(client: CheckingClient) -> None:
    page = client.get(
        "/questions/when-is-couple-therapy-not-the-right-first-step", headers={"Accept-Language": "de-AT"}
    )

    text = unescape(page.text)

    for line in hotlines():
        assert line.service in text and line.url in text
    assert text.index("0800 222 555") < text.index("1-800-799-7233")


def test_help_lines_are_only_sure_ones_and_the_finder_comes_last() -> None:
    lines = hotlines("IE")

    assert lines[0].country_code == "IE" and lines[-1].country_code == "*"
    assert {"CH", "SE", "KE"}.isdisjoint(h.country_code for h in lines)


def test_no_number_stands_on_other_questions(client: CheckingClient) -> None:
    assert "1-800-799-7233" not in client.get(f"/questions/{PARTNER}").text


def test_a_question_that_is_not_there_is_404(client: CheckingClient) -> None:
    assert client.get("/questions/nothing").status_code == 404


def test_what_somebody_asked_for_comes_before_that_nobody_was_found() -> None:
    search = parse(MultiDict([("place", "4887398"), ("works_with", "one_partner")]))

    assert fits.situations(search, 0)[:2] == ["reluctant_partner", "none_found"]

"""A line that asks a question of ours finds it; a line that looks for somebody finds none."""

import pytest
from sqlalchemy.orm import Session

from referral.guidance import questions
from referral.guidance.finding import Titles
from referral.text import speaking
from tests.client import CheckingClient

COST = "what-does-it-cost-and-will-insurance-pay"
PARTNER = "why-wont-my-partner-go-to-therapy-with-me"

ASKED = {
    ("en", "how much does it cost"): COST,
    ("en", "my partner refuses"): PARTNER,
    ("en", "Why won't my partner go to therapy?"): PARTNER,
    ("en", "what happens in the first session"): "what-happens-in-the-first-session",
    ("en", "is it religious"): "is-imago-religious-or-political",
    ("en", "my wife had an affair"): "can-it-help-after-an-affair",
    ("de", "ist es zu spät für uns"): "is-it-too-late-for-us",
    ("fr", "combien ça coûte"): COST,
    ("es", "cuanto cuesta"): COST,
    ("he", "כמה זה עולה"): COST,
}

NOT_ASKED = ("", "Chicago", "Chicago Spanish", "online therapist", "couples workshop", "Dr Smith", "affair",
             "Spanish speaking therapist in Chicago who takes insurance", "wheelchair access", "evening sessions",
             "my partner is in Paris and I am in London")  # fmt: skip


@pytest.fixture
def titles(session: Session) -> Titles:
    questions.load(session)
    return Titles(questions.all_questions(session))


def test_a_question_is_found_in_the_language_of_the_page(titles: Titles) -> None:
    found = {}
    for language, line in ASKED:
        with speaking(language, f"/{language}"):
            found[language, line] = titles.find(line)

    assert found == ASKED


def test_who_looks_for_somebody_is_not_sent_reading(titles: Titles) -> None:
    assert {line: titles.find(line) for line in NOT_ASKED if titles.find(line)} == {}


def test_the_search_box_offers_it_first(client: CheckingClient) -> None:
    page = client.get("/search?q=my+partner+refuses", follow_redirects=True).text
    other = client.get("/search?q=how+much+does+it+cost", follow_redirects=True).text

    assert "A question about this" in page and page.index(PARTNER) < page.index('data-part="list"')
    assert page.count(f"/questions/{PARTNER}") == 1
    assert COST in other and "We could not place" not in other
    assert "A question about this" not in client.get("/search?q=Chicago", follow_redirects=True).text
    assert client.get("/api/v1/search?q=my+partner+refuses").json["guidance"][0]["url"].endswith(PARTNER)

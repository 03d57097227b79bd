"""How many a search finds, in words; and what the end of a long list says."""

import pytest
from markupsafe import Markup
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.types import Results
from referral.search.counting import beyond, counted
from tests.client import CheckingClient
from tests.make import make_listings


def of(total: int, **tracks: int) -> str:
    return counted(Results(total, (), {"track": tracks}))


@pytest.mark.parametrize(
    ("total", "tracks", "said"),
    [(3, {"clinical": 3}, "3 therapists"), (2, {"facilitator": 2}, "2 facilitators"),
     (3, {"clinical": 2, "facilitator": 1}, "3 therapists and facilitators"),
     (2, {"clinical": 2, "facilitator": 1}, "2 therapists and facilitators"),
     (3, {"facilitator": 1}, "3 practitioners"), (3, {"clinical": 2}, "3 practitioners"), (1, {}, "1 practitioner"),
     (3, {"clinical": 1, "facilitator": 1}, "3 practitioners"), (0, {}, "No therapist")],
)  # fmt: skip
def test_who_does_not_say_what_they_are_is_counted_as_neither(total: int, tracks: dict[str, int], said: str) -> None:
    assert of(total, **tracks) == said


@pytest.mark.parametrize(
    ("page", "total", "is_said"), [(50, 1931, True), (49, 1931, False), (50, 1000, False), (1, 3, False)]
)
def test_the_last_page_there_is_says_that_there_are_more(page: int, total: int, is_said: bool) -> None:
    assert bool(beyond(page, total)) == is_said


def test_a_list_of_thousands_says_at_its_end_how_to_see_the_others_and_marks_the_thousands(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        make_listings(session, [{"name": f"Person {n}"} for n in range(1003)])
        session.commit()

    first, last = (client.get(f"/search?in=US&page={n}") for n in (1, 50))

    said = "A list shows the first 1,000 of 1,003. Name a town or choose a filter to see the others."
    assert said in last.text and said not in first.text
    assert "1003" not in Markup(first.text).striptags() and "Show the list (1,003)" in first.text
    assert '<span class="count">1,003</span>' in first.text
    assert "1.003" in client.get("/de/search?in=US").text
    assert all(">1003<" not in client.get(path).text for path in ("/", "/networks/in/US"))

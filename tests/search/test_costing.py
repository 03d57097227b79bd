"""Who asks what it costs is shown the question about it, with a town or other words beside it, in any language."""

import pytest

from referral.search.costing import asks_the_cost
from tests.client import CheckingClient

COST = "what-does-it-cost-and-will-insurance-pay"


@pytest.mark.parametrize(
    "line",
    [
        "cost",
        "cost Chicago",
        "how much is couples therapy in Chicago",
        "price Chicago",
        "fees, Chicago",
        "Madison under $150",
        "Was kostet Paartherapie in Berlin",
        "Kosten Paartherapie Berlin",
        "prix Paris",
        "combien coûte une séance à Lyon",
        "cuánto cuesta la terapia de pareja en Madrid",
        "precio Madrid",
        "kosten relatietherapie Utrecht",
        "hvad koster parterapi i Aarhus",
        "cât costă terapia de cuplu în Cluj",
        "çift terapisi ücreti İstanbul",
        "כמה עולה טיפול זוגי בתל אביב",
        "부부상담 비용 서울",
        "كم تكلفة العلاج الزوجي في عمان",
    ],
)
def test_a_line_about_cost_is_told_as_one(line: str) -> None:
    assert asks_the_cost(line)


@pytest.mark.parametrize(
    "line", ["Chicago", "Costa Mesa", "San José, Costa Rica", "how much we fight", "Kostrzyn", "money problems"]
)
def test_other_lines_ask_no_cost(line: str) -> None:
    assert not asks_the_cost(line)


@pytest.mark.parametrize("line", ["price Chicago", "Was kostet Paartherapie in Berlin", "cost"])
def test_the_question_about_cost_stands_beside_the_search(client: CheckingClient, line: str) -> None:
    found = client.get("/search", query_string={"q": line}, follow_redirects=True)

    assert found.request.args["question"] == COST
    assert f'href="/questions/{COST}"' in found.text

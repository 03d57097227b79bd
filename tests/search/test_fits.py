"""What a line says between its words: fear, or not wanting to live, in any language; nothing where it says neither."""

import pytest

from referral.search.fits import alarm, situations, urgent
from referral.search.urls import Help, Search
from tests.client import CheckingClient

DESPAIR = "/questions/what-if-i-do-not-want-to-live-any-more"


@pytest.mark.parametrize(
    "line",
    [
        "suicide",
        "my husband is suicidal",
        "I don't want to live anymore",
        "he says he will kill himself",
        "ich will nicht mehr leben",
        "je veux mourir",
        "ik wil niet meer leven",
        "quiero morir",
        "jeg vil ikke leve",
        "vreau să mor",
        "ölmek istiyorum",
        "죽고 싶어요",
        "אני רוצה למות",
        "أريد أن أموت",
    ],
)
def test_despair_leads_to_help_and_is_not_kept(client: CheckingClient, line: str) -> None:
    there = client.get("/search", query_string={"q": line})
    beside_a_place = client.get("/search", query_string={"q": f"{line}, Chicago"})

    assert alarm(line) == Help.DESPAIR
    assert (there.status_code, there.headers["Location"]) == (303, DESPAIR)
    assert beside_a_place.headers["Location"] == "/search?place=4887398&help=2"
    assert DESPAIR in client.get("/search?place=4887398&help=2").text


@pytest.mark.parametrize(
    "line",
    ["he hits me", "I am afraid of him", "er schlägt mich", "elle me frappe",
     "he shouts at me", "er schreit mich an", "il me crie dessus", "me grita", "hij schreeuwt tegen me",
     "han råber ad mig", "soțul țipă la mine", "eşim bana bağırıyor", "בעלי צועק עליי", "جوزي بيزعقلي",
     "hij heeft me geslagen", "min mand slog mig", "soțul m-a bătut", "kocam tokat attı", "הוא סטר לי", "صفعني زوجي",
     "남편한테 맞았어요", "me ha pegado", "il a levé la main sur moi", "he threatens to kill me if I leave",
     "mi novia me revisa el celular", "checkt mijn telefoon", "telefonumu karıştırıyor"],
)  # fmt: skip
def test_fear_leads_to_its_own_page(line: str) -> None:
    assert alarm(line) == Help.FEAR


@pytest.mark.parametrize(
    "line",
    ["help", "Help me!", "please help", "Hilfe", "Au secours !", "hulp", "¡Ayuda!", "hjælp", "ajutor", "yardım edin",
     "도와주세요", "הצילו", "ساعدوني"],
)  # fmt: skip
def test_a_line_that_only_asks_for_help_leads_to_the_questions(client: CheckingClient, line: str) -> None:
    there = client.get("/search", query_string={"q": line})

    assert (there.status_code, there.headers["Location"]) == (303, "/questions")


@pytest.mark.parametrize("line", ["", " ", "help, Chicago", "help with trust", "français", "Helper"])
def test_a_line_that_says_more_is_searched_for(client: CheckingClient, line: str) -> None:
    assert client.get("/search", query_string={"q": line}).headers.get("Location") != "/questions"


@pytest.mark.parametrize(
    "line",
    ["Chicago", "we want to live together", "vil dog gerne mødes", "living apart", "Mordialloc", "Killarney",
     "he threatened to leave if I go to therapy", "my wife threatens divorce", "ma femme menace de partir",
     "me amenaza con el divorcio", "hun truer med skilsmisse", "boşanmakla tehdit ediyor", "מאיים להתגרש",
     "يهددني بالطلاق", "on se crie dessus", "서로 소리를 질러요", "vi råber ad hinanden", "non-violent communication"],
)  # fmt: skip
def test_what_says_neither_is_no_alarm(line: str) -> None:
    assert alarm(line) == Help.NONE


def test_the_page_shows_the_finder_and_no_line_for_violence(client: CheckingClient) -> None:
    page = client.get(DESPAIR).text

    assert "findahelpline.com" in page and "emergency number" in page
    assert "thehotline.org" not in page and "Other countries" not in page


@pytest.mark.parametrize("kind", [Help.FEAR, Help.DESPAIR])
def test_who_is_afraid_or_desperate_is_not_told_how_to_bring_the_other(client: CheckingClient, kind: Help) -> None:
    found = client.get(f"/api/v1/search?place=4887398&help={int(kind)}").json
    paths = [question["url"].rpartition("/")[2] for question in found["guidance"]]

    assert "reluctant_partner" in situations(Search(), 10)
    assert set(situations(Search(help=kind), 0)) == {urgent(Search(help=kind)), "safety", "private"}
    assert "when-is-couple-therapy-not-the-right-first-step" in paths and "is-my-search-private" in paths


@pytest.mark.parametrize(
    ("search", "slug"),
    [("topic=long_distance", "what-if-we-live-in-two-places-or-speak-two-languages"),
     ("works_with=long_distance", "what-if-we-live-in-two-places-or-speak-two-languages"),
     ("topic=separation", "is-it-too-late-for-us"), ("topic=divorce_decision", "is-it-too-late-for-us"),
     ("topic=lgbtq", "is-imago-for-same-sex-and-lgbtq-couples"),
     ("works_with=trans_and_nonbinary", "is-imago-for-same-sex-and-lgbtq-couples")],
)  # fmt: skip
def test_a_question_about_what_is_chosen_stands_beside_it(client: CheckingClient, search: str, slug: str) -> None:
    found = client.get(f"/api/v1/search?place=2988507&{search}").json

    assert slug in [question["url"].rpartition("/")[2] for question in found["guidance"]]

"""Who is to come along and does not want to finds the page for them, not the one about a partner who refuses."""

from urllib.parse import quote

import pytest

from referral.search.unwilling import is_unwilling
from referral.text import _, speaking
from tests.client import CheckingClient

OWN = "what-if-i-am-the-one-who-does-not-want-therapy"
PARTNER = "why-wont-my-partner-go-to-therapy-with-me"


@pytest.mark.parametrize(
    "line",
    ["my wife wants therapy but I don't", "I don't want to go to couples therapy", "I do not want counselling",
     "my partner is dragging me to therapy", "Chicago, my husband wants couples therapy, I don't",
     "meine Frau will zur Paartherapie, ich nicht", "ich will nicht zur Paartherapie", "meine Frau schleppt mich zur"
     " Therapie", "ma femme veut une thérapie, pas moi", "je ne veux pas aller en thérapie de couple",
     "mi mujer quiere terapia de pareja y yo no", "no quiero ir a terapia de pareja",
     "mijn vrouw wil relatietherapie, ik niet", "ik wil niet in relatietherapie",
     "min kone vil i parterapi, men jeg vil ikke", "jeg vil ikke i parterapi",
     "soția mea vrea terapie de cuplu, eu nu", "nu vreau să merg la terapie de cuplu",
     "eşim çift terapisi istiyor ama ben istemiyorum", "çift terapisine gitmek istemiyorum",
     "아내는 부부상담을 원하는데 저는 싫어요", "부부상담 가기 싫어요",
     "אשתי רוצה טיפול זוגי ואני לא", "אני לא רוצה ללכת לטיפול זוגי",
     "زوجتي تريد العلاج الزوجي وأنا لا أريد", "لا أريد الذهاب إلى العلاج الزوجي",
     "I don't believe in therapy but she wants it", "she wants couples therapy and I'm not into it",
     "ich halte nichts von Paartherapie", "je n'ai pas envie d'aller en thérapie", "no creo en la terapia",
     "ik heb geen zin in relatietherapie", "jeg gider ikke parterapi", "soția vrea la terapie, eu nu vreau",
     "terapiye inanmıyorum", "אין לי חשק לטיפול זוגי", "مراتي عايزة نروح لدكتور وانا مش عايز",
     "부부상담 받기 싫은데 아내가 원해요"],
)  # fmt: skip
def test_who_does_not_want_it_says_so_in_every_language(line: str) -> None:
    assert is_unwilling(line)


@pytest.mark.parametrize(
    "line",
    ["my husband refuses therapy", "my wife doesn't want therapy", "I want therapy but my wife doesn't",
     "mein Mann will nicht zur Paartherapie", "ma femme ne veut pas de thérapie", "mi marido no quiere ir a terapia",
     "mijn man wil niet in therapie", "min mand vil ikke i parterapi", "soțul meu nu vrea terapie",
     "eşim terapiye gitmek istemiyor", "남편이 상담을 거부해요", "בעלי לא רוצה טיפול זוגי",
     "زوجي لا يريد العلاج", "my husband doesn't believe in therapy", "mijn man heeft geen zin in therapie",
     "mi marido no cree en la terapia",
     "I don't want to lose her", "I don't want to go to therapy alone", "therapist Chicago",
     "I don't want online therapy", "ich will nicht allein zur Therapie", "Chicago, not online",
     "she wants a divorce, I don't, couples therapist Boston", "ich will keine Scheidung, Paartherapie Köln",
     "أريد العلاج، لا أريد الطلاق", "אני לא רוצה להתגרש, טיפול זוגי"],
)  # fmt: skip
def test_the_others_no_is_not_ones_own(line: str) -> None:
    assert not is_unwilling(line)


@pytest.mark.parametrize(
    ("line", "slug"),
    [("my partner is dragging me to therapy", OWN), ("my wife wants therapy but I don't", OWN),
     ("my husband refuses therapy", PARTNER), ("how do i get my husband to go to counseling", PARTNER)],
)  # fmt: skip
def test_each_is_led_to_the_page_for_them(client: CheckingClient, line: str, slug: str) -> None:
    found = client.get(f"/search?q={quote(line)}", follow_redirects=True)

    assert found.request.args["question"] == slug
    assert f'href="/questions/{slug}"' in found.text


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "my wife wants therapy but I don't"), ("en", "I don't want therapy"),
     ("de", "meine Frau will Therapie, ich aber nicht"), ("fr", "ma femme veut une thérapie mais pas moi"),
     ("es", "mi mujer quiere terapia pero yo no"), ("nl", "mijn vrouw wil therapie maar ik niet"),
     ("da", "min kone vil i terapi men det vil jeg ikke"), ("ro", "soția mea vrea terapie dar eu nu"),
     ("tr", "eşim terapi istiyor ama ben istemiyorum"), ("he", "אשתי רוצה טיפול אבל אני לא"),
     ("ar", "زوجتي تريد العلاج لكن أنا لا"), ("ko", "아내는 상담을 원하는데 저는 싫어요")],
)  # fmt: skip
def test_a_question_that_fits_is_no_failure(client: CheckingClient, language: str, line: str) -> None:
    found = client.get(f"/{language}/search?q={quote(line)}", follow_redirects=True)

    with speaking(language):
        asked, lacking = _("Others have asked this too"), _("Find a therapist")
        no_place = _("We found no place in it yet: a town, a postcode or a country is enough.")
    assert f">{asked}</h1>" in found.text
    assert found.request.args["question"] == OWN
    assert no_place not in found.text
    assert f">{lacking}</h1>" not in found.text


def test_who_only_asks_is_not_thanked(client: CheckingClient) -> None:
    asks = client.get("/en/search?q=what+does+it+cost", follow_redirects=True)
    tells = client.get(f"/en/search?q={quote('my wife wants therapy but I don’t')}", follow_redirects=True)

    assert ">Others have asked this too</h1>" in asks.text
    assert "Thank you for telling us." not in asks.text
    assert "Thank you for telling us. This question may fit." in tells.text

"""Fear that somebody goes is no fear of them; whoever fears what they do, or to leave them, is heard as ever."""

import pytest

from referral.search.fits import alarm
from referral.search.losing import without_loss
from referral.search.urls import Help
from tests.client import CheckingClient

LATE = "is-it-too-late-for-us"


@pytest.mark.parametrize(
    "line",
    ["scared he will leave me", "scared he will leave me again", "afraid she leaves me in Leeds",
     "I'm afraid of losing her", "scared my husband is cheating on me", "afraid he'll leave",
     "ich habe Angst, dass er geht", "Angst ihn zu verlieren", "ich habe Angst davor, verlassen zu werden",
     "j'ai peur qu'il me quitte", "peur de le perdre", "peur de l'abandon", "ik ben bang dat hij bij me weggaat",
     "bang om alleen te zijn", "tengo miedo de que me deje", "miedo a la soledad", "miedo de perderla",
     "jeg er bange for at hun forlader mig", "bange for at miste ham", "mă tem că o să mă părăsească",
     "mi-e frică să nu îl pierd", "beni terk edeceğinden korkuyorum", "eşimi kaybetmekten çok korkuyorum",
     "מפחדת שהוא יעזוב אותי", "מפחד לאבד אותה", "남편이 떠날까 봐 무서워요", "이혼하자고 할까 봐 두려워요",
     "خائفة أن يتركني زوجي", "أخاف من الطلاق"],
)  # fmt: skip
def test_fear_to_be_left_is_no_alarm(line: str) -> None:
    assert alarm(line) == alarm(f"{line}, Chicago") == Help.NONE
    assert without_loss(line) != line


@pytest.mark.parametrize(
    "line",
    ["scared of him", "scared to leave him", "I'm afraid to leave my husband", "he leaves me scared",
     "scared he will hurt me when he leaves me", "scared he will leave me bleeding",
     "afraid he will kill me if I leave",
     "scared he will leave me and he hits me", "scared he will leave me if I call the police",
     "scared he will leave me and take the kids", "Angst dass er mich verlässt wenn ich es sage",
     "peur qu'il me quitte si je parle", "miedo de que me deje si lo cuento",
     "ik ben bang dat hij weggaat als ik praat", "afraid to be alone with him", "ich habe Angst, ihn zu verlassen",
     "Angst dass er geht auf mich los", "ich habe Angst vor ihm", "Angst, dass er mich schlägt und dann geht",
     "j'ai peur de le quitter", "peur qu'il me frappe", "ik ben bang om hem te verlaten", "ik ben bang voor hem",
     "tengo miedo de dejarlo", "miedo de que me pegue y me deje", "jeg er bange for at forlade ham",
     "bange for at han går amok", "mi-e frică de el", "kocamdan korkuyorum", "ondan ayrılmaktan korkuyorum",
     "מפחדת ממנו", "מפחדת לעזוב אותו", "남편이 무서워요", "خائفة من زوجي", "خائفة أن أتركه"],
)  # fmt: skip
def test_fear_of_somebody_is_an_alarm_as_ever(line: str) -> None:
    assert alarm(line) == Help.FEAR


def test_not_wanting_to_live_is_heard_beside_it() -> None:
    assert alarm("scared he will leave me, I want to die") == Help.DESPAIR


def test_who_fears_to_be_left_gets_results_and_their_own_question(client: CheckingClient) -> None:
    alone = client.get("/search", query_string={"q": "scared he will leave me"}).headers["Location"]
    there = client.get("/de/search", query_string={"q": "ich habe Angst, dass er geht, Chicago"}).headers["Location"]

    assert alone == f"/search?topic=divorce_decision&question={LATE}"
    assert there == f"/de/search?place=4887398&topic=divorce_decision&question={LATE}"
    page = client.get(there).text
    assert f'href="/de/questions/{LATE}"' in page and "not-the-right-first-step" not in page

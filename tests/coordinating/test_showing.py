"""How a difference reads before it is taken over: in words, and no more than a coordinator needs."""

import pytest
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating.comparing import Comparison
from referral.coordinating.wording import in_words
from referral.listings.content import Office
from referral.listings.lines import lines
from referral.model import Network
from referral.text import languages, speaking
from tests.coordinating.people import make_member
from tests.coordinating.test_importing import compare, sent
from tests.make import make_content

POINT = {"lat": 41.87, "lon": -87.62, "point_source": ""}
HOME = {"country": "US", "region": "US-IL", "locality": "Chicago", **POINT}
HEADER = "Name;Land;Ort;Strasse\n"


def shown(session: Session, net: Network, me: Actor, row: str) -> Comparison:
    return compare(session, net, sent(session, net, me, row, header=HEADER))


def texts(found: Comparison) -> list[str]:
    rows = [*found.changed, *found.new]
    return [line.text for row in rows for one in row.told for line in (*one.before, *one.after)]


@pytest.mark.parametrize("visibility", ["area", "full", "none"])
def test_no_coordinator_reads_where_exactly_somebodys_rooms_are(
    session: Session, net: Network, me: Actor, visibility: str
) -> None:
    make_member(session, net, name="Ada Example", offices=[{**HOME, "address_visibility": visibility}])

    told = texts(shown(session, net, me, "Ada Example;US;Chicago;1 Mill Lane\n"))

    assert any("1 Mill Lane" in one for one in told) and not any("41.8" in one for one in told)


def test_a_pin_that_moves_alone_is_said() -> None:
    before = make_content(offices=[HOME])
    after = make_content(offices=[{**HOME, "lat": 41.9}])

    [told] = in_words(before, after)

    assert (told.label, [line.text for line in told.after]) == ("Offices", ["The pin moves."])
    assert in_words(before, before) == []


def test_an_address_without_a_street_is_not_said_to_be_shown() -> None:
    plain = Office("US", locality="Boston", address_visibility="full")

    assert lines("offices", [plain]) == ("Boston, United States",)
    assert lines("offices", [Office("US", locality="Boston", street="1 Mill Lane", address_visibility="full")]) == (
        "1 Mill Lane, Boston, United States (the address is shown)",
    )


@pytest.mark.parametrize("language", languages())
def test_how_a_file_was_read_is_said_in_words_of_the_language(
    session: Session, net: Network, me: Actor, language: str
) -> None:
    with speaking(language):
        guess = shown(session, net, me, "Ada Example;US;Chicago;\n").guess

    assert guess.startswith("\N{FIRST STRONG ISOLATE}utf-8\N{POP DIRECTIONAL ISOLATE}, ") and ";" not in guess
    assert ("semicolons" in guess) is (language == "en") and "delimiter" not in guess

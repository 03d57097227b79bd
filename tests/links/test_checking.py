"""Which links are looked at, what is kept of it, and what a moderator sees."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral.links import checking
from referral.links.fetching import Look
from referral.model import LinkCheck, Listing, Network
from referral.networks import rosters
from referral.nightly import looking
from referral.nightly.night import Night
from referral.workshops import publishing
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.workshops.test_publishing import PLAN, WEEKEND

DEAD = "https://dead.example.org/ada"


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Two listings of which one is hidden, a workshop, a network."""
    with Session(engine) as session:
        make_listing(session, name="Ada Example", website=DEAD)
        make_listing(session, name="Eve Invented", website="https://invented.example.org", demonstration=True)
        make_listing(session, name="Ben Hidden", website="https://hidden.example.org", status="hidden")
        facts = {"level": "national", "checked_on": TODAY, "source_url": "https://source.example.org"}
        session.add(Network(slug="sure", name="Sure", website="https://sure.example.org", confidence="high", **facts))
        plan = replace(PLAN, registration_url="https://register.example.org")
        publishing.add(session, plan, [WEEKEND], NOW, network_id=None)
        session.commit()
    return engine


def night(engine: Engine, index: EmbeddedIndex, seen: list[str], days: int = 0, works: bool = False) -> Night:
    def look(url: str) -> Look:
        seen.append(url)
        good = works or url != DEAD
        return Look(good, "200" if good else "404")

    return Night(engine, index, HEAD, NOW + timedelta(days), look=look)


def test_every_published_link_is_looked_at_and_nothing_else(filled: Engine, index: EmbeddedIndex) -> None:
    seen: list[str] = []

    counts = looking.links(night(filled, index, seen))

    assert sorted(seen) == [
        DEAD, "https://register.example.org", "https://source.example.org", "https://sure.example.org"]  # fmt: skip
    assert dict(counts) == {"looked at": 4, "do not work": 1, "not believed": 0}


def test_what_works_is_left_alone_for_a_week_and_what_does_not_is_looked_at_again(
    filled: Engine, index: EmbeddedIndex
) -> None:
    looked: dict[int, list[str]] = {}
    for days in (0, 0, 1, 6, 7):
        looked.setdefault(days, [])
        looking.links(night(filled, index, looked[days], days))

    assert (len(looked[0]), looked[1], looked[6], len(looked[7])) == (4, [DEAD], [DEAD], 4)
    with Session(filled) as session:
        check = session.get_one(LinkCheck, DEAD)
        assert (check.works, check.said, check.failing_since) == (False, "404", TODAY)
        assert check.checked_on == TODAY + timedelta(7)


def test_one_that_works_again_is_forgiven_and_one_that_is_gone_is_forgotten(
    filled: Engine, index: EmbeddedIndex
) -> None:
    looking.links(night(filled, index, []))
    looking.links(night(filled, index, [], 1, works=True))
    with Session(filled) as session:
        assert session.get_one(LinkCheck, DEAD).failing_since is None
        session.scalars(select(Listing).where(Listing.website == DEAD)).one().website = ""
        session.commit()

    looking.links(night(filled, index, [], 2))

    with Session(filled) as session:
        assert session.get(LinkCheck, DEAD) is None


def test_when_nothing_answers_it_is_our_own_line_and_nothing_is_noted(session: Session) -> None:
    nothing = {f"https://{n}.example.org": Look(False, "no such host") for n in range(checking.ALONE)}

    assert checking.note(session, nothing, TODAY) is False
    assert session.scalars(select(LinkCheck)).all() == []


def test_a_moderator_sees_what_is_dead_and_the_page_still_shows_it(
    client: CheckingClient, filled: Engine, index: EmbeddedIndex
) -> None:
    looking.links(night(filled, index, []))
    with Session(filled) as session:
        account = make_account(session, "moderator").id
        session.commit()

    page = signed_in(client, filled, account).get("/moderation/links").text

    assert DEAD in page and "Ada Example" in page and "404" in page and "sure.example.org" not in page
    assert DEAD in client.get("/therapists/ada-example").text


def test_nothing_is_said_to_work_before_anything_was_looked_at(client: CheckingClient, filled: Engine) -> None:
    with Session(filled) as session:
        account = make_account(session, "moderator").id
        session.commit()

    page = signed_in(client, filled, account).get("/moderation/links").text

    assert "No link was looked at yet." in page and "looked at works" not in page


def test_networks_of_the_editors_have_links_to_look_at(session: Session) -> None:
    rosters.load(session)

    assert len(checking.due(session, date(2027, 1, 1))) > 20

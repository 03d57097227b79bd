"""Who belongs to a network is found by the index: on its page, in the search, and no longer on the day it ends."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from index.types import Query
from referral.coordinating import demonstration as invented
from referral.listings import documents, indexing
from referral.model import Listing, Membership
from referral.networks import areas, rosters
from referral.nightly import belonging
from referral.nightly.midnight import Midnight
from referral.nightly.night import Night
from tests.client import CheckingClient
from tests.coordinating.people import make_member, make_network
from tests.make import HEAD, NOW, TODAY, make_listing

WIEN = {"country": "AT", "region": "AT-9", "locality": "Wien", "lat": 48.21, "lon": 16.37}
GRAZ = {"country": "AT", "region": "AT-6", "locality": "Graz", "lat": 47.07, "lon": 15.44}


@pytest.fixture
def people(engine: Engine, client: CheckingClient) -> Iterator[dict[str, Listing]]:
    """Ada and Ben belong to a national network and its part, Cleo has only applied, Dora works in the same country."""
    with Session(engine, expire_on_commit=False) as session:
        whole = make_network(session, "imago-alps", name="Imago Alps", areas=["AT"])
        part = make_network(session, "imago-graz", name="Imago Graz", areas=["AT-6"], level="city", parent_id=whole.id)
        found = {
            "ada": make_member(session, whole, name="Ada Wien", languages=["de"], **WIEN),
            "ben": make_member(session, part, name="Ben Graz", languages=["de", "en"], **GRAZ),
            "cleo": make_member(session, whole, name="Cleo Applied", applied=True, **WIEN),
            "dora": make_listing(session, name="Dora Other", **WIEN),
        }
        session.commit()
        yield found


def names(client: CheckingClient, query: str) -> list[str]:
    return sorted(r["name"] for r in client.get(f"/api/v1/search?{query}").json["results"])


def test_a_document_names_the_networks_that_know_somebody_as_a_member(session: Session, index: EmbeddedIndex) -> None:
    net = make_network(session)
    make_member(session, net, name="Ada")
    make_member(session, net, name="Ben", applied=True)
    gone = make_member(session, net, name="Cleo")
    rosters.end(session, net.id, gone.practitioner_id, TODAY)

    ada, ben, cleo = indexing.documents(session, TODAY)

    assert ada.terms[documents.NETWORK] == {"imago-example"}
    assert documents.NETWORK not in ben.terms and documents.NETWORK not in cleo.terms


def test_whoever_joins_or_leaves_is_found_or_not_at_the_next_search(session: Session, index: EmbeddedIndex) -> None:
    net = make_network(session)
    ada = make_listing(session, name="Ada")
    session.commit()
    totals = []

    for step in (
        lambda: None,
        lambda: rosters.apply(session, net.slug, ada.practitioner_id, TODAY),
        lambda: rosters.confirm(session, net.id, ada.practitioner_id, TODAY),
        lambda: rosters.end(session, net.id, ada.practitioner_id, TODAY),
        lambda: rosters.enrol(session, net.id, [ada.practitioner_id], TODAY),
    ):
        step()
        session.commit()
        indexing.follow(session, index, TODAY)
        totals.append(index.find(Query(terms=(("network", (net.slug,)),)), TODAY).total)
        assert indexing.verify(session, index, TODAY) == []

    assert totals == [0, 0, 1, 0, 1]


def test_a_membership_that_ends_later_holds_until_its_day(session: Session) -> None:
    make_member(session, make_network(session), name="Ada")
    session.execute(update(Membership).values(until=TODAY + timedelta(1)))

    held = [
        next(indexing.documents(session, TODAY + timedelta(days))).terms.get(documents.NETWORK) for days in range(3)
    ]

    assert held == [{"imago-example"}, None, None]


def test_the_family_of_a_network_is_all_that_depend_on_it(session: Session) -> None:
    whole = make_network(session, "whole")
    part = make_network(session, "part", parent_id=whole.id)
    make_network(session, "town", parent_id=part.id)
    make_network(session, "other")
    every = areas.all_networks(session)

    assert set(areas.family(every, "whole")) == {"whole", "part", "town"}
    assert areas.family(every, "part") == ("part", "town") and areas.family(every, "nobody") == ()


def test_networks_that_name_each_other_as_parent_end_the_walk(session: Session) -> None:
    one = make_network(session, "one")
    two = make_network(session, "two", parent_id=one.id)
    one.parent_id = two.id
    session.flush()

    assert set(areas.family(areas.all_networks(session), "one")) == {"one", "two"}


@pytest.mark.usefixtures("people")
def test_a_search_can_ask_for_the_members_of_a_network_and_of_those_within_it(client: CheckingClient) -> None:
    assert names(client, "network=imago-alps") == ["Ada Wien", "Ben Graz"]
    assert names(client, "network=imago-graz") == ["Ben Graz"]
    assert names(client, "network=imago-alps&in=AT-9") == ["Ada Wien"]
    assert names(client, "network=imago-alps&language=en") == ["Ben Graz"]
    assert names(client, "network=nobody&in=AT") == ["Ada Wien", "Ben Graz", "Cleo Applied", "Dora Other"]


@pytest.mark.usefixtures("people")
def test_the_network_is_a_part_of_what_was_understood_that_can_be_taken_away(client: CheckingClient) -> None:
    told = client.get("/api/v1/search?network=imago-alps&in=AT").json["understood"]["chips"]
    page = client.get("/search?in=AT&network=imago-alps").text

    assert {"kind": "network", "value": "imago-alps", "label": "Imago Alps"} in told
    assert 'href="/search?in=AT"' in page and 'name="network" value="imago-alps"' in page
    assert "2 therapists of Imago Alps" in client.get("/search?network=imago-alps").text


@pytest.mark.usefixtures("people")
def test_a_place_typed_while_a_network_is_chosen_keeps_it(client: CheckingClient) -> None:
    found = client.get("/search?q=Graz&network=imago-alps").location

    assert "network=imago-alps" in found and "place=" in found


@pytest.mark.usefixtures("people")
def test_a_wider_search_stays_within_the_network(client: CheckingClient) -> None:
    wider = client.get("/api/v1/search?in=AT-6&network=imago-alps").json["wider"]

    assert [(w["kind"], [r["name"] for r in w["results"]]) for w in wider] == [("area", ["Ada Wien"])]


@pytest.mark.usefixtures("people")
def test_the_page_of_a_network_lists_its_members_and_leads_to_all_of_them(client: CheckingClient) -> None:
    page = client.get("/networks/imago-alps").text

    assert "Ada Wien" in page and "Ben Graz" in page and "Dora Other" not in page and "Cleo" not in page
    assert "2 members listed" in page and 'href="/search?network=imago-alps">All members, with filters' in page
    assert "/search?network=imago-alps&amp;language=en" in page
    assert 'href="/search?in=AT"' in page, "everybody of the area is one link away"


def test_a_network_of_no_known_member_says_so_and_offers_the_people_of_its_area(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        make_network(session, "imago-alps", name="Imago Alps", areas=["AT"])
        make_listing(session, name="Dora Other", **WIEN)
        session.commit()

    page = client.get("/networks/imago-alps").text

    assert "We know of no member of this network who is listed here yet." in page
    assert page.index("We know of no member") < page.index("People in its area") < page.index("Dora Other")
    assert "/search?network=" not in page


def test_a_network_of_the_whole_world_without_members_promises_nobody(client: CheckingClient) -> None:
    page = client.get("/networks/imago-relationships-worldwide").text

    assert "We know of no member of this network" in page and "People in its area" not in page


@pytest.mark.parametrize("by", ["nightly", "midnight"])
def test_on_its_last_day_a_membership_leaves_the_index_once(engine: Engine, index: EmbeddedIndex, by: str) -> None:
    with Session(engine) as session:
        make_member(session, make_network(session), name="Ada")
        session.execute(update(Membership).values(until=TODAY + timedelta(1)))
        session.commit()
    nights = [Night(engine, index, HEAD, NOW + timedelta(days)) for days in (0, 0, 1, 1, 2)]
    ended, totals = [], []
    midnight = Midnight(iter((nights[2], nights[4])).__next__, iter([night.today for night in nights]).__next__)

    for night in nights if by == "nightly" else nights[1:]:
        ended.append(belonging.memberships(night)["ended"]) if by == "nightly" else midnight.look()
        with Session(engine) as session:
            indexing.follow(session, index, night.today)
            assert indexing.verify(session, index, night.today) == []
        totals.append(index.find(Query(terms=(("network", ("imago-example",)),)), night.today).total)

    assert totals == ([1, 1, 0, 0, 0] if by == "nightly" else [1, 0, 0, 0])
    assert ended == ([0, 0, 1, 0, 0] if by == "nightly" else [])


def test_invented_people_belong_to_the_networks_that_cover_their_place(session: Session) -> None:
    rosters.load(session)
    for n in range(40):
        make_listing(session, name=f"Person {n}", demonstration=True, **WIEN)
    real = make_listing(session, name="Real Person", **WIEN)

    added = [invented.people(session, NOW) for _ in range(2)]
    found = list(indexing.documents(session, TODAY))
    belong = [d for d in found if d.terms.get(documents.NETWORK) == {"imago-austria"}]

    assert added[0] > 25 and added[1] == 0
    assert 25 <= len(belong) < 40, "most, so that who does not belong can be seen too"
    assert real.id not in {d.id for d in belong}

"""A therapist sees which networks they belong to, applies to one, and to one they left."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import AuditEntry, Listing, Membership, Network
from referral.networks import rosters
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.coordinating.people import make_network
from tests.make import TODAY, make_account, make_listing
from tests.people import Write

PAGE = "/listing/networks"
LONG_AGO = TODAY - timedelta(400)


@pytest.fixture
def net(write: Write) -> Network:
    network: Network = write(make_network)
    return network


@pytest.fixture
def listing(write: Write) -> Listing:
    return write(lambda s: make_listing(s, name="Ann Example"))  # type: ignore[no-any-return]


@pytest.fixture
def ann(client: CheckingClient, engine: Engine, listing: Listing, write: Write) -> CheckingClient:
    write(lambda s: make_account(s, email="ann@example.org", practitioner_id=listing.practitioner_id))
    return sign_in(client, engine)


def standing(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [rosters.standing(one, TODAY) for one in session.scalars(select(Membership))]


def test_one_applies_and_takes_it_back(ann: CheckingClient, net: Network, engine: Engine) -> None:
    assert f'href="{PAGE}"' in ann.get("/listing").text
    assert net.name in ann.get(PAGE).text

    done = ann.post_form(PAGE, network=net.slug)

    assert (done.location, standing(engine)) == (f"{PAGE}?said=applied#said", ["applied"])
    page = ann.get(done.location).text
    assert "You applied on" in page and "we write to you" in page and f'value="{net.slug}"' not in page
    assert ann.post_form(f"{PAGE}/{net.slug}/take-back").location == f"{PAGE}?said=taken-back#said"
    assert standing(engine) == []
    assert ann.post_form(f"{PAGE}/{net.slug}/take-back").status_code == 409
    with Session(engine) as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.detail["network"].as_string() == net.slug))
        assert [one.action for one in told] == ["apply", "take_back"]


def test_who_left_can_come_back_and_reads_of_the_time_before(
    ann: CheckingClient, net: Network, listing: Listing, engine: Engine, write: Write
) -> None:
    write(lambda s: rosters.enrol(s, net.id, [listing.practitioner_id], LONG_AGO))
    write(lambda s: rosters.end(s, net.id, listing.practitioner_id, TODAY))
    assert "You were a member until" in ann.get(PAGE).text

    assert ann.post_form(PAGE, network=net.slug).status_code == 303

    assert standing(engine) == ["applied"] and "Was a member before, from" in ann.get(PAGE).text
    ann.post_form(f"{PAGE}/{net.slug}/take-back")
    assert standing(engine) == ["former"]


def test_a_member_cannot_apply_nor_take_the_membership_back(
    ann: CheckingClient, net: Network, listing: Listing, engine: Engine, write: Write
) -> None:
    write(lambda s: rosters.enrol(s, net.id, [listing.practitioner_id], TODAY))

    assert ann.post_form(f"{PAGE}/{net.slug}/take-back").status_code == 409
    again = ann.post_form(PAGE, network=net.slug)
    assert again.status_code == 409 and "belong to this network already" in again.text
    assert standing(engine) == ["member"]


@pytest.mark.parametrize(("network", "said"), [("", "Choose a network."), ("nowhere", "There is no such network.")])
def test_what_is_no_network_is_said(ann: CheckingClient, network: str, said: str) -> None:
    page = ann.post_form(PAGE, network=network)

    assert page.status_code == 400 and said in page.text

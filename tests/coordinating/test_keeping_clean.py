"""What a roster leaves behind: nothing of who is erased, nor of what nobody took over; and one to try things out."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral.accounts import demonstration
from referral.coordinating import demonstration as invented
from referral.coordinating import files, members
from referral.listings import revisions
from referral.model import Account, Membership, Network, RosterFile
from referral.nightly import clearing
from referral.nightly.night import Night
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.coordinating.people import coordinator_of, make_member, make_network
from tests.make import HEAD, NOW, TODAY, make_listing
from tests.people import TORONTO


def test_a_roster_nobody_took_over_is_forgotten_after_a_day(engine: Engine, index: EmbeddedIndex) -> None:
    with Session(engine) as session:
        net = make_network(session)
        files.keep(session, net.id, coordinator_of(session, net).account_id, "old.csv", b"name\n", NOW - timedelta(1))
        files.keep(session, net.id, coordinator_of(session, net).account_id, "new.csv", b"name\n", NOW)
        session.commit()

    done = clearing.drafts(Night(engine, index, HEAD, NOW))

    assert done["rosters"] == 1
    with Session(engine) as session:
        assert session.scalars(select(RosterFile.name)).all() == ["new.csv"]


def test_who_is_erased_stands_in_no_roster_and_no_file(session: Session) -> None:
    net, other = make_network(session), make_network(session, "other")
    ada = make_member(session, net, name="Ada Example", email="ada@example.org", source="imago-example:17")
    kept = {
        "named": "name\nBen Example\nÀDA EXAMPLE\n",
        "turned": "surname,name\nExample,Ada Maria\n",
        "addressed": "name,email\nA. E.,Ada@example.org\n",
        "numbered": "id,name\n17,A. E.\n",
        "others": "name,email\nBen Example,ben@example.org\nAda Other,o@example.org\n17,\n",
    }
    for name, content in kept.items():
        files.keep(session, net.id, coordinator_of(session, net).account_id, name, content.encode(), NOW)
    files.keep(session, other.id, coordinator_of(session, other).account_id, "elsewhere", b"id,name\n17,A. E.\n", NOW)

    revisions.erase(session, [ada.id], NOW)

    assert session.scalars(select(RosterFile.name)).all() == ["others", "elsewhere"]
    assert session.scalar(select(func.count()).select_from(Membership)) == 0


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Toronto Anna Miller,,", {"name": "Toronto Anna", "status": "pending"}),  # anybody may call themselves so
        ("Anna Miller,,", {"name": "Anna"}),
        ("Anna Miller,Toronto,", {"name": "Toronto Anna"}),  # a town is no part of a name
        ("Anna Miller,,Couples", {"name": "Couples"}),  # whose page is called as a cell is
    ],
)
def test_nobody_takes_a_waiting_roster_away_by_leaving(session: Session, line: str, who: dict[str, str]) -> None:
    net = make_network(session)
    content = f"name,town,works with\n{line}\n".encode()
    files.keep(session, net.id, coordinator_of(session, net).account_id, "r.csv", content, NOW)

    revisions.erase(session, [make_listing(session, **who).id], NOW)

    assert session.scalar(select(func.count()).select_from(RosterFile)) == 1


def test_the_demonstrations_coordinator_finds_a_roster_once(app: Flask, engine: Engine) -> None:
    with Session(engine) as session:
        for n in range(25):
            make_listing(session, name=f"Person {n}", demonstration=True, **TORONTO)
        make_listing(session, name="Real Person", country="CA")
        [_therapist, (_address, link), _moderator] = demonstration.links(session, NOW, "")
        added = [invented.people(session, NOW) for _ in range(2)]
        network = session.scalars(select(Network).where(Network.slug == "imago-canada")).one()
        counts = members.counts(session, [network.id], TODAY)[network.id]
        session.commit()
    assert added[0] and not added[1] and (counts.members, counts.applied) == (19, 1)
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.may_get_cookie = True

    arrived = client.post(link)

    assert arrived.location == "/coordination"
    assert "Imago Canada" in client.get("/coordination").text


def test_an_account_without_a_network_sees_none(client: CheckingClient, engine: Engine) -> None:
    me = signed_in_as(client, engine, "coordinator")

    assert "No network is yours" in me.get("/coordination").text
    with Session(engine) as session:
        assert session.scalar(select(Account.networks)) == []

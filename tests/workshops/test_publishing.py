"""Adding, changing and withdrawing workshops."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import changes
from referral.errors import UsageError
from referral.listings import revisions
from referral.model import AuditEntry, Letter, Network, Workshop
from referral.networks import rosters
from referral.workshops import publishing
from referral.workshops.planning import Dates, Plan, repeated
from tests.coordinating.people import coordinator_of, make_member, make_network
from tests.make import NOW, TODAY, make_listing

PLAN = Plan(
    programme="couples",
    title="A weekend for two",
    language="de",
    time_zone="Europe/Vienna",
    locality="Wien",
    country="AT",
    lat=48.2085,
    lon=16.3721,
)
WEEKEND: Dates = (datetime(2027, 1, 9, 9), datetime(2027, 1, 10, 16))


@pytest.fixture
def network(session: Session) -> int:
    rosters.load(session)
    return session.scalars(select(Network.id).where(Network.slug == "imago-austria")).one()


def test_one_entry_becomes_a_row_for_each_date(session: Session, network: int) -> None:
    before = changes.clock(session).content

    made = publishing.add(session, PLAN, repeated(*WEEKEND, "month", 3), NOW, network_id=network)

    assert [w.slug for w in made] == ["a-weekend-for-two-wien", "a-weekend-for-two-wien-2", "a-weekend-for-two-wien-3"]
    assert len({w.series for w in made}) == 1 and made[0].series
    assert made[0].starts_at == datetime(2027, 1, 9, 8, tzinfo=UTC)
    assert changes.clock(session).content == before + 1
    assert session.scalars(select(AuditEntry.action)).all() == ["workshop_added"] * 3


def test_one_that_stands_alone_is_no_series(session: Session, network: int) -> None:
    assert publishing.add(session, PLAN, [WEEKEND], NOW, network_id=network)[0].series == ""


def test_what_is_over_is_not_published(session: Session, network: int) -> None:
    with pytest.raises(UsageError, match="over"):
        publishing.add(session, PLAN, [WEEKEND], datetime(2027, 2, 1, tzinfo=UTC), network_id=network)
    assert session.scalars(select(Workshop)).all() == []


def test_a_change_says_which_version_it_began_from(session: Session, network: int) -> None:
    made = publishing.add(session, PLAN, [WEEKEND], NOW, network_id=network)[0]
    later: Dates = (WEEKEND[0] + timedelta(7), WEEKEND[1] + timedelta(7))

    changed = publishing.change(session, made.public_id, replace(PLAN, title="For two"), later, NOW, version=1)

    assert (changed.title, changed.version, changed.slug) == ("For two", 2, "a-weekend-for-two-wien")
    assert changed.starts_at == datetime(2027, 1, 16, 8, tzinfo=UTC)
    with pytest.raises(UsageError) as stale:
        publishing.change(session, made.public_id, PLAN, WEEKEND, NOW, version=1)
    assert stale.value.status == 409


def test_the_words_of_a_series_can_be_changed_from_one_date_on(session: Session, network: int) -> None:
    made = publishing.add(session, PLAN, repeated(*WEEKEND, "week", 3), NOW, network_id=network)
    dates = [w.starts_at for w in made]

    publishing.change(
        session, made[1].public_id, replace(PLAN, title="New"), repeated(*WEEKEND, "week", 3)[1], NOW,
        version=1, following=True,
    )  # fmt: skip

    assert [w.title for w in made] == ["A weekend for two", "New", "New"]
    assert [w.starts_at for w in made] == dates


def test_another_time_zone_moves_the_moment_and_not_the_hour_on_the_clock(session: Session, network: int) -> None:
    made = publishing.add(session, PLAN, repeated(*WEEKEND, "week", 2), NOW, network_id=network)

    there = replace(PLAN, time_zone="Europe/Lisbon")
    publishing.change(session, made[0].public_id, there, WEEKEND, NOW, version=1, following=True)

    assert [publishing.local(w)[0].hour for w in made] == [9, 9]
    assert [w.starts_at.hour for w in made] == [9, 9]


def test_a_withdrawn_one_stays_to_be_read_and_is_withdrawn_once(session: Session, network: int) -> None:
    made = publishing.add(session, PLAN, repeated(*WEEKEND, "week", 3), NOW, network_id=network)

    publishing.withdraw(session, made[0].public_id, NOW)
    publishing.withdraw(session, made[0].public_id, NOW + timedelta(1))
    publishing.withdraw(session, made[1].public_id, NOW, following=True)

    assert [w.withdrawn_at for w in made] == [NOW] * 3
    assert session.scalars(select(AuditEntry.action)).all().count("workshop_withdrawn") == 3
    with pytest.raises(UsageError):
        publishing.change(session, made[0].public_id, PLAN, WEEKEND, NOW, version=2)


def test_one_that_is_not_there_is_404(session: Session) -> None:
    with pytest.raises(UsageError) as missing:
        publishing.withdraw(session, "nobody", NOW)
    assert missing.value.status == 404


def test_who_was_erased_leads_no_workshop_any_more(session: Session) -> None:
    net = make_network(session)
    ada = make_member(session, net, name="Ådá Example", public_id="adaexample12")
    rosters.end(session, net.id, ada.practitioner_id, TODAY)
    page = "http://x.example/therapists/ada-example/"
    names = ("adaexample12", "Ada Example, LMFT", page, "Ada Examples", "Ben Guest")
    plans = (replace(PLAN, presenters=names), replace(PLAN, presenters=("Ben Guest",)))
    one, other = (publishing.add(session, plan, [WEEKEND], NOW, network_id=net.id)[0] for plan in plans)
    before = changes.clock(session).content

    revisions.erase(session, [ada.id], NOW)

    session.refresh(one)
    assert (one.presenters, one.version, other.version) == (["Ada Examples", "Ben Guest"], 2, 1)
    assert changes.clock(session).content > before


def test_a_guest_who_was_erased_leads_no_workshop_any_more_and_coordinators_hear_of_it(session: Session) -> None:
    net, home = make_network(session), make_network(session, "home")
    coordinator_of(session, net, email="cora@example.org", language="de")
    coordinator_of(session, home, email="elsewhere@example.org")
    ann = make_member(session, home, name="Anna Miller")
    plan = replace(PLAN, presenters=("anna miller, PhD", "Anna Miller-Smith", "Ben Guest"))
    series = publishing.add(session, plan, repeated(*WEEKEND, "week", 3), NOW, network_id=net.id)
    over = publishing.add(session, plan, [WEEKEND], NOW, network_id=net.id)[0]
    over.starts_at, over.ends_at = NOW - timedelta(2), NOW - timedelta(1)

    revisions.erase(session, [ann.id], NOW)

    assert [one.presenters for one in (*series, over)] == [["Anna Miller-Smith", "Ben Guest"]] * 4
    [letter] = session.scalars(select(Letter).where(Letter.kind == "presenter_gone"))
    assert (letter.to, PLAN.title in letter.body["text"]) == ("cora@example.org", True)
    assert "Miller" not in str(letter.body)


@pytest.mark.parametrize(
    "who", ["of one word", "never seen", "a namesake is listed", "invented", "called as a page is"]
)
def test_nobody_takes_a_line_of_others_away_by_leaving(session: Session, who: str) -> None:
    net, other = make_network(session), make_network(session, "other")
    lines = ("Anna Miller", "ada-example")
    one = publishing.add(session, replace(PLAN, presenters=lines), [WEEKEND], NOW, network_id=net.id)[0]
    if who == "a namesake is listed":
        make_listing(session, name="anna miller")
    gone = {
        "of one word": lambda: make_member(session, net, name="Anna"),
        "never seen": lambda: make_member(session, net, name="Anna Miller", applied=True, status="pending"),
        "a namesake is listed": lambda: make_member(session, other, name="Anna Miller"),
        "invented": lambda: make_listing(session, name="Anna Miller", demonstration=True),
        "called as a page is": lambda: make_listing(session, name="Ada Example"),
    }[who]()

    revisions.erase(session, [gone.id], NOW)

    session.refresh(one)
    assert (tuple(one.presenters), one.version) == (lines, 1)

"""The roster of a network: who stands on it, who needs something, and that nobody sees another's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import members, scope
from referral.errors import UsageError
from referral.listings import attestations, revisions
from referral.listings.content import Credential
from referral.networks import rosters
from tests.coordinating.people import coordinator_of, make_member, make_network
from tests.make import NOW, TODAY, make_account, make_listings

LONG_AGO = TODAY - timedelta(61)


def paper(days: int | None, level: str = "certified_imago_therapist") -> Credential:
    return Credential(level, "Example", date(2015, 5, 1), None if days is None else TODAY + timedelta(days))


def names(session: Session, network: object, **asked: object) -> list[str]:
    return [m.name for m in members.roster(session, network, TODAY, **asked).members]  # type: ignore[arg-type]


def test_the_roster_says_who_belongs_and_what_each_needs(session: Session) -> None:
    net = make_network(session, level_labels={"certified_imago_therapist": "Zertifiziert"})
    make_member(session, net, name="Ada", credentials=[paper(None)])
    make_member(session, net, name="Ben", attested_on=LONG_AGO, credentials=[paper(30), paper(-1)])
    make_member(session, net, name="Cara", applied=True, status="pending", consented_on=TODAY)
    make_member(session, make_network(session, "other"), name="Somebody else")

    ada, ben, cara = members.roster(session, net, TODAY).members

    assert (ada.standing, ada.stale, ada.papers[0].state, ada.papers[0].label) == (
        "member", False, "valid", "Zertifiziert",
    )  # fmt: skip
    assert (ben.stale, [p.state for p in ben.papers]) == (True, ["soon", "ended"])
    assert [p.key for p in ben.papers] == ["certified_imago_therapist.0", "certified_imago_therapist.1"]
    assert (cara.standing, cara.status, cara.agreed, cara.is_public) == ("applied", "pending", True, False)
    assert members.counts(session, [net.id], TODAY)[net.id] == members.Counts(2, 1, 1, 1)
    assert members.counts(session, [net.id], TODAY)[999] == members.Counts()


def test_only_some_of_them_in_another_order(session: Session) -> None:
    net = make_network(session)
    make_member(session, net, name="Ada", credentials=[paper(300)])
    make_member(session, net, name="ben", attested_on=LONG_AGO, credentials=[paper(20)])
    make_member(session, net, name="Cara", credentials=[paper(None)], attested_on=TODAY - timedelta(3))
    make_member(session, net, name="Dan", applied=True)
    gone = make_member(session, net, name="Eve")
    rosters.end(session, net.id, gone.practitioner_id, TODAY)

    assert names(session, net) == ["Ada", "ben", "Cara", "Dan"]
    assert names(session, net, only="stale") == ["ben"] and names(session, net, only="soon") == ["ben"]
    assert names(session, net, only="applied") == ["Dan"] and names(session, net, only="former") == ["Eve"]
    assert names(session, net, sort="expires") == ["ben", "Ada", "Cara", "Dan"]
    assert names(session, net, sort="attested")[0] == "ben"
    assert names(session, net, words="AR") == ["Cara"] and names(session, net, words="%") == []


@pytest.mark.parametrize("words", ["Åsa", "åsa", "Asa", "ÉMOND", "emond", " sa  em", "sa-em"])
def test_a_name_is_found_in_any_case_of_any_letters(session: Session, words: str) -> None:
    net = make_network(session)
    for name in ("Åsa Émond", "Zoe", "ådne"):
        make_member(session, net, name=name)

    assert names(session, net, words=words) == ["Åsa Émond"]
    assert names(session, net) == ["Zoe", "ådne", "Åsa Émond"]


def test_days_of_a_pause_make_nobody_stale(session: Session) -> None:
    net = make_network(session)
    rested = make_member(session, net, name="Rested", attested_on=TODAY - timedelta(200))
    silent = make_member(session, net, name="Silent", attested_on=TODAY - timedelta(70))
    revisions.pause(session, rested.id, None, NOW - timedelta(190))
    attestations.resume(session, rested.id, NOW - timedelta(20), make_account(session).id)

    everybody = members.roster(session, net, TODAY).members

    assert [(one.name, one.stale) for one in everybody] == [("Rested", False), ("Silent", True)]
    assert everybody[0].attested == TODAY - timedelta(200), "what was truly said stays said"
    assert names(session, net, only="stale") == ["Silent"]
    assert names(session, net, sort="attested") == ["Silent", "Rested"]
    assert members.counts(session, [net.id], TODAY)[net.id].stale == 1
    assert silent.status == "active"


def test_a_page_of_two_thousand_takes_a_handful_of_queries(session: Session) -> None:
    net = make_network(session)
    ids = make_listings(session, ({"name": f"Person {n:04}"} for n in range(2000)))
    people = [row[0] for row in session.execute(_practitioners(ids))]
    rosters.enrol(session, net.id, people, TODAY)
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append(a[2]))

    page = members.roster(session, net, TODAY, page=40)
    beyond = members.roster(session, net, TODAY, page=99)

    assert (page.total, page.pages, page.members[0].name) == (2000, 40, "Person 1950")
    assert beyond.page == 40 and len(asked) <= 8


def _practitioners(ids: list[int]) -> object:
    from sqlalchemy import select

    from referral.model import Listing

    return select(Listing.practitioner_id).where(Listing.id.in_(ids))


def test_nobody_sees_anothers_network(session: Session) -> None:
    mine, other = make_network(session, "mine"), make_network(session, "other")
    theirs = make_member(session, other, name="Theirs")
    me = coordinator_of(session, mine)

    assert [n.slug for n in scope.networks_of(session, me)] == ["mine"]
    for deed in (
        lambda: scope.network_for(session, me, "other"),
        lambda: scope.network_for(session, me, "nowhere"),
        lambda: scope.member_for(session, me, "other", theirs.public_id, TODAY),
        lambda: scope.member_for(session, me, "mine", theirs.public_id, TODAY),
    ):
        with pytest.raises(UsageError) as refused:
            deed()
        assert refused.value.status == 404


def test_an_operator_sees_all_of_them_and_changes_nothing(session: Session) -> None:
    make_network(session, "one")
    operator = Actor("operator", 1, second_factor=True)

    assert [n.slug for n in scope.networks_of(session, operator)] == ["one"]
    assert scope.network_for(session, operator, "one", "import").slug == "one"
    with pytest.raises(UsageError) as refused:
        scope.network_for(session, operator, "one", "edit")
    assert refused.value.status == 403


def test_nobody_decides_about_themselves_and_nothing_is_done_twice(session: Session) -> None:
    net = make_network(session)
    own = make_member(session, net, name="Me", applied=True)
    ben = make_member(session, net, name="Ben")
    down = make_member(session, net, name="Removed")
    me = coordinator_of(session, net, listing=own)
    down.status = "removed"
    session.flush()

    for public_id, action, status in (
        (own.public_id, "confirm", 403),
        (own.public_id, "end", 403),
        (ben.public_id, "confirm", 409),
        (down.public_id, "renew", 409),
    ):
        with pytest.raises(UsageError) as refused:
            scope.member_for(session, me, net.slug, public_id, TODAY, action, vouching=True)
        assert refused.value.status == status
    assert scope.member_for(session, me, net.slug, own.public_id, TODAY).listing.id == own.id
    assert members.member(session, net, own.id, TODAY, own.id).own
    assert NOW.date() == TODAY

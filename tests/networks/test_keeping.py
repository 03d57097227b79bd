"""A network keeps what is said of it: at once what reaches it, the rest when a moderator has read it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import changes
from referral.errors import UsageError
from referral.model import AuditEntry, Network, NetworkRevision
from referral.networks import areas, facts, keeping, rosters
from tests.coordinating.people import make_network
from tests.make import NOW, TODAY, make_account


def wish(network: Network, **fields: Any) -> dict[str, Any]:
    return {**facts.facts(network), **fields}


def names(code: str) -> str:
    return {"US-IL": "Illinois"}.get(code, "")


def test_how_it_is_reached_is_published_at_once(session: Session) -> None:
    net, me = make_network(session), make_account(session, "coordinator")
    before = changes.clock(session).content

    done = keeping.submit(
        session, net.id, wish(net, phone="+49 89 123456", website="https://example.org"), 1, me.id, NOW
    )

    assert done == keeping.Submitted(2, ("website", "phone"), ())
    assert (net.phone, net.website, net.kept_on, net.version) == ("+49 89 123456", "https://example.org", TODAY, 2)
    assert changes.clock(session).content == before + 1
    revision = session.scalars(select(NetworkRevision)).one()
    assert (revision.state, revision.before["phone"], revision.author_id) == ("approved", "", me.id)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.object == f"network:{net.public_id}")).one()
    assert (entry.action, entry.account_id) == ("submit", me.id)


def test_what_it_claims_waits_for_a_moderator(session: Session) -> None:
    net, me, mod = make_network(session), make_account(session, "coordinator"), make_account(session, "moderator")
    asked = wish(
        net,
        areas=["US-IL", "CA"],
        offers="Workshops",
        training="Levels",
        level_labels={"imago_trainee": "Student"},
        phone="+1 555 12",
    )

    done = keeping.submit(session, net.id, {**asked, "phone": "+1 312 555 0123"}, 1, me.id, NOW)
    waits = keeping.waiting(session, net.id)

    assert done.waiting == ("offers", "training", "areas", "level_labels") and waits is not None
    assert (net.offers, [a.code for a in net.areas], net.phone) == ("", ["US-IL"], "+1 312 555 0123")
    told = facts.between(facts.facts(net), waits.content, names)
    assert [(d.label, [x.text for x in d.after]) for d in told] == [
        ("What it offers", ["Workshops"]),
        ("Training for professionals", ["Levels"]),
        ("Responsible for", ["Canada", "Illinois"]),
        ("What it calls the levels", ["Imago therapist in training: Student"]),
    ]

    keeping.approve(session, waits.id, mod.id, NOW)

    assert sorted(a.code for a in net.areas) == ["CA", "US-IL"]
    assert (net.offers, net.training, net.version) == ("Workshops", "Levels", 3)
    assert net.level_labels == {"imago_trainee": "Student"}
    with pytest.raises(UsageError, match="in the meantime"):
        keeping.approve(session, waits.id, mod.id, NOW)


def test_nobody_approves_what_they_asked_for(session: Session) -> None:
    net, me = make_network(session), make_account(session, "moderator")
    keeping.submit(session, net.id, wish(net, offers="Much"), 1, me.id, NOW)
    waits = keeping.waiting(session, net.id)
    assert waits is not None

    for decide in (lambda: keeping.approve(session, waits.id, me.id, NOW),
                   lambda: keeping.send_back(session, waits.id, me.id, "No.", NOW)):  # fmt: skip
        with pytest.raises(UsageError) as refused:
            decide()
        assert refused.value.status == 403
    assert net.offers == ""


def test_a_returned_wish_leaves_the_network_as_it_was_and_needs_a_reason(session: Session) -> None:
    net, me, mod = make_network(session), make_account(session, "coordinator"), make_account(session, "moderator")
    keeping.submit(session, net.id, wish(net, offers="Much"), 1, me.id, NOW)
    waits = keeping.waiting(session, net.id)
    assert waits is not None
    with pytest.raises(UsageError, match="say why"):
        keeping.send_back(session, waits.id, mod.id, " ", NOW)

    keeping.send_back(session, waits.id, mod.id, "Please say what.", NOW)

    assert (net.offers, keeping.waiting(session, net.id), waits.reason) == ("", None, "Please say what.")


def test_one_wish_waits_at_a_time_and_can_be_taken_back(session: Session) -> None:
    net, me = make_network(session), make_account(session, "coordinator")
    keeping.submit(session, net.id, wish(net, offers="One"), 1, me.id, NOW)
    same = keeping.submit(session, net.id, keeping.wanted(net, keeping.waiting(session, net.id)), 2, me.id, NOW)
    other = keeping.submit(session, net.id, wish(net, offers="Two"), 2, me.id, NOW)

    states = list(session.scalars(select(NetworkRevision.state).order_by(NetworkRevision.id)))
    assert (same.version, other.version, states) == (2, 3, ["withdrawn", "proposed"])

    keeping.take_back(session, net.id, me.id, NOW)
    assert keeping.waiting(session, net.id) is None
    with pytest.raises(UsageError, match="in the meantime"):
        keeping.take_back(session, net.id, me.id, NOW)


def test_of_two_who_began_from_the_same_one_is_told(session: Session) -> None:
    net, me = make_network(session), make_account(session, "coordinator")
    keeping.submit(session, net.id, wish(net, city="Chicago", phone="+1 312 555 0100"), 1, me.id, NOW)

    with pytest.raises(keeping.Outdated) as late:
        keeping.submit(session, net.id, wish(net, phone="+1 312 555 0199"), 1, me.id, NOW)

    assert late.value.current["phone"] == "+1 312 555 0100" == net.phone


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("website", "javascript:alert(1)", "Website is not a web address"),
        ("directory_url", "//example.org", "not a web address"),
        ("phone", "call me", "Not a telephone number"),
        ("email", "nobody", "not a whole e-mail address"),
        ("areas", ["XX"], "Choose from the list"),
        ("areas", ["us"], "Choose from the list"),
        ("languages", ["tlh"], "Choose from the list"),
        ("level_labels", {"king": "König"}, "Choose from the list"),
        ("offers", "x" * 601, "at most 600"),
    ],
)
def test_what_cannot_be_said_is_told(session: Session, field: str, value: object, said: str) -> None:
    net, me = make_network(session), make_account(session, "coordinator")

    with pytest.raises(UsageError, match=said):
        keeping.submit(session, net.id, wish(net, **{field: value}), 1, me.id, NOW)


def test_the_editors_file_never_overwrites_what_the_network_said(session: Session) -> None:
    rosters.load(session)
    canada = next(n for n in areas.all_networks(session) if n.slug == "imago-canada")
    me, mod = make_account(session, "coordinator"), make_account(session, "moderator")
    asked = wish(canada, website="https://example.org/new", areas=["CA", "US-AK"], languages=["fr", "en"])
    keeping.submit(session, canada.id, asked, canada.version, me.id, NOW)
    waits = keeping.waiting(session, canada.id)
    assert waits is not None
    keeping.approve(session, waits.id, mod.id, NOW)

    rosters.load(session)

    assert (canada.website, canada.languages) == ("https://example.org/new", ["fr", "en"])
    assert sorted(a.code for a in canada.areas) == ["CA", "US-AK"]
    assert canada.offers.startswith("association of therapists")


def test_what_the_editors_say_of_every_network_could_be_said_by_it(session: Session) -> None:
    rosters.load(session)

    for network in areas.all_networks(session):
        assert facts.checked(facts.facts(network)) == facts.facts(network)

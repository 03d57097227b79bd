"""A coordinator who tries to reach what is not theirs: by address, by field, by file, with a role that is gone."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from referral.accounts import moving, tokens
from referral.accounts.permissions import Actor
from referral.coordinating import decisions, scope
from referral.errors import UsageError
from referral.guidance import answers, questions
from referral.listings import published, revisions
from referral.listings.content import Content
from referral.model import Account, AuditEntry, Listing, Membership, Network, Question
from referral.moderation import reports
from referral.networks import rosters
from tests.client import CheckingClient
from tests.coordinating.people import BASE, coordinator_of, make_member, make_network
from tests.coordinating.test_importing import ADA, compare, sent, take
from tests.make import NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write

KEY = "certified_imago_therapist.0"
HOME = "/coordination/imago-example"


@pytest.fixture
def net(write: Write) -> Network:
    return write(make_network)  # type: ignore[no-any-return]


@pytest.fixture
def account(write: Write, net: Network) -> Account:
    return write(lambda s: make_account(s, "coordinator", networks=[net.slug]))  # type: ignore[no-any-return]


@pytest.fixture
def me(client: CheckingClient, engine: Engine, account: Account) -> CheckingClient:
    return signed_in(client, engine, account.id)


def everything(session: Session) -> tuple[list[Content], list[tuple[int, str, object]], int]:
    """Listings, memberships and the length of the log: what nobody of another network may change."""
    held = [(m.practitioner_id, m.kind, m.until) for m in session.scalars(select(Membership).order_by(Membership.id))]
    entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return [one.content for one in published.each(session, public=False)], held, entries


@pytest.mark.parametrize("change", [{"role": "therapist"}, {"networks": []}, {"active": False}])
def test_who_lost_the_role_a_moment_ago_does_nothing_more(
    me: CheckingClient, account: Account, net: Network, write: Write, change: dict[str, object]
) -> None:
    ben = write(lambda s: make_member(s, net, name="Ben"))
    assert me.get(HOME).status_code == 200
    write(lambda s: s.execute(update(Account).where(Account.id == account.id).values(**change)))
    before = write(everything)

    answers = [me.post_form(f"{HOME}/members/{ben.public_id}/end"), me.get(HOME), me.post_form(f"{HOME}/export")]

    assert {answer.status_code for answer in answers} <= {302, 303, 401, 403, 404}
    assert all("Ben" not in answer.text for answer in answers) and write(everything) == before


def test_somebody_of_another_network_is_reached_by_no_field(me: CheckingClient, net: Network, write: Write) -> None:
    other = write(lambda s: make_network(s, "other"))
    theirs = write(lambda s: make_member(s, other, name="Theirs", applied=True))
    gone = write(lambda s: make_member(s, other, name="Gone"))
    write(lambda s: rosters.end(s, other.id, gone.practitioner_id, TODAY))
    before = write(everything)
    form = {"paper": f"{theirs.public_id}:1:{KEY}", "until": "2029-01-31", "base": "1", "reason": "x",
            "network": "other", "network_id": str(other.id), "slug": "other", "public_id": theirs.public_id,
            "only": "applied", "words": "Theirs"}  # fmt: skip

    assert me.post_form(f"{HOME}/renew", **form).status_code == 400
    for deed in ("confirm", "decline", "end", "readmit"):
        for one in (theirs, gone):
            assert me.post_form(f"{HOME}/members/{one.public_id}/{deed}", **form).status_code == 404
    rows = list(csv.DictReader(StringIO(me.post_form(f"{HOME}/export", **form).text.removeprefix("\ufeff"))))

    listings, held, _entries = write(everything)
    assert rows == [] and (listings, held) == before[:2]


def test_of_two_networks_of_ones_own_each_has_its_own_people(session: Session) -> None:
    mine, also = make_network(session, "mine"), make_network(session, "also")
    ada = make_member(session, mine, name="Ada Example", email="ada@example.org")
    me = coordinator_of(session, mine, also)

    with pytest.raises(UsageError) as refused:
        scope.member_for(session, me, "also", ada.public_id, TODAY, "end")
    shown = compare(session, also, sent(session, also, me, ADA))

    assert refused.value.status == 404
    assert (shown.new, shown.changed) == ([], []) and "not on your roster" in str(shown.remarks[0])


def test_numbers_of_others_in_a_form_end_and_begin_nothing(session: Session) -> None:
    net, other = make_network(session), make_network(session, "other")
    theirs, gone = make_member(session, other, name="Theirs"), make_member(session, other, name="Gone")
    rosters.end(session, other.id, gone.practitioner_id, TODAY)
    me = coordinator_of(session, net)
    before = everything(session)[1]

    take(session, net, me, sent(session, net, me, ADA), theirs.public_id, gone.public_id)

    assert everything(session)[1][:2] == before


@pytest.mark.parametrize("role", ["moderator", "operator", "therapist"])
def test_networks_of_an_account_mean_nothing_without_the_role(session: Session, role: str) -> None:
    net = make_network(session)
    ada = make_member(session, net, name="Ada", applied=True)
    who = Actor(role, 1, None, frozenset({net.slug}), second_factor=True)

    for action in ("confirm", "decline"):
        with pytest.raises(UsageError):
            scope.member_for(session, who, net.slug, ada.public_id, TODAY, action, vouching=True)


def test_who_is_not_listed_yet_does_not_vouch_for_themselves_beforehand(session: Session) -> None:
    net = make_network(session)
    me = coordinator_of(session, net, email="ada@example.org")
    waits = make_member(session, net, name="Ada Waiting", email="Ada@example.org", applied=True)

    shown = compare(session, net, sent(session, net, me, ADA))
    with pytest.raises(UsageError) as refused:
        scope.member_for(session, me, net.slug, waits.public_id, TODAY, "confirm", vouching=True)

    assert refused.value.status == 403
    assert (shown.new, shown.changed) == ([], []) and "yourself" in str(shown.remarks[0])


def test_a_tag_or_an_address_of_before_makes_nobody_another(session: Session) -> None:
    net = make_network(session)
    me = coordinator_of(session, net, email="ada@example.org")
    tokens.give(session, moving.UNDO, "before@example.org", NOW, minutes=60, account_id=me.account_id)
    theirs = ["Ada+imago@example.org", "before+x@example.org", "ad.a@example.org"]
    people = [make_member(session, net, name=f"P {n}", email=to, applied=True) for n, to in enumerate(theirs)]

    assert [scope.is_for(session, me, one) for one in people] == [True, True, False]


def test_a_colleague_at_ones_own_address_is_vouched_for_by_who_is_listed(session: Session) -> None:
    net = make_network(session)
    own = make_member(session, net, name="Me", email="ada@example.org")
    me = coordinator_of(session, net, listing=own, email="ada@example.org")
    ben = make_member(session, net, name="Ben", email="ada@example.org", applied=True)

    seen = scope.member_for(session, me, net.slug, ben.public_id, TODAY, "confirm", vouching=True)
    decisions.confirm(session, seen, 1, {KEY: None}, me.account_id, BASE, NOW)

    assert published.load_any(session, [ben.id])[0].content.credentials[0].verified_by == net.name


def test_a_moderators_own_listing_is_decided_by_no_route(
    client: CheckingClient, engine: Engine, app: Flask, write: Write
) -> None:
    own: Listing = write(lambda s: make_listing(s, name="Mo Example", status="pending", consented_on=TODAY))
    account = write(lambda s: make_account(s, "moderator", practitioner_id=own.practitioner_id))
    content = write(lambda s: published.load_any(s, [own.id])[0].content)
    asked = write(lambda s: revisions.submit(s, own.id, replace(content, name="Mo Other"), 1, account.id, NOW))
    told = write(lambda s: reports.report(s, own.id, "Something is wrong.", "", NOW))
    slug = write(lambda s: answers_slug(s))
    write(lambda s: s.execute(update(Listing).values(status="active")))
    words = "An answer of some length, in plain words."
    number = write(lambda s: answers.propose(s, slug, own.id, words, "en", account.id, NOW)).id
    write(lambda s: s.execute(update(Listing).values(status="pending")))
    mod, before = signed_in(client, engine, account.id), write(everything)
    values = {"public_id": own.public_id, "number": asked.revision_id}
    tried = 0

    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/moderation") or "POST" not in (rule.methods or ()):
            continue
        numbers = {number if "answer" in rule.rule else asked.revision_id, asked.revision_id}
        for one in numbers:
            ids = {**values, "number": one, "public_id": told if "report" in rule.rule else own.public_id}
            if not set(rule.arguments) <= set(ids):
                continue
            path = rule.build({name: ids[name] for name in rule.arguments}, append_unknown=False)[1]
            mod.post_form(path, revision=str(asked.revision_id), reason="x", outcome="x", upheld="yes")
            tried += 1

    assert tried > 8 and write(everything)[:2] == before[:2]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.account_id == account.id,
                              AuditEntry.action.in_(DECISIONS))) == 0  # fmt: skip
        assert answers.found(session, number).state == "proposed"


DECISIONS = ("approve", "send_back", "admit", "take_down", "put_back", "approve_answer", "decide_report")


def answers_slug(session: Session) -> str:
    questions.load(session)
    return session.scalars(select(Question.slug).order_by(Question.id)).first() or ""

"""What a coordinator says of somebody on their roster: confirmed, declined, renewed, ended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import decisions, scope
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import deciding, published, revisions
from referral.listings.content import Credential
from referral.model import AuditEntry, Change, Letter, Listing, Membership, Network, Revision
from tests.coordinating.people import BASE, coordinator_of, make_member, make_network
from tests.make import NOW, TODAY, make_account

KEY = "certified_imago_therapist.0"
NEXT = date(2028, 5, 1)


def someone(session: Session, **fields: object) -> tuple[Network, Listing, Actor]:
    """An applicant with an account, and a coordinator of the network."""
    net = make_network(session)
    plain = {"name": "Ada Example", "applied": True, "status": "pending", "consented_on": TODAY}
    listing = make_member(session, net, **{**plain, **fields})
    make_account(session, practitioner_id=listing.practitioner_id, email="ada@example.org")
    return net, listing, coordinator_of(session, net)


def seen(session: Session, me: Actor, net: Network, listing: Listing, action: str) -> scope.Seen:
    return scope.member_for(session, me, net.slug, listing.public_id, TODAY, action)


def content(session: Session, listing: Listing) -> object:
    return published.load_any(session, [listing.id])[0].content


def traces(session: Session, action: str) -> tuple[int, int, list[str]]:
    """Audit entries of that action, changes (made, became a member, and what was done), kinds of letters."""
    entries = session.scalar(select(func.count()).where(AuditEntry.action == action)) or 0
    changes = session.scalar(select(func.count()).select_from(Change)) or 0
    return entries, changes, list(session.scalars(select(Letter.kind)))


def test_who_applied_and_agreed_is_seen_once_the_network_has_confirmed_them(session: Session) -> None:
    net, ada, me = someone(session)

    decisions.confirm(session, seen(session, me, net, ada, "confirm"), 1, {KEY: NEXT}, me.account_id, BASE, NOW)

    there = published.load_any(session, [ada.id])[0]
    paper = there.content.credentials[0]
    assert (there.content.status, there.version) == ("active", 2)
    assert (paper.verified_by, paper.verified_on, paper.expires_on) == (net.name, TODAY, NEXT)
    assert (paper.issuer, paper.issued_on) == ("Example Network", date(2015, 5, 1))
    member = session.scalars(select(Membership)).one()
    assert (member.kind, member.since) == ("", TODAY)
    assert traces(session, "vouch") == (1, 3, ["membership_confirmed"])
    kept = session.scalars(select(Revision).where(Revision.version == 2)).one()
    assert (kept.author_id, kept.fields) == (me.account_id, ["credentials"])


def test_nobody_is_shown_who_has_not_agreed_or_whom_a_moderator_took_down(session: Session) -> None:
    net, ada, me = someone(session, consented_on=None)
    ben = make_member(session, net, name="Ben", applied=True, status="pending", consented_on=TODAY)
    revisions.take_down(session, ben.id, make_account(session, "moderator").id, NOW)

    for one in (ada, ben):
        here = seen(session, me, net, one, "confirm")
        decisions.confirm(session, here, 1, {KEY: None}, me.account_id, BASE, NOW)

    assert [content(session, one).status for one in (ada, ben)] == ["pending", "hidden"]  # type: ignore[attr-defined]


def test_what_was_looked_at_is_what_is_confirmed(session: Session) -> None:
    net, ada, me = someone(session)
    wish = replace(published.load_any(session, [ada.id])[0].content, bio="New")
    revisions.submit(session, ada.id, wish, 1, None, NOW)

    with pytest.raises(revisions.Outdated):
        decisions.confirm(session, seen(session, me, net, ada, "confirm"), 1, {KEY: NEXT}, me.account_id, BASE, NOW)


@pytest.mark.parametrize(
    ("papers", "said"),
    [
        ({"imago_supervisor.0": NEXT}, "not there any more"),
        ({KEY: TODAY}, "a day to come"),
        ({}, "Tick the training"),
        ({KEY: date(2228, 1, 1)}, "very far away"),
    ],
)
def test_a_paper_that_is_not_there_or_a_wrong_day_is_said(session: Session, papers: dict[str, date], said: str) -> None:
    net, ada, me = someone(session)

    with pytest.raises(UsageError, match=said):
        decisions.confirm(session, seen(session, me, net, ada, "confirm"), 1, papers, me.account_id, BASE, NOW)


def test_declining_takes_a_reason_and_leaves_the_listing(session: Session) -> None:
    net, ada, me = someone(session)
    here = seen(session, me, net, ada, "decline")
    with pytest.raises(UsageError, match="say why"):
        decisions.decline(session, here, " \n", me.account_id, NOW)

    decisions.decline(session, here, "We do not find you among our members.", me.account_id, NOW)

    assert list(session.scalars(select(Membership))) == []
    assert content(session, ada).status == "pending"  # type: ignore[attr-defined]
    assert traces(session, "decline")[0] == 1
    letter = session.scalars(select(Letter)).one()
    assert (letter.kind, letter.to) == ("membership_declined", "ada@example.org")
    assert "do not find you" in letter.body["text"]


def test_a_renewed_paper_is_valid_until_the_new_day(session: Session) -> None:
    papers = [Credential("certified_imago_therapist", expires_on=TODAY - timedelta(1)), "workshop_presenter"]
    net, ada, me = someone(session, applied=False, status="active", credentials=papers)

    decisions.renew(session, seen(session, me, net, ada, "renew"), 1, KEY, NEXT, me.account_id, BASE, NOW)

    first, second = content(session, ada).credentials  # type: ignore[attr-defined]
    assert (first.expires_on, first.verified_by, first.verified_on) == (NEXT, net.name, TODAY)
    assert second.verified_on is None
    assert traces(session, "renew") == (1, 3, ["credential_renewed"])
    assert "May 1, 2028" in session.scalars(select(Letter)).one().body["text"]


def test_a_renewal_outlives_what_waits_for_a_moderator(session: Session) -> None:
    net, ada, me = someone(session, applied=False, status="active")
    now_there = published.load_any(session, [ada.id])[0].content
    wish = replace(now_there, credentials=(*now_there.credentials, Credential("imago_supervisor")))
    waits = revisions.submit(session, ada.id, wish, 1, None, NOW)
    assert waits.revision_id is not None

    here = seen(session, me, net, ada, "renew")
    decisions.renew(session, here, waits.version, KEY, NEXT, me.account_id, BASE, NOW)
    deciding.approve(session, waits.revision_id, make_account(session, "moderator").id, NOW)

    held = {c.level: c for c in content(session, ada).credentials}  # type: ignore[attr-defined]
    assert held["certified_imago_therapist"].expires_on == NEXT
    assert held["certified_imago_therapist"].verified_by == net.name
    assert held["imago_supervisor"].verified_by == ""


def test_a_membership_that_ended_vouches_for_nobody(session: Session) -> None:
    net, ada, me = someone(session, applied=False, consented_on=None)

    decisions.end(session, seen(session, me, net, ada, "end"), me.account_id, NOW)

    assert session.scalars(select(Membership.until)).one() == TODAY
    assert not claims.is_vouched_for(session, published.load_any(session, [ada.id])[0], TODAY)
    assert traces(session, "end_membership")[2] == ["membership_ended"]


def test_who_has_no_account_yet_gets_no_letter(session: Session) -> None:
    net = make_network(session)
    ben, me = make_member(session, net, name="Ben"), coordinator_of(session, net)

    decisions.end(session, seen(session, me, net, ben, "end"), me.account_id, NOW)

    assert list(session.scalars(select(Letter))) == []


THEIRS = Credential("certified_imago_therapist", "Other", verified_by="Imago Other", verified_on=date(2020, 5, 1))
PRESENTER = Credential("workshop_presenter")
NOBODYS = "workshop_presenter.0"


def test_what_another_network_verified_is_renewed_by_them_alone(session: Session) -> None:
    net, ada, me = someone(session, applied=False, status="active", credentials=[THEIRS, PRESENTER])
    here = seen(session, me, net, ada, "renew")

    with pytest.raises(UsageError, match="Imago Other verified") as refused:
        decisions.renew(session, here, 1, KEY, NEXT, me.account_id, BASE, NOW)
    decisions.renew(session, here, 1, NOBODYS, NEXT, me.account_id, BASE, NOW)

    assert refused.value.status == 409
    assert content(session, ada).credentials[0] == THEIRS  # type: ignore[attr-defined]
    decisions.renew(
        session, here, 2, NOBODYS, None, me.account_id, BASE, NOW
    )  # what is one's own by now is renewed again
    assert traces(session, "renew")[0] == 2


def test_a_member_is_confirmed_without_a_word_about_anothers_papers(session: Session) -> None:
    net, ada, me = someone(session, credentials=[THEIRS, PRESENTER])
    bea = make_member(
        session, net, name="Bea", applied=True, status="pending", consented_on=TODAY, credentials=[THEIRS]
    )
    here = seen(session, me, net, ada, "confirm")

    with pytest.raises(UsageError, match="Imago Other verified"):
        decisions.confirm(session, here, 1, {KEY: None, NOBODYS: None}, me.account_id, BASE, NOW)
    with pytest.raises(UsageError, match="Tick the training"):
        decisions.confirm(session, here, 1, {}, me.account_id, BASE, NOW)
    decisions.confirm(session, here, 1, {NOBODYS: None}, me.account_id, BASE, NOW)
    decisions.confirm(session, seen(session, me, net, bea, "confirm"), 1, {}, me.account_id, BASE, NOW)

    assert content(session, ada).credentials == (  # type: ignore[attr-defined]
        THEIRS, replace(PRESENTER, verified_by=net.name, verified_on=TODAY),
    )  # fmt: skip
    assert (content(session, bea).status, content(session, bea).credentials) == ("active", (THEIRS,))  # type: ignore[attr-defined]


def test_a_word_about_ones_own_is_not_carried_over_to_the_same_paper_of_another(session: Session) -> None:
    mine, theirs = Credential("workshop_presenter"), replace(PRESENTER, verified_by="Imago Other", verified_on=TODAY)
    net, ada, me = someone(session, applied=False, status="active", credentials=[mine])
    wish = {"credentials": [{"level": PRESENTER.level, "verified_by": theirs.verified_by, "verified_on": "2026-11-23"}]}
    waits = Revision(listing_id=ada.id, base=1, state="proposed", content=wish, fields=["credentials"], made_at=NOW)
    session.add(waits)
    session.flush()

    decisions.renew(session, seen(session, me, net, ada, "renew"), 1, NOBODYS, NEXT, me.account_id, BASE, NOW)

    session.refresh(waits)
    assert waits.content == wish

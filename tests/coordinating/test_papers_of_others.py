"""What another network verified stays as it is, whatever a roster says of it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.listings.columns import COLUMNS
from referral.listings.content import Content, Credential
from referral.model import Network, Revision
from tests.coordinating.people import make_member
from tests.coordinating.test_importing import CERTIFIED, compare, everybody, sent, take
from tests.make import NOW, TODAY, make_account

LONG_AGO = date(2020, 5, 1)
THEIRS = Credential(CERTIFIED, "Other", expires_on=date(2031, 1, 1), verified_by="Imago Other", verified_on=LONG_AGO)
OURS = replace(THEIRS, issuer="Ours", verified_by="Network imago-example")
LEVEL = "name,country,level,valid until\nAda Example,US,{level},{until}\n"
CELL = 'name,country,credentials\nAda Example,US,"{cell}"\n'


def after(session: Session, net: Network, me: Actor, text: str) -> tuple[tuple[Credential, ...], list[str], bool]:
    """What Ada holds when the file is taken over, the remarks, and whether the file said nothing new."""
    file = sent(session, net, me, text, header="")
    shown = compare(session, net, file)
    take(session, net, me, file)
    return everybody(session)["Ada Example"].credentials, [str(one) for one in shown.remarks], shown.empty


def as_cell(*papers: Credential) -> str:
    return COLUMNS["credentials"][1](Content("x", credentials=papers)).replace('"', '""')


@pytest.mark.parametrize("claimed", [False, True])
def test_a_paper_of_theirs_is_not_taken_away_and_ones_own_is_added(
    session: Session, net: Network, me: Actor, claimed: bool
) -> None:
    ada = make_member(session, net, name="Ada Example", credentials=[THEIRS])
    if claimed:
        make_account(session, practitioner_id=ada.practitioner_id)

    held, remarks, _same = after(session, net, me, CELL.format(cell="workshop_presenter"))

    added = Credential("workshop_presenter", verified_by=net.name, verified_on=TODAY)
    assert sorted(held, key=lambda one: one.level) == [THEIRS, added]
    assert any("verified by Imago Other" in one for one in remarks)


@pytest.mark.parametrize("claimed", [False, True])
def test_a_paper_of_theirs_keeps_its_day(session: Session, net: Network, me: Actor, claimed: bool) -> None:
    ada = make_member(session, net, name="Ada Example", credentials=[THEIRS])
    if claimed:
        make_account(session, practitioner_id=ada.practitioner_id)

    for text in (
        LEVEL.format(level="certified", until="2040-01-01"),
        CELL.format(cell=as_cell(replace(THEIRS, expires_on=None))),
    ):
        held, remarks, same = after(session, net, me, text)
        assert (held, same) == ((THEIRS,), True)
        assert any("verified by Imago Other" in one for one in remarks)


@pytest.mark.parametrize(
    "text",
    [LEVEL.format(level="certified", until=""), CELL.format(cell="certified"), CELL.format(cell=as_cell(THEIRS, OURS))],
)
def test_what_says_the_same_says_nothing(session: Session, net: Network, me: Actor, text: str) -> None:
    held = [THEIRS, OURS] if "Ours" in text else [THEIRS]
    make_member(session, net, name="Ada Example", credentials=held)

    assert after(session, net, me, text) == (tuple(held), [], True)


def test_of_two_of_a_level_ones_own_is_dated(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example", credentials=[THEIRS, OURS])
    wish = {"credentials": [{"level": CERTIFIED, "issuer": one.issuer, "expires_on": "2031-01-01"}
                            for one in (THEIRS, OURS)]}  # fmt: skip
    waits = Revision(listing_id=ada.id, base=1, state="proposed", content=wish, made_at=NOW)
    session.add(waits)
    session.flush()

    held, remarks, _same = after(session, net, me, LEVEL.format(level="certified", until="2040-01-01"))

    mine = replace(OURS, expires_on=date(2040, 1, 1), verified_on=TODAY)
    assert (held, remarks) == ((THEIRS, mine), [])
    session.refresh(waits)
    assert [one.get("issuer") for one in waits.content["credentials"]] == ["Other", "Ours"]


@pytest.mark.parametrize("mine", [OURS, Credential(CERTIFIED)])
def test_ones_own_and_what_nobody_verified_may_go(session: Session, net: Network, me: Actor, mine: Credential) -> None:
    make_member(session, net, name="Ada Example", credentials=[mine])

    held, remarks, _same = after(session, net, me, CELL.format(cell="workshop_presenter"))

    assert ([one.level for one in held], remarks) == (["workshop_presenter"], [])


def test_a_paper_of_ones_own_is_added_beside_theirs_of_the_same_level(
    session: Session, net: Network, me: Actor
) -> None:
    make_member(session, net, name="Ada Example", credentials=[THEIRS])

    cell = as_cell(THEIRS, Credential(CERTIFIED, "Ours"))
    held, remarks, _same = after(session, net, me, CELL.format(cell=cell))

    assert held == (THEIRS, Credential(CERTIFIED, "Ours", verified_by=net.name, verified_on=TODAY))
    assert remarks == []

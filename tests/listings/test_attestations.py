"""The clock of a listing, as pure dates, and what one click does to it."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import changes
from referral.accounts import tokens
from referral.errors import UsageError
from referral.listings import attestations, revisions, standing
from referral.listings.attestations import Facts, Step, due
from referral.model import Attestation, AuditEntry, Listing
from referral.model.practitioner import STATUSES
from tests.accounts.people import make_account
from tests.client import CheckingClient
from tests.make import NOW, TODAY, make_listing

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (-400, None), (-1, None), (0, None), (59, None),
        (60, Step("still_correct", 60)), (74, Step("still_correct", 60)),
        (75, Step("still_correct", 75)), (84, Step("still_correct", 75)),
        (85, Step("still_correct", 85)), (90, Step("still_correct", 85)),
        (91, Step("unconfirmed", 91)), (119, Step("unconfirmed", 91)),
        (120, Step("hidden", 120)), (4000, Step("hidden", 120)),
    ],
)  # fmt: skip
def test_each_step_is_due_on_its_day(day: int, expected: Step | None) -> None:
    assert due(Facts("active", TODAY), TODAY + timedelta(day)) == expected


@given(DAYS, st.integers(0, 200), st.sampled_from(STATUSES))
def test_only_what_is_seen_is_asked_about(since: date, days: int, status: str) -> None:
    step = due(Facts(status, since), since + timedelta(days))

    assert step is None or status in ("active", "unconfirmed")
    assert step is None or step.kind != status


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_neither_the_hour_nor_a_time_zone_moves_a_date(since: date, hour: int, minute: int) -> None:
    """The moment a job runs at is UTC; on days on which clocks are put forward or back too."""
    for zone in (timedelta(hours=-12), timedelta(0), timedelta(hours=14)):
        moment = datetime(since.year, since.month, since.day, hour, minute, tzinfo=UTC) + timedelta(91)
        local = moment + zone - zone

        assert due(Facts("active", since), local.date()) == Step("unconfirmed", 91)


@given(st.integers(0, 10**9))
@settings(deadline=None, max_examples=60)
def test_three_years_with_a_clock_that_jumps(seed: int) -> None:
    """Whatever the clock does, a listing is never marked before 91 days of silence, nor seen after 120."""
    today, since, status, chance = date(2026, 1, 1), date(2026, 1, 1), "active", random.Random(seed)
    end = today + timedelta(3 * 365)
    while today < end:
        today += timedelta(chance.choice([1, 1, 1, 1, 1, 2, 3, 7, 30, -1, -2, -30]))
        if today >= since and chance.random() < 0.015:
            since, status = today, "active"
        step = due(Facts(status, since), today)
        days = (today - since).days
        if step is None:
            assert days < 60 or status == "hidden" or (status == "unconfirmed" and days < 120)
        elif step.kind == "still_correct":
            assert step.day <= days <= 90
        else:
            assert days >= step.day
            status = step.kind
        if days >= 120:
            assert status == "hidden"


def test_a_daily_run_asks_three_times_marks_once_and_hides_once() -> None:
    status, letters = "active", []
    for days in range(400):
        step = due(Facts(status, TODAY), TODAY + timedelta(days))
        if step and (step.kind, step.day) not in letters:
            letters.append((step.kind, step.day))
            status = status if step.kind == "still_correct" else step.kind

    reminders = [("still_correct", day) for day in (60, 75, 85)]
    assert letters == [*reminders, ("unconfirmed", 91), ("hidden", 120)]


def test_what_is_stale_is_found(session: Session) -> None:
    make_listing(session, name="Fresh", attested_on=TODAY - timedelta(59))
    old = make_listing(session, name="Old", attested_on=TODAY - timedelta(60))
    never = make_listing(session, name="Never", attested_on=None, consented_on=TODAY - timedelta(61))
    make_listing(session, name="Gone", attested_on=TODAY - timedelta(99), status="paused")

    found = attestations.stale(session, TODAY)

    assert [(one.id, one.facts.since) for one in found] == [
        (old.id, TODAY - timedelta(60)),
        (never.id, TODAY - timedelta(61)),
    ]
    assert [one.id for one in attestations.stale(session, TODAY, only=never.id)] == [never.id]


@pytest.mark.parametrize("status", ["active", "unconfirmed", "hidden"])
def test_a_confirmed_listing_is_shown_again(session: Session, status: str) -> None:
    listing = make_listing(session, status=status, attested_on=TODAY - timedelta(100))
    before = changes.latest(session)

    attestations.confirm(session, listing.id, NOW)

    session.refresh(listing)
    assert (listing.status, listing.attested_on, listing.next_due) == ("active", TODAY, TODAY + timedelta(90))
    assert changes.latest(session) == before + 1
    made = session.scalars(select(Attestation)).one()
    assert (made.listing_id, made.version, made.by) == (listing.id, listing.version, "practitioner")
    assert "attest" in session.scalars(select(AuditEntry.action)).all()


def test_a_paused_listing_stays_paused(session: Session) -> None:
    listing = make_listing(session)
    standing.pause(session, listing.id, None, NOW)

    attestations.confirm(session, listing.id, NOW)

    session.refresh(listing)
    assert (listing.status, listing.attested_on) == ("paused", TODAY)


@pytest.mark.parametrize(
    ("silent", "away", "expected", "begun"),
    [
        (30, 130, "active", 30), (85, 400, "active", 85), (100, 30, "unconfirmed", 100), (119, 130, "unconfirmed", 119),
        (100, 0, "unconfirmed", 100), (90, 1, "unconfirmed", 91), (119, 1, "hidden", 120), (119, 2, "unconfirmed", 119),
    ],
)  # fmt: skip
def test_the_days_of_a_pause_do_not_count_and_what_was_marked_stays_so(
    session: Session, silent: int, away: int, expected: str, begun: int
) -> None:
    """A pause over one night leaves no whole day unseen: it stops no clock."""
    said, back = TODAY - timedelta(silent), NOW + timedelta(away)
    listing = make_listing(session, status="unconfirmed" if silent > 90 else "active", attested_on=said)
    owner = make_account(session, "ada@example.org", listing=listing)
    standing.pause(session, listing.id, None, NOW)
    if away > 2:
        standing.pause(session, listing.id, back.date(), NOW + timedelta(2))

    attestations.resume(session, listing.id, back, owner.id)

    session.refresh(listing)
    assert (listing.status, listing.attested_on) == (expected, said)
    found = attestations.stale(session, back.date())
    assert [(back.date() - one.facts.since).days for one in found] == (
        [begun] if begun > 59 and expected != "hidden" else []
    )


@pytest.mark.parametrize("was", ["active", "paused"])
def test_the_days_for_which_a_moderator_took_it_down_do_not_count(session: Session, was: str) -> None:
    listing = make_listing(session, attested_on=TODAY - timedelta(30))
    if was == "paused":
        standing.pause(session, listing.id, None, NOW)
    moderator = make_account(session, "mo@example.org", "moderator").id
    standing.take_down(session, listing.id, moderator, NOW)
    back = NOW + timedelta(110)

    attestations.put_back(session, listing.id, moderator, back)
    if was == "paused":
        attestations.resume(session, listing.id, back, moderator)

    since = attestations.counted_from(attestations.last_said(listing), listing.next_due)
    assert (listing.status, since) == ("active", TODAY - timedelta(30) + timedelta(110))


def test_pausing_every_day_confirms_nothing(session: Session) -> None:
    listing = make_listing(session, attested_on=TODAY)
    owner = make_account(session, "ada@example.org", listing=listing)
    for day in range(120):
        standing.pause(session, listing.id, None, NOW + timedelta(day))
        attestations.resume(session, listing.id, NOW + timedelta(day + 1), owner.id)

    session.refresh(listing)
    assert listing.status == "hidden"


def test_who_confirms_during_a_pause_begins_anew_with_that_day(session: Session) -> None:
    listing = make_listing(session, attested_on=TODAY - timedelta(80))
    standing.pause(session, listing.id, None, NOW)
    attestations.confirm(session, listing.id, NOW + timedelta(50))

    attestations.resume(session, listing.id, NOW + timedelta(130))

    session.refresh(listing)
    assert (listing.status, listing.next_due) == ("active", TODAY + timedelta(130 + 90))


@pytest.mark.parametrize("status", ["draft", "pending", "removed", "held"])
def test_what_was_taken_down_or_never_shown_is_not_brought_back(session: Session, status: str) -> None:
    listing = make_listing(session, status="hidden" if status == "held" else status)
    listing.held = status == "held"
    session.flush()

    with pytest.raises(UsageError):
        attestations.confirm(session, listing.id, NOW)

    assert session.scalar(select(func.count()).select_from(Attestation)) == 0


def mailed(engine: Engine, purpose: str = "still_correct", **fields: object) -> tuple[int, str]:
    """A listing that silence has hidden, and the path of the link in its letter."""
    with Session(engine) as session:
        listing = make_listing(session, status="hidden", attested_on=TODAY - timedelta(130), **fields)
        secret = tokens.give(session, purpose, "ada@example.org", NOW, minutes=60, listing_id=listing.id)
        session.commit()
        return listing.id, f"/listing/confirm/{secret}"


def status(engine: Engine, id: int) -> str:
    with Session(engine) as session:
        listing = session.get(Listing, id)
        assert listing is not None
        return listing.status


def test_the_mailed_link_shows_the_listing_and_confirms_by_its_button_alone(
    client: CheckingClient, engine: Engine
) -> None:
    id, link = mailed(engine, name="Ada Example", costs=[(150, "USD")], licences=["MFT"], phone="+12175550123")

    shown = client.get(link)
    after_looking = status(engine, id)
    pressed = client.post(link)
    thanked = client.get(pressed.headers["Location"])

    assert "Ada Example" in shown.text and "Springfield" in shown.text and "$150" in shown.text
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert after_looking == "hidden"
    assert (pressed.status_code, thanked.status_code, status(engine, id)) == (303, 200, "active")


def test_the_link_works_once_and_signs_nobody_in(client: CheckingClient, engine: Engine) -> None:
    _id, link = mailed(engine)
    client.post(link)

    assert [client.get(link).status_code, client.post(link).status_code] == [410, 410]
    assert client.get("/account").status_code in (302, 303)


@pytest.mark.parametrize("purpose", ["sign_in", "claim"])
def test_the_link_of_another_letter_does_not_confirm(client: CheckingClient, engine: Engine, purpose: str) -> None:
    id, link = mailed(engine, purpose)

    assert [client.get(link).status_code, client.post(link).status_code] == [410, 410]
    assert status(engine, id) == "hidden"


def test_a_confirmation_of_what_was_taken_down_says_so_and_keeps_the_link(
    client: CheckingClient, engine: Engine
) -> None:
    id, link = mailed(engine)
    with Session(engine) as session:
        session.get(Listing, id).held = True  # type: ignore[union-attr]
        session.commit()

    assert client.post(link).status_code == 409
    assert status(engine, id) == "hidden"


def waiting(session: Session, days: int, **fields: object) -> Listing:
    """A listing whose therapist agreed to be listed so many days ago, and which waits since."""
    agreed = TODAY - timedelta(days)
    return make_listing(session, status="pending", attested_on=None, consented_on=agreed, **fields)


@pytest.mark.parametrize("by", ["moderator", "network"])
@pytest.mark.parametrize(("days", "counted"), [(0, 0), (1, 1), (2, 0), (60, 0), (91, 0), (130, 0)])
def test_the_days_for_which_it_waited_to_be_seen_do_not_count(
    session: Session, by: str, days: int, counted: int
) -> None:
    """Nobody is asked meanwhile, so nobody could answer. One night leaves no whole day unseen."""
    listing = waiting(session, days)
    moderator = make_account(session, "mo@example.org", "moderator").id

    if by == "moderator":
        revisions.admit(session, listing.id, 1, moderator, NOW)
    else:
        revisions.vouch(session, listing.id, 1, {}, moderator, NOW, action="vouch", detail={})

    session.refresh(listing)
    assert (listing.status, listing.attested_on, listing.consented_on) == ("active", None, TODAY - timedelta(days))
    assert attestations.stale(session, TODAY + timedelta(59 - counted)) == []
    [asked] = attestations.stale(session, TODAY + timedelta(60 - counted))
    assert due(asked.facts, TODAY + timedelta(60 - counted)) == Step("still_correct", 60)


def test_a_renewal_of_papers_moves_no_clock(session: Session) -> None:
    listing = make_listing(session, attested_on=TODAY - timedelta(80))

    revisions.vouch(
        session, listing.id, 1, {}, make_account(session, "mo@example.org").id, NOW, action="renew", detail={}
    )

    session.refresh(listing)
    assert listing.next_due is None


def test_waiting_that_an_import_ends_does_not_count_either(session: Session) -> None:
    listing = waiting(session, 130)

    make_listing(session, public_id=listing.public_id, attested_on=None, consented_on=listing.consented_on, now=NOW)

    session.refresh(listing)
    assert (listing.status, attestations.stale(session, TODAY + timedelta(59))) == ("active", [])


def test_somebody_new_is_not_said_to_have_waited(session: Session) -> None:
    listing = make_listing(session, attested_on=TODAY - timedelta(95))

    assert listing.next_due is None

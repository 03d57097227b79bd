"""A listing of whom nothing is heard: asked about, marked, hidden, and each is told once."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.listings import attestations
from referral.model import Account, Letter
from referral.nightly import clock
from referral.nightly.night import Night
from tests.make import NOW, TODAY
from tests.nightly.nights import at, kinds, listing, make, run


def test_a_silent_listing_is_asked_about_marked_and_hidden_and_each_is_told_once(night: Night) -> None:
    id = make(night.engine)

    states = {}
    for days in range(0, 130):
        for _twice in range(2 if days % 30 == 1 else 1):
            run_attestations = clock.attestations_due(at(night, TODAY + timedelta(days)))
        states[days] = listing(night.engine, id).status
        assert sum(run_attestations.values()) <= 1

    assert kinds(night.engine) == ["still_correct"] * 3 + ["unconfirmed", "hidden"]
    assert [states[d] for d in (90, 91, 119, 120)] == ["active", "unconfirmed", "unconfirmed", "hidden"]


def test_a_confirmed_listing_starts_again(night: Night) -> None:
    id = make(night.engine)
    run(at(night, TODAY + timedelta(95)))
    with Session(night.engine) as session:
        attestations.confirm(session, id, NOW + timedelta(96))
        session.commit()

    run(at(night, TODAY + timedelta(96 + 59)))
    before = kinds(night.engine)
    run(at(night, TODAY + timedelta(96 + 60)))

    assert before == ["unconfirmed"] and kinds(night.engine) == ["unconfirmed", "still_correct"]
    assert listing(night.engine, id).status == "active"


def test_the_letter_goes_to_the_account_before_the_address_on_file(night: Night) -> None:
    id = make(night.engine, attested_on=TODAY - timedelta(60))
    owner = listing(night.engine, id).practitioner_id
    with Session(night.engine) as session:
        session.add(Account(email="mine@example.org", role="therapist", practitioner_id=owner, created_at=NOW))
        session.commit()

    run(night)

    with Session(night.engine) as session:
        letter = session.scalars(select(Letter)).one()
        assert (letter.to, letter.listing_id) == ("mine@example.org", id)
        assert "https://directory.example/listing/confirm/" in letter.body["text"]


def test_who_has_no_address_is_marked_all_the_same(night: Night) -> None:
    id = make(night.engine, email="", attested_on=TODAY - timedelta(91))

    run(night)

    assert listing(night.engine, id).status == "unconfirmed" and kinds(night.engine) == []

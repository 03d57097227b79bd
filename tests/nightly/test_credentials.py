"""Credentials end on their day: in the index, and in a letter."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from referral import db
from referral.listings import indexing
from referral.listings.content import Credential, Licence
from referral.model import Letter
from referral.nightly.midnight import Midnight
from referral.nightly.night import Night
from tests.make import TODAY
from tests.nightly.nights import DAY, at, found, kinds, make, run


def test_a_credential_leaves_its_filter_on_the_utc_day_after_its_last(night: Night) -> None:
    make(
        night.engine,
        attested_on=TODAY,
        credentials=[Credential("certified_imago_therapist", expires_on=TODAY), Credential("workshop_presenter")],
        licences=[Licence("Psychotherapist", "US-IL", expires_on=TODAY)],
    )
    held = {"terms": (("credential", ("certified_imago_therapist",)),)}
    other = {"terms": (("credential", ("workshop_presenter",)),)}
    assert found(night, TODAY, **held) == 1
    assert (run(night)["credentials"]["expired"], found(night, TODAY, text="psychotherapist")) == (0, 1)

    tomorrow = at(night, TODAY + DAY)
    first = run(tomorrow)["credentials"]

    assert dict(first) == {"expired": 2, "told": 2}
    assert (found(night, TODAY + DAY, **held), found(night, TODAY + DAY, **other)) == (0, 1)
    assert found(night, TODAY + DAY, text="psychotherapist") == 0
    with db.reading(night.engine) as session:
        assert indexing.verify(session, night.index, TODAY + DAY) == []
    assert dict(run(at(night, TODAY + 2 * DAY))["credentials"]) == {"expired": 0, "told": 0}
    assert kinds(night.engine) == ["credential_expired"] * 2


def test_the_letter_names_the_credential_in_the_language_its_reader_writes(night: Night) -> None:
    held = [Credential("certified_imago_therapist", expires_on=TODAY)]
    make(night.engine, credentials=held, bio_language="de", attested_on=TODAY)

    run(at(night, TODAY + DAY))

    with Session(night.engine) as session:
        [letter] = session.scalars(select(Letter))
    assert "Zertifizierte Imago-Therapeut:in" in str(letter.body) and "Certified" not in str(letter.body)


def test_in_our_own_server_it_leaves_at_the_turn_of_the_day(night: Night) -> None:
    make(night.engine, credentials=[Credential("certified_imago_therapist", expires_on=TODAY)])
    held = {"terms": (("credential", ("certified_imago_therapist",)),)}
    days = [TODAY, TODAY, TODAY + DAY]
    thread = Midnight(lambda: at(night, TODAY + DAY), lambda: days.pop(0))

    thread.look()
    before = found(night, TODAY, **held)
    thread.look()

    assert (before, found(night, TODAY + DAY, **held)) == (1, 0)


def test_a_database_that_is_away_at_the_turn_of_the_day_is_asked_again(night: Night) -> None:
    make(night.engine, credentials=[Credential("certified_imago_therapist", expires_on=TODAY)])
    days, tries = [TODAY, TODAY + DAY, TODAY + DAY], []

    def away_at_first() -> Night:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("", {}, Exception("away"))
        return at(night, TODAY + DAY)

    thread = Midnight(away_at_first, lambda: days.pop(0))
    thread.look()
    thread.look()

    assert found(night, TODAY + DAY, terms=(("credential", ("certified_imago_therapist",)),)) == 0 and len(tries) == 2


def test_what_expired_long_ago_is_noted_and_nobody_is_told(night: Night) -> None:
    make(night.engine, credentials=[Credential("workshop_presenter", expires_on=TODAY - timedelta(400))])

    assert dict(run(night)["credentials"]) == {"expired": 1, "told": 0}

"""The jobs of a night: each does its work once, in transactions of its own, whatever becomes of the others."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from index.types import Query
from referral import cli, db, mail, model, nightly
from referral.config import ROOT
from referral.errors import UsageError
from referral.listings import attestations, indexing, standing
from referral.listings.content import Credential, Licence
from referral.model import Account, AuditEntry, Draft, Enquiry, Letter, Listing, SignIn, Token
from referral.moderation import reports
from referral.nightly import clock
from referral.nightly.midnight import Midnight
from referral.nightly.night import Counts, Night
from tests.make import HEAD, NOW, TODAY, make_account, make_listing

DAY = timedelta(days=1)


@pytest.fixture
def night(engine: Engine, index: EmbeddedIndex) -> Night:
    return Night(engine, index, HEAD, NOW)


def at(night: Night, day: date) -> Night:
    """The same directory in the first minute of another day."""
    return Night(night.engine, night.index, night.head, datetime.combine(day, time(0, 0, 1), UTC))


def run(night: Night) -> dict[str, Counts]:
    reports = nightly.run(night)
    assert [r.failed for r in reports if r.failed] == [], reports
    return {r.job: r.counts for r in reports}


def make(engine: Engine, **fields: object) -> int:
    with Session(engine) as session:
        id = make_listing(session, **{"email": "ada@example.org", **fields}).id
        session.commit()
        return id


def listing(engine: Engine, id: int) -> Listing:
    with Session(engine) as session:
        found = session.get(Listing, id)
        assert found is not None
        return found


def kinds(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Letter.kind).order_by(Letter.id)))


def test_an_empty_directory_has_a_quiet_night(night: Night) -> None:
    assert set(run(night)) == {name for name, _job in nightly.JOBS}


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


def test_a_night_with_a_wrong_date_is_made_good_by_the_next(night: Night) -> None:
    shown, old = make(night.engine), make(night.engine, attested_on=TODAY - timedelta(100))
    withdrawn = make(night.engine)
    with Session(night.engine) as session:
        standing.set_status(session, withdrawn, "hidden", NOW, "asked by telephone")
        session.commit()
    run(at(night, TODAY + timedelta(200)))
    with Session(night.engine) as session:
        session.execute(update(Letter).values(sent_at=NOW + timedelta(200)))
        session.commit()
    ahead = [listing(night.engine, id).status for id in (shown, old, withdrawn)]

    counts = run(at(night, TODAY + timedelta(1)))["wrong dates"]

    assert ahead == ["hidden", "hidden", "hidden"]
    assert [listing(night.engine, id).status for id in (shown, old, withdrawn)] == ["active", "unconfirmed", "hidden"]
    assert counts["shown"] == 2
    assert night.index.find(Query(), TODAY).total == 2
    for days in range(60, 122):
        run(at(night, TODAY + timedelta(days)))
    assert listing(night.engine, shown).status == "hidden"
    with Session(night.engine) as session:
        told = select(Letter.made_at).where(Letter.listing_id == shown, Letter.kind == "hidden")
        assert [at.date() for at in session.scalars(told)] == [TODAY + timedelta(120)], "not the one told by mistake"


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


def found(night: Night, today: date, **query: object) -> int:
    """How many a search on `today` finds."""
    with db.reading(night.engine) as session:
        indexing.follow(session, night.index, today)
    return night.index.find(Query(**query), today).total  # type: ignore[arg-type]


def test_bytes_of_the_index_that_changed_on_the_disk_are_mended(night: Night, tmp_path: Path) -> None:
    make(night.engine, attested_on=TODAY)
    assert found(night, TODAY) == 1
    path = next(tmp_path.rglob("arrays"))
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))

    assert run(night)["index"]["rebuilt"] == 1
    with db.reading(night.engine) as session:
        assert indexing.verify(session, night.index, TODAY) == []
    assert run(night)["index"]["rebuilt"] == 0


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


def test_a_paused_listing_comes_back_by_itself_after_a_reminder(night: Night) -> None:
    id = make(night.engine)
    with Session(night.engine) as session:
        standing.pause(session, id, TODAY + timedelta(10), NOW)
        session.commit()

    seen = []
    for days in range(0, 13):
        clock.pauses(at(night, TODAY + timedelta(days)))
        seen.append((listing(night.engine, id).status, len(kinds(night.engine))))

    assert seen[6] == ("paused", 0) and seen[7] == ("paused", 1) and seen[9] == ("paused", 1)
    assert seen[10] == ("active", 1) == seen[12]


def test_a_pause_longer_than_the_clock_ends_as_it_was_promised(night: Night) -> None:
    fresh, marked = make(night.engine), make(night.engine, name="Ben", attested_on=TODAY - timedelta(100))
    run(night)
    with Session(night.engine) as session:
        for id in (fresh, marked):
            standing.pause(session, id, TODAY + timedelta(130), NOW)
        session.commit()

    for days in (127, 130):
        run(at(night, TODAY + timedelta(days)))

    assert [listing(night.engine, id).status for id in (fresh, marked)] == ["active", "unconfirmed"]
    assert kinds(night.engine) == ["unconfirmed", "pause_ends", "pause_ends"]
    run(at(night, TODAY + timedelta(150)))
    assert [listing(night.engine, id).status for id in (fresh, marked)] == ["active", "hidden"]


def test_who_was_silent_for_too_long_before_a_pause_is_told_when_it_ends(night: Night) -> None:
    id = make(night.engine, attested_on=TODAY - timedelta(125))
    with Session(night.engine) as session:
        standing.pause(session, id, TODAY + timedelta(20), NOW)
        session.commit()

    run(at(night, TODAY + timedelta(20)))

    assert listing(night.engine, id).status == "hidden" and kinds(night.engine) == ["hidden"]


def test_a_listing_taken_down_while_paused_does_not_come_back(night: Night) -> None:
    id = make(night.engine)
    with Session(night.engine) as session:
        standing.pause(session, id, TODAY + DAY, NOW)
        session.get(Listing, id).held = True  # type: ignore[union-attr]
        session.commit()

    run(at(night, TODAY + 2 * DAY))

    assert listing(night.engine, id).status == "paused"


def test_what_is_past_its_time_is_forgotten_and_nothing_else(night: Night) -> None:
    id = make(night.engine)

    def rows(session: Session, name: str, days: int) -> None:
        moment = NOW - timedelta(days)
        used = Account(email=f"{name}@example.org", role="therapist", created_at=moment, last_seen_at=moment)
        unused = Account(email=f"{name}-unused@example.org", role="therapist", created_at=moment)
        session.add_all([used, unused])
        session.flush()
        session.add_all(
            [
                Token(hash=name, purpose="sign_in", address="", made_at=moment, expires_at=moment + timedelta(14)),
                SignIn(account_id=used.id, hash=name, made_at=moment, seen_at=moment),
                Draft(listing_id=id, account_id=used.id, section=name, base=1, fields=[], saved_at=moment),
                AuditEntry(at=moment, action="sign_in", object=f"account:{name}"),
                AuditEntry(at=moment, action="publish", object=f"listing:{name}"),
                Enquiry(listing_id=id, state="waiting", made_at=moment),
            ]
        )

    with Session(night.engine) as session:
        rows(session, "old", 100)
        rows(session, "middle", 13)
        session.commit()

    done = run(night)

    assert done["secrets"] == {"links": 1, "sign-ins": 1}
    assert done["enquiries"] == {"delivered": 0, "failed": 2, "forgotten": 1}  # nobody remembers their letters
    assert [done[job]["forgotten"] for job in ("drafts", "accounts", "security log")] == [1, 1, 1]
    with Session(night.engine) as session:
        left = [
            session.scalar(select(func.count()).select_from(kind)) for kind in (Token, SignIn, Draft, Enquiry, Account)
        ]
        assert left == [1, 1, 1, 1, 3]
        assert "listing:old" in session.scalars(select(AuditEntry.object)).all()


def test_the_words_of_a_closed_report_are_forgotten_after_a_month(night: Night) -> None:
    id = make(night.engine)
    with Session(night.engine) as session:
        moderator = make_account(session, "moderator").id
        for days, closed in ((40, True), (29, True), (40, False)):
            at = NOW - timedelta(days)
            one = reports.report(session, id, "She moved.", "" if closed else "v@example.org", at)
            if closed:
                reports.decide(session, one, moderator, True, "You were right.", at)
        session.commit()

    assert [run(night)["closed reports"]["forgotten"] for _twice in range(2)] == [1, 0]

    with Session(night.engine) as session:
        rows = session.scalars(select(model.Report).order_by(model.Report.id)).all()
        assert [(one.state, one.message, one.outcome) for one in rows] == [
            ("upheld", "", ""),
            ("upheld", "She moved.", "You were right."),
            ("open", "She moved.", ""),
        ]
        assert rows[0].decided_at == NOW - timedelta(40) and rows[2].reply_to == "v@example.org"


def test_one_job_that_fails_stops_no_other(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(night: Night) -> Counts:
        raise RuntimeError(f"{night.head}/secret")

    reports = nightly.run(night, [("broken", broken), *nightly.JOBS])

    assert [r.job for r in reports if r.failed] == ["broken"]
    assert len(reports) == len(nightly.JOBS) + 1
    assert "directory.example/secret" not in "".join(capsys.readouterr()) + repr(reports)


def test_a_job_that_fails_half_way_keeps_what_it_finished(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [make(night.engine, name=f"P {n}", attested_on=TODAY - timedelta(91)) for n in range(3)]
    real = standing.set_status

    def set_status(session: Session, id: int, *more: object) -> None:
        real(session, id, *more)  # type: ignore[arg-type]
        if id == ids[1]:
            raise RuntimeError

    monkeypatch.setattr(standing, "set_status", set_status)
    failed = [r.job for r in nightly.run(night) if r.failed]
    half = [listing(night.engine, id).status for id in ids]
    monkeypatch.undo()
    run(night)

    assert failed == ["attestations"] and half == ["unconfirmed", "active", "active"]
    assert [listing(night.engine, id).status for id in ids] == ["unconfirmed"] * 3
    assert kinds(night.engine) == ["unconfirmed"] * 3


def test_the_command_prints_a_table_and_one_line_of_figures(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    cli.install(app)

    result = app.test_cli_runner().invoke(args=["nightly", "--now", "2026-12-24"])

    assert result.exit_code == 0, result.output
    assert "2026-12-24 00:00 UTC" in result.output and "attestations" in result.output
    said = [line for line in (result.output + capsys.readouterr().out).splitlines() if '"event": "nightly"' in line]
    assert len(said) == 1 and json.loads(said[0])["letters_waiting"] == 0


def test_no_page_shows_what_the_night_reported() -> None:
    """The report goes to the terminal and the log alone."""
    pages = [*ROOT.glob("referral/**/views.py"), *ROOT.glob("referral/web/*.py"), *ROOT.glob("templates/**/*.html")]

    assert [p.name for p in pages if "nightly" in p.read_text("utf-8")] == []


def test_a_letter_with_a_dead_link_is_counted_as_failed_and_not_as_waiting(night: Night) -> None:
    """Also where no sender runs: the figures say how it is."""
    with Session(night.engine) as session:
        for minutes in (10, 30):
            values = {"link": "https://directory.example/account/sign-in/s3cret", "minutes": minutes}
            mail.post(session, "ada@example.org", "sign_in", values, NOW - timedelta(minutes=15))
        session.commit()

    assert run(night)["letters"] == {"forgotten": 0, "waiting": 1, "failed": 1}


def test_a_setting_that_stops_a_job_is_said(night: Night) -> None:
    def unset(night: Night) -> Counts:
        raise UsageError("REFERRAL_GEOCODER names nobody we know.")

    assert nightly.run(night, [("addresses", unset)])[0].failed == "REFERRAL_GEOCODER names nobody we know."

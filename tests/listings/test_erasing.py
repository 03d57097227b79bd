"""Erasing a person leaves no byte of them."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from index.embedded import EmbeddedIndex
from referral import db, mail, model, nightly
from referral.listings import forgetting, indexing, photos, published, revisions, rewriting
from referral.listings.content import Credential, Licence, Price
from referral.nightly import clearing
from referral.nightly.night import Night
from tests.listings.test_photos import picture
from tests.make import HEAD, NOW, TODAY, make_account, make_content, make_listing
from tests.postgres import ONLY_POSTGRES, ONLY_SQLITE

STOP = HEAD.stop("pair", "me@example.org")

MARK = "Xyzzyq"
"""Stands in everything that is kept of the person."""

SAID = {
    "name": f"{MARK} Example",
    "public_id": "markmark1234",
    "suffix": MARK,
    "identity": {"faith": MARK},
    "bio": f"I am {MARK}. " * 60,
    "website": f"https://{MARK}.example.org",
    "email": f"{MARK}@example.org",
    "photo": f"{MARK}.webp",
    "photo_alt": MARK,
    "source": f"net:{MARK}",
    "costs": [Price("USD", 100, note=MARK)],
    "offices": [{"country": "US", "locality": MARK, "street": MARK, "lat": 41.9, "lon": -87.6}],
    "credentials": [Credential("certified_imago_therapist", MARK)],
    "licences": [Licence(MARK, "US-IL", MARK)],
}


def everything(session: Session, id: int) -> None:
    """All that can hang on a listing, each with the mark in it."""
    listing = session.get_one(model.Listing, id)
    account = make_account(session, email=f"{MARK}@example.net", practitioner_id=listing.practitioner_id)
    one = {"listing_id": id, "made_at": NOW}
    letter = {"subject": MARK, "body": {"text": MARK}, "made_at": NOW, "due_at": NOW}
    token = {"made_at": NOW, "expires_at": NOW}
    session.add_all(
        [
            model.Draft(
                listing_id=id, account_id=account.id, section="bio", base=1, fields=[["b", MARK]], saved_at=NOW
            ),
            model.Report(**one, message=MARK, reply_to="visitor@example.org"),
            model.Enquiry(**one, state="waiting"),
            model.WeeklyCount(listing_id=id, week=TODAY, shown=3),
            model.Attestation(**one, version=1, by="practitioner"),
            model.Letter(
                **letter
                | {"body": {"text": MARK, "reply_to": f"visitor-{MARK}@example.org", "otherwise": {"to": MARK}}},
                message_id="<0>",
                to=f"{MARK}@example.com",
                listing_id=id,
            ),
            model.Letter(**letter, message_id="<1>", to=f"visitor-{MARK}@example.org", listing_id=id),
            model.Letter(**letter, message_id="<2>", to=account.email, account_id=account.id),
            model.Letter(**letter, message_id="<3>", to=f"{MARK}@example.org"),
            model.Token(**token, hash="1", purpose="claim", address=f"{MARK}@example.org"),
            model.Token(**token, hash="2", purpose="sign_in", address=account.email, account_id=account.id),
            model.LinkCheck(url=f"https://{MARK}.example.org", checked_on=TODAY, works=True),
            model.SignIn(account_id=account.id, hash="3", made_at=NOW, seen_at=NOW, device=MARK),
        ]
    )
    session.flush()
    content = published.load_any(session, [id])[0].content
    asked = {f.name: getattr(content, f.name) for f in content.__dataclass_fields__.values()}
    asked |= {"name": f"{MARK} Neu", "photo": f"{MARK}-2.webp", "bio": f"{MARK} again"}
    revisions.submit(session, id, type(content)(**asked), 1, account.id, NOW)


@ONLY_SQLITE
def test_no_byte_of_who_was_erased_is_left(engine: Engine, index: EmbeddedIndex, tmp_path: Path) -> None:
    with db.writing(engine) as session:
        others = [make_content(name=f"Person {n}", bio="Some words. " * 50) for n in range(60)]
        id = revisions.publish(session, [*others[:30], make_content(**SAID), *others[30:]], NOW, "test")[30]
        everything(session, id)
        session.commit()
    with db.reading(engine) as session:
        indexing.rebuild(session, index, TODAY)
    photos.keep(tmp_path / "photos", "markmark1234", picture())
    with Session(engine) as session:
        typed = [["partner-partner", f"https://directory.example/therapists/{MARK}-example".lower()]]
        draft = {"listing_id": id - 1, "account_id": make_account(session).id, "base": 1, "saved_at": NOW}
        session.add(model.Draft(section="partner", fields=typed, **draft))
        session.add(model.Draft(section="words", fields=[["words-bio", "Others"]], **draft))
        session.commit()
    assert marked(tmp_path) >= {"referral.sqlite-wal", "arrays"}

    with db.writing(engine) as session:
        public_ids = revisions.erase(session, [id], NOW + timedelta(1), "asked for")
        session.commit()
    assert forgetting.forget(engine, index, tmp_path / "photos", public_ids, TODAY)

    assert not list((tmp_path / "photos").iterdir())
    assert marked(tmp_path) == set()
    with db.reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(model.Account)) == 1
        assert session.scalars(select(model.Draft.section)).all() == ["words"]
        assert indexing.verify(session, index, TODAY) == []


def erased_over_postgresql(engine: Engine, data: Path, others: int = 60) -> Path:
    """Somebody of whom everything was kept and is erased, as in the day; the folder of the database's files."""
    with db.writing(engine) as session:
        people = [make_content(name=f"Person {n}", bio="Some words. " * 50) for n in range(others)]
        id = revisions.publish(session, [*people, make_content(**SAID)], NOW, "test")[-1]
        everything(session, id)
        session.commit()
    say(engine, "ANALYZE")
    forgetting.begin(data)
    with db.writing(engine) as session:
        revisions.erase(session, [id], NOW + timedelta(1), "asked for")
        session.commit()
    say(engine, "CHECKPOINT")
    folder, number = say(
        engine, "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
    )
    files = Path(folder) / "base" / str(number)
    if not os.access(files, os.R_OK):
        pytest.skip("The files of this PostgreSQL cannot be read from here.")
    return files


def say(engine: Engine, statement: str) -> Any:
    """What the server answers, if anything, outside of any transaction."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        result = connection.exec_driver_sql(statement)
        return result.first() if result.returns_rows else None


COLUMNS = "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
DRAWN = (
    f"{COLUMNS} WHERE table_schema = 'public'",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint",
)


def drawn(engine: Engine) -> set[Any]:
    """Every column, index and constraint there is."""
    with engine.connect() as connection:
        return {tuple(row) for one in DRAWN for row in connection.exec_driver_sql(one)}


@ONLY_POSTGRES
@pytest.mark.parametrize("others", [60, 0])
def test_no_byte_of_who_was_erased_is_left_in_the_files_of_postgresql_after_the_night(
    engine: Engine, index: EmbeddedIndex, tmp_path: Path, others: int
) -> None:
    files, before = erased_over_postgresql(engine, tmp_path, others), drawn(engine)
    say(engine, "VACUUM")
    say(engine, "CHECKPOINT")
    assert marked(files), "a plain VACUUM would have been enough"

    in_the_day = forgetting.sweep(engine, index, tmp_path, TODAY)
    at_night = nightly.run(Night(engine, index, HEAD, NOW + timedelta(1), data=tmp_path), [("disk", clearing.disk)])

    assert not in_the_day and at_night[0].counts["erasings left to finish"] == 0
    say(engine, "CHECKPOINT")
    assert marked(files) == set()
    assert drawn(engine) == before
    assert forgetting.sweep(engine, index, tmp_path, TODAY), "nothing is left to do in the day after"


@ONLY_POSTGRES
def test_a_table_that_is_read_is_written_anew_the_next_night(
    engine: Engine, index: EmbeddedIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = erased_over_postgresql(engine, tmp_path)
    monkeypatch.setattr(rewriting, "WAIT", "50ms")

    with db.reading(engine) as session:
        session.scalars(select(model.Listing)).all()
        assert not forgetting.sweep(engine, index, tmp_path, TODAY, at_night=True)
    assert marked(files)

    assert forgetting.sweep(engine, index, tmp_path, TODAY, at_night=True)
    assert marked(files) == set()


@ONLY_POSTGRES
def test_who_reads_an_older_moment_keeps_the_rows_and_the_next_night_does_it(
    engine: Engine, index: EmbeddedIndex, tmp_path: Path
) -> None:
    with db.reading(engine) as older:
        older.scalar(select(func.now()))
        files = erased_over_postgresql(engine, tmp_path)
        assert not forgetting.sweep(engine, index, tmp_path, TODAY, at_night=True)

    assert forgetting.sweep(engine, index, tmp_path, TODAY, at_night=True)
    assert marked(files) == set()


@ONLY_POSTGRES
def test_a_role_that_may_not_vacuum_says_so_in_one_line(engine: Engine, index: EmbeddedIndex, tmp_path: Path) -> None:
    erased_over_postgresql(engine, tmp_path)
    for statement in ("DROP ROLE IF EXISTS referral_guest", "CREATE ROLE referral_guest LOGIN",
                      "GRANT pg_read_all_data, pg_write_all_data TO referral_guest"):  # fmt: skip
        say(engine, statement)
    guest = db.open_engine(engine.url.set(username="referral_guest").render_as_string(hide_password=False))
    try:
        with capture_logs() as lines:
            assert forgetting.sweep(guest, index, tmp_path, TODAY, at_night=True), "again every night would help nobody"
    finally:
        guest.dispose()

    [line] = lines
    assert line["log_level"] == "warning" and {"listing", "pg_catalog.pg_statistic"} <= {*line["tables"]}


def marked(folder: Path) -> set[str]:
    """The files below that hold the mark, in either case."""
    return {p.name for p in folder.rglob("*") if p.is_file() and MARK.lower().encode() in p.read_bytes().lower()}


def test_who_does_other_work_keeps_their_account(session: Session) -> None:
    listing = make_listing(session)
    account = make_account(session, "coordinator", practitioner_id=listing.practitioner_id)

    revisions.erase(session, [listing.id], NOW)

    session.refresh(account)
    assert account.practitioner_id is None


def test_letters_of_others_with_the_same_address_stay(session: Session) -> None:
    one, other = make_listing(session, email="both@example.org"), make_listing(session, email="both@example.org")
    letter = {"to": "both@example.org", "subject": "", "body": {}, "made_at": NOW, "due_at": NOW}
    session.add_all([model.Letter(**letter, message_id=f"<{n.id}>", listing_id=n.id) for n in (one, other)])
    session.flush()

    revisions.erase(session, [one.id], NOW)

    assert session.scalars(select(model.Letter.message_id)).all() == [f"<{other.id}>"]


def test_no_letter_to_who_was_erased_waits_however_their_address_was_typed(session: Session) -> None:
    listing, other = make_listing(session, email="Ada@example.org"), make_listing(session)
    me = make_account(session, "coordinator", email="me@example.org", practitioner_id=listing.practitioner_id)
    values = {"link": "https://directory.example/x", "partner": "Ben"}
    for to in ("ADA@example.org", "ada@Example.org"):
        mail.post(session, to, "claim", values, NOW)
    mail.post(session, me.email, "pair", values, NOW, account_id=me.id, listing_id=other.id, stop=STOP)
    mail.post(session, me.email, "sign_in", values, NOW, account_id=me.id)
    mail.post(session, "ada@example.com", "claim", values, NOW)

    revisions.erase(session, [listing.id], NOW)

    told = session.execute(select(model.Letter.to, model.Letter.kind).order_by(model.Letter.id)).all()
    assert [tuple(one) for one in told] == [("me@example.org", "sign_in"), ("ada@example.com", "claim")]


def test_who_reported_a_listing_and_left_an_address_is_told_that_it_is_gone(session: Session) -> None:
    listing, other = make_listing(session, name="Ada Example", email="ada@example.org"), make_listing(session)

    def report(reply_to: str, id: int = listing.id, **more: str) -> None:
        session.add(model.Report(listing_id=id, message="Wrong.", reply_to=reply_to, made_at=NOW, **more))

    report("besucherin@example.org", language="de")
    report("")
    report("ada@example.org")  # the person themselves
    report("told@example.org", state="upheld")
    report("elsewhere@example.org", other.id)
    session.flush()

    revisions.erase(session, [listing.id], NOW)

    [letter] = session.scalars(select(model.Letter))
    assert (letter.to, letter.kind, letter.body["language"]) == ("besucherin@example.org", "report_outcome", "de")
    assert "nicht mehr im Verzeichnis" in letter.body["text"] and "Ada" not in str(letter.body)
    assert session.scalars(select(model.Report.reply_to)).all() == ["elsewhere@example.org"]

"""A roster from a file: what it would change is shown, and exactly that is done, all of it or nothing."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import columns, comparing, exports, files, importing
from referral.errors import UsageError
from referral.listings import published, revisions
from referral.listings.content import Content, Credential
from referral.model import AuditEntry, Change, Letter, Listing, Membership, Network, RosterFile
from referral.networks import rosters
from referral.text import _, languages, speaking
from tests.coordinating.people import coordinator_of, make_member, make_network
from tests.listings.towns import Towns
from tests.make import HEAD, NOW, TODAY, make_account, make_listing

HEADER = "Name;E-Mail;Land;Ort;Ausbildung;gültig bis\n"
ADA = "Ada Example;ada@example.org;US;Springfield;Certified Imago Therapist;31.12.2027\n"
BEN = "Ben Example;ben@example.org;Germany;Köln;certified;2028-05-01\n"
CERTIFIED = "certified_imago_therapist"


def sent(session: Session, net: Network, me: Actor, *rows: str, header: str = HEADER) -> RosterFile:
    return files.keep(session, net.id, me.account_id, "roster.csv", (header + "".join(rows)).encode(), NOW)


def compare(session: Session, net: Network, file: RosterFile, own: int | None = None) -> comparing.Comparison:
    return comparing.compare(session, net, file, own, Towns(), TODAY)  # type: ignore[arg-type]  # three towns


def take(session: Session, net: Network, me: Actor, file: RosterFile, *ended: str) -> importing.Done:
    return importing.take_over(session, net, look(session, net, me, file), ended, me, HEAD, NOW)


def look(session: Session, net: Network, me: Actor, file: RosterFile) -> comparing.Comparison:
    """Shown, and looked at once more."""
    shown = compare(session, net, file, me.listing_id)
    return importing.looked_at(session, net, shown.digest, me, Towns(), NOW)  # type: ignore[arg-type]  # three towns


def everybody(session: Session) -> dict[str, Content]:
    return {p.content.name: p.content for p in published.each(session, public=False)}


def test_who_comes_by_a_roster_is_filed_family_first_unless_the_file_says_otherwise(
    session: Session, net: Network, me: Actor
) -> None:
    rows = ["Max Muster;DE;\n", "Ivy Grey Stone;GB;Grey Stone, Ivy\n"]
    take(session, net, me, sent(session, net, me, *rows, header="Name;Country;Listed under\n"))

    assert {c.sort_name for c in everybody(session).values()} == {"Muster, Max", "Grey Stone, Ivy"}


def test_columns_are_known_by_what_people_call_them() -> None:
    header = ["Mitgliedsnummer", "Full name", "E-Mail", "Strasse", "PLZ", "Ort", "Valid until", "Shoe size", "Name"]

    assert columns.guessed(header) == {
        "id": "Mitgliedsnummer", "name": "Full name", "email": "E-Mail", "street": "Strasse", "postcode": "PLZ",
        "locality": "Ort", "expires_on": "Valid until",
    }  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_columns_are_known_by_what_our_own_page_calls_them(language: str) -> None:
    with speaking(language):
        header = [_(label) for label in columns.LABELS.values()]

    assert columns.guessed(header) == dict(zip(columns.LABELS, header, strict=True))


def test_new_people_wait_until_they_agree_and_are_told_how(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, ADA, BEN)
    shown = compare(session, net, file)
    assert [(r.line, r.after.name, r.joins) for r in shown.new] == [(2, "Ada Example", True), (3, "Ben Example", True)]
    assert everybody(session) == {} and shown.guess == "\u2068utf-8\u2069, semicolons between the columns"

    done = take(session, net, me, file)

    assert done == importing.Done(2, 0, 0, 0, 2)
    ada = everybody(session)["Ada Example"]
    assert (ada.status, ada.consented_on, ada.chosen("track")) == ("pending", None, ("clinical",))
    assert ada.credentials == (
        Credential(CERTIFIED, expires_on=date(2027, 12, 31), verified_by=net.name, verified_on=TODAY),
    )
    assert {(letter.kind, letter.to) for letter in session.scalars(select(Letter))} == {
        ("invited", "ada@example.org"), ("invited", "ben@example.org"),
    }  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Membership).where(*rosters.belongs(TODAY))) == 2
    assert files.find(session, net.id, me.account_id) is None
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "import")).one()
    assert (entry.account_id, entry.detail) == (me.account_id, {"new": 2, "changed": 0, "ended": 0, "again": 0})


def test_more_people_cost_no_more_statements(engine: Engine, session: Session, net: Network, me: Actor) -> None:
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: said.append(statement))

    def statements(people: range) -> int:
        file = sent(session, net, me, *(f"Ada {n};a{n}@example.org;US;Springfield;certified;\n" for n in people))
        shown = look(session, net, me, file)
        said.clear()
        done = importing.take_over(session, net, shown, (), me, HEAD, NOW)
        assert done.invited == len(people)
        return len(said)

    few = statements(range(3))

    assert statements(range(10, 110)) <= few + 10


def test_the_same_file_again_changes_nothing(session: Session, net: Network, me: Actor) -> None:
    take(session, net, me, sent(session, net, me, ADA, BEN))

    shown = compare(session, net, sent(session, net, me, ADA, BEN))

    assert (shown.new, shown.changed, shown.same, shown.gone, shown.empty) == ([], [], 2, [], True)


def test_a_change_is_shown_field_by_field_and_a_missing_member_is_only_proposed(
    session: Session, net: Network, me: Actor
) -> None:
    take(session, net, me, sent(session, net, me, ADA, BEN))
    file = sent(session, net, me, ADA.replace("31.12.2027", "31.12.2029").replace("Springfield", "Chicago"))

    shown = compare(session, net, file)
    take(session, net, me, file)

    [row] = shown.changed
    assert {one.label for one in row.told} == {"Imago training", "Offices"}
    assert [one.name for one in shown.gone] == ["Ben Example"]
    assert everybody(session)["Ada Example"].credentials[0].expires_on == date(2029, 12, 31)
    assert session.scalar(select(func.count()).select_from(Membership).where(*rosters.belongs(TODAY))) == 2


def test_a_membership_ends_when_it_is_ticked_and_the_listing_stays(session: Session, net: Network, me: Actor) -> None:
    ben = make_member(session, net, name="Ben Gone")
    make_account(session, practitioner_id=ben.practitioner_id, email="ben@example.org")

    done = take(session, net, me, sent(session, net, me, ADA), ben.public_id, "nobody123456")

    assert (done.new, done.ended) == (1, 1)
    ended = session.scalars(select(Membership).where(Membership.practitioner_id == ben.practitioner_id)).one()
    assert ended.until == TODAY and "Ben Gone" in everybody(session)
    assert "membership_ended" in set(session.scalars(select(Letter.kind)))


def test_what_a_therapist_keeps_is_left_to_them_but_for_their_papers(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example", email="mine@example.org")
    make_account(session, practitioner_id=ada.practitioner_id)
    before = everybody(session)["Ada Example"]

    file = sent(session, net, me, ADA)
    shown = compare(session, net, file)
    take(session, net, me, file)

    after = everybody(session)["Ada Example"]
    assert replace(after, credentials=()) == replace(before, credentials=())
    assert after.credentials[0].expires_on == date(2027, 12, 31) and after.credentials[0].verified_by == net.name
    assert after.credentials[0].issuer == "Example Network"
    assert any("Address for enquiries" in str(remark) for remark in shown.remarks)


def test_who_applied_is_confirmed_by_standing_on_the_roster(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example", applied=True, status="pending")
    file = sent(session, net, me, "Ada Example\n", header="Name\n")

    shown = compare(session, net, file)
    take(session, net, me, file)

    assert [(r.joins, r.told) for r in shown.changed] == [(True, ())]
    one = session.scalars(select(Membership).where(Membership.practitioner_id == ada.practitioner_id)).one()
    assert rosters.standing(one, TODAY) == "member"


def test_the_networks_own_file_sent_back_unchanged_changes_nothing(session: Session, net: Network, me: Actor) -> None:
    make_member(session, net, name="Ada Example", applied=True, status="pending")
    make_member(session, net, name="Ben Example")
    ours = exports.roster(session, net, TODAY).encode()
    file = files.keep(session, net.id, me.account_id, "roster.csv", ours, NOW)

    shown = compare(session, net, file)

    assert (shown.new, shown.changed, shown.back, shown.gone, shown.bad, shown.same) == ([], [], [], [], [], 2)
    assert [str(one) for one in shown.remarks if "Ada Example" in str(one)] == [
        "line 2, standing: Ada Example has applied, and so says the line. Confirm them on the roster."
    ]


def test_a_roster_reaches_nobody_outside_its_network(session: Session, net: Network, me: Actor) -> None:
    other = make_member(session, make_network(session, "other"), name="Theirs", email="theirs@example.org")
    before = everybody(session)["Theirs"]
    by_number = sent(session, net, me, f"{other.public_id},Mine now\n", header="public_id,name\n")
    assert [str(fault) for fault in compare(session, net, by_number).bad] == [
        "line 2, public_id: There is nobody with this number among yours."
    ]

    by_address = sent(session, net, me, "Mine now,theirs@example.org,US\n", header="name,email,country\n")
    shown = compare(session, net, by_address)

    assert (shown.new, shown.changed) == ([], []) and "left out" in str(shown.remarks[-1])
    assert everybody(session) == {"Theirs": before}


def test_columns_that_say_who_is_shown_are_not_read(session: Session, net: Network, me: Actor) -> None:
    header = "name,country,status,consented_on,source,verified_by,new_clients\n"
    file = sent(session, net, me, "Ada Example,US,active,2026-01-01,other:1,Somebody,accepting\n", header=header)

    take(session, net, me, file)

    ada = everybody(session)["Ada Example"]
    assert (ada.status, ada.consented_on) == ("pending", None) and ada.source.startswith("imago-example:")


def test_a_bad_row_is_said_with_its_line_and_nothing_is_taken_over(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, ADA, "Ben;b@example.org;Nowhereland;;certified;soon\n", ";x@example.org;US;;;\n")
    shown = compare(session, net, file)

    assert [(f.line, f.column) for f in shown.bad] == [(3, "Land"), (3, "gültig bis"), (4, "Name")]
    with pytest.raises(UsageError, match="Nothing was taken over"):
        take(session, net, me, file)
    assert everybody(session) == {} and files.find(session, net.id, me.account_id) is not None


def test_what_is_taken_over_is_what_was_shown(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example")
    file = sent(session, net, me, ADA)
    digest = compare(session, net, file).digest
    wish = replace(published.load_any(session, [ada.id])[0].content, bio="Meanwhile")
    revisions.submit(session, ada.id, wish, 1, None, NOW)
    changes = session.scalar(select(func.count()).select_from(Change))

    with pytest.raises(importing.Moved):
        importing.looked_at(session, net, digest, me, Towns(), NOW)  # type: ignore[arg-type]

    sent(session, net, me, ADA, BEN)
    with pytest.raises(importing.Moved):
        importing.looked_at(session, net, digest, me, Towns(), NOW)  # type: ignore[arg-type]
    assert session.scalar(select(func.count()).select_from(Change)) == changes


def test_ones_own_line_is_left_and_one_is_never_gone(session: Session, net: Network) -> None:
    mine = make_member(session, net, name="Ada Example")
    me = coordinator_of(session, net, listing=mine)
    before = everybody(session)

    named = compare(session, net, sent(session, net, me, ADA), mine.id)
    missing = compare(session, net, sent(session, net, me, BEN), mine.id)

    assert (named.changed, named.same) == ([], 1) and "yourself" in str(named.remarks[-1])
    assert missing.gone == []
    take(session, net, me, sent(session, net, me, ADA), mine.public_id)
    assert everybody(session) == before


def test_other_training_stays_when_a_row_names_one(session: Session, net: Network, me: Actor) -> None:
    held = [Credential("workshop_presenter", expires_on=date(2027, 1, 1)), Credential(CERTIFIED)]
    make_member(session, net, name="Ada Example", credentials=held)

    take(session, net, me, sent(session, net, me, ADA))

    presenter, certified = everybody(session)["Ada Example"].credentials
    assert presenter == held[0]
    assert (certified.expires_on, certified.verified_on) == (date(2027, 12, 31), TODAY)


def test_a_day_without_a_training_is_a_bad_row(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, "Ada Example,US,2027-01-01\n", header="name,country,valid until\n")

    assert "no training" in str(compare(session, net, file).bad[0])


def test_languages_of_a_row_may_be_parted_by_commas(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, "Ada Example;US;German, English\n", header="name;country;Languages\n")

    assert compare(session, net, file).new[0].after.chosen("language") == ("de", "en")


def test_two_trainings_are_not_read_as_one(session: Session, net: Network, me: Actor) -> None:
    file = sent(
        session, net, me, 'Ada Example;US;"Imago presenter, Imago supervisor"\n', header="name;country;training\n"
    )

    assert [fault.column for fault in compare(session, net, file).bad] == ["training"]


def test_all_faults_of_a_line_come_at_once_and_as_they_were_typed(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, "Bob Example;bob@example;DE;;Something;31.02.2027\n")

    assert [(fault.column, fault.reason) for fault in compare(session, net, file).bad] == [
        ("Ausbildung", "Unknown term: Something."),
        ("gültig bis", "Not a date like 2026-11-23: 31.02.2027."),
        ("E-Mail", "This is not a whole e-mail address. One looks like this: ann@example.org"),
    ]


def test_a_day_is_not_blamed_for_a_training_that_cannot_be_read(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, "Bob Example;bob@example.org;DE;;Something;31.12.2027\n")

    assert [fault.column for fault in compare(session, net, file).bad] == ["Ausbildung"]


def test_a_workbook_is_read_too_and_an_old_encoding_is_said(session: Session, net: Network, me: Actor) -> None:
    book, stream = Workbook(), BytesIO()
    for row in (["Name", "Country", "Valid until", "Training"], ["Åse Example", "DK", date(2028, 1, 31), "certified"]):
        book.active.append(row)
    book.save(stream)

    sheet = files.keep(session, net.id, me.account_id, "medlemmer.xlsx", stream.getvalue(), NOW)
    assert [r.after.credentials[0].expires_on for r in compare(session, net, sheet).new] == [date(2028, 1, 31)]
    old = files.keep(session, net.id, me.account_id, "alt.csv", "Name;Land\nJürgen Example;DE\n".encode("cp1252"), NOW)
    shown = compare(session, net, old)
    assert (shown.guess, shown.new[0].after.name) == (
        "\u2068cp1252\u2069, semicolons between the columns",
        "Jürgen Example",
    )


def test_columns_may_be_named_by_hand(session: Session, net: Network, me: Actor) -> None:
    file = sent(session, net, me, "x,Ada Example,US\n", header="a,b,Country\n")
    assert "holds the names" in str(compare(session, net, file).bad[0])

    files.name_columns(session, net.id, me.account_id, {"a": "", "b": "name", "Country": "country", "z": "email"})

    assert file.fields == {"name": "b", "country": "Country"}
    assert [r.after.name for r in compare(session, net, file).new] == ["Ada Example"]
    with pytest.raises(UsageError, match="Two columns"):
        files.name_columns(session, net.id, me.account_id, {"a": "name", "b": "name"})


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty"), (b"\x00\x01" * 90, "not a text file"), (b"x" * 10_000_001, "10 MB")],
)
def test_what_is_no_roster_is_said_and_the_one_before_stays(
    session: Session, net: Network, me: Actor, content: bytes, said: str
) -> None:
    sent(session, net, me, ADA)

    with pytest.raises(UsageError, match=said):
        files.keep(session, net.id, me.account_id, "x.csv", content, NOW)

    there = files.find(session, net.id, me.account_id)
    assert there is not None and there.name == "roster.csv"


def test_two_of_one_name_are_told_apart_by_their_address(session: Session, net: Network, me: Actor) -> None:
    for n in (1, 2):
        make_member(session, net, name="Kim Example", email=f"kim{n}@example.org")

    shown = compare(session, net, sent(session, net, me, "Kim Example,kim2@example.org,+1 312 555 0123,US\n",
                                       header="name,email,phone,country\n"))  # fmt: skip

    assert [r.before.content.email for r in shown.changed if r.before] == ["kim2@example.org"]
    assert len(shown.gone) == 1


def test_the_operators_import_is_known_again(session: Session, net: Network, me: Actor) -> None:
    there = make_listing(session, name="Old Name", source="imago-example:7", status="pending")

    shown = compare(session, net, sent(session, net, me, "7,New Name,US\n", header="id,name,country\n"))

    assert [(r.before.id, r.joins) for r in shown.changed if r.before] == [(there.id, True)]
    assert session.get_one(Listing, there.id).source == "imago-example:7"


def by_number(listing: Listing, name: str = "Ada Example", rest: str = "new@example.org,+1 312 555 0123,US") -> str:
    return f"{listing.public_id},{name},{rest}\n"


BY_NUMBER = "public_id,name,email,phone,country\n"


@pytest.mark.parametrize("numbered", [True, False])
def test_who_is_no_longer_a_member_is_only_proposed(session: Session, net: Network, me: Actor, numbered: bool) -> None:
    ada = make_member(session, net, name="Ada Example", email="ada@example.org")
    rosters.end(session, net.id, ada.practitioner_id, TODAY)
    before = everybody(session)
    row, header = (by_number(ada), BY_NUMBER) if numbered else (ADA, HEADER)
    file = sent(session, net, me, row, header=header)

    shown = compare(session, net, file)
    take(session, net, me, file)

    assert [row.before.id for row in shown.back if row.before] == [ada.id]
    assert (shown.new, shown.changed, shown.bad) == ([], [], [])
    assert everybody(session) == before
    assert list(session.scalars(select(Membership).where(*rosters.belongs(TODAY)))) == []


def test_who_belongs_to_another_network_is_left_even_when_they_once_came_by_this_one(
    session: Session, net: Network, me: Actor
) -> None:
    other = make_network(session, "other")
    ada = make_member(session, other, name="Ada Example", source="imago-example:7")
    asked = make_member(session, other, name="Asked Example", source="imago-example:8", applied=True)
    before = everybody(session)
    rows = (by_number(ada), by_number(asked, "Asked Example"))

    by_source = ("7,Ada,US\n", "8,Asked,US\n")
    for some, header in ((rows, BY_NUMBER), (by_source, "id,name,country\n")):
        file = sent(session, net, me, *some, header=header)
        shown = compare(session, net, file)
        assert shown.empty and ["left out" in str(one) for one in shown.remarks] == [True, True]
        take(session, net, me, file)

    assert everybody(session) == before


def test_who_belongs_to_two_networks_is_changed_by_both(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example")
    rosters.enrol(session, make_network(session, "other").id, [ada.practitioner_id], TODAY)

    take(session, net, me, sent(session, net, me, by_number(ada), header=BY_NUMBER))

    assert everybody(session)["Ada Example"].email == "new@example.org"


@pytest.mark.parametrize(("status", "is_told"), [("active", True), ("pending", False), ("paused", False)])
def test_a_roster_tells_nobody_whose_address_is_known_but_of_those_whom_visitors_see(
    session: Session, net: Network, me: Actor, status: str, is_told: bool
) -> None:
    make_listing(session, name="Adele Elsewhere", email="ada@example.org", status=status)

    shown = compare(session, net, sent(session, net, me, ADA))

    assert bool(shown.remarks) == is_told and len(shown.new) == (not is_told)

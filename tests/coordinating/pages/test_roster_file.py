"""A roster that is sent: shown first, then taken over; and one that is saved."""

import csv
from collections.abc import Callable
from functools import partial
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from referral import changes, db
from referral.model import AuditEntry, Letter, Listing, Membership, RosterFile
from referral.places.types import Found
from tests import postgres
from tests.client import CheckingClient
from tests.coordinating.pages.hands import ADA, FILE, HOME, content, count, send
from tests.listings.towns import Towns
from tests.make import TODAY, make_listing
from tests.people import Write


def test_the_roster_is_saved_as_a_file_that_runs_nothing_and_can_be_read_back(
    me: CheckingClient, ben: Listing, write: Write
) -> None:
    answer = me.post_form(f"{HOME}/export", only="", words="")

    assert "attachment" in answer.headers["Content-Disposition"] and answer.mimetype == "text/csv"
    [row] = csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")))
    assert (row["public_id"], row["name"], row["standing"]) == (ben.public_id, "Ben <i>Cole", "member")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert "@" not in answer.text
    assert count(write, AuditEntry, AuditEntry.action == "export") == 1

    send(me, answer.text)
    assert "There is nothing to take over" in me.get(f"{HOME}/import").text


def test_a_roster_is_shown_before_anything_happens_and_then_taken_over(
    me: CheckingClient, ben: Listing, write: Write
) -> None:
    assert "Send the list" in me.get(f"{HOME}/import").text
    assert send(me, FILE + ADA).status_code == 303
    page = me.get(f"{HOME}/import").text
    assert "1 new person" in page and "1 member is not in the file" in page and count(write, Listing) == 1
    digest = page.partition('name="digest" value="')[2][:64]

    wrong = me.post_form(f"{HOME}/import/take-over", digest="0" * 64)
    done = me.post_form(f"{HOME}/import/take-over", digest=digest, gone=ben.public_id)

    assert (wrong.status_code, done.status_code) == (409, 303) and "look at the difference once more" in wrong.text
    said = me.get(done.location).text
    assert all(one in said for one in ("1 new person<", "0 changes<", "1 membership has ended."))
    assert count(write, Listing) == 2 and count(write, Letter, Letter.kind == "invited") == 1
    assert count(write, Membership, Membership.until == TODAY) == 1
    assert me.post_form(f"{HOME}/import/take-over", digest=digest).status_code == 404


def test_the_difference_says_who_is_seen_by_it(me: CheckingClient, ada: Listing) -> None:
    send(me, FILE + ADA)
    page = me.get(f"{HOME}/import").text
    digest = page.partition('name="digest" value="')[2][:64]
    assert "Becomes a member." in page and "visitors see them from then on" in page
    assert me.get(f"/therapists/{ada.slug}").status_code == 404

    assert me.post_form(f"{HOME}/import/take-over", digest=digest).status_code == 303

    assert me.get(f"/therapists/{ada.slug}").status_code == 200


class Busy(Towns):
    """Towns; while one is looked up somebody else writes, without waiting for anybody."""

    def __init__(self, url: str) -> None:
        self.engine, self.deeds = db.open_engine(url), list[Callable[[Session], object]]()
        event.listen(self.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        """Write what is next, if anything is."""
        with Session(self.engine) as here:
            for deed in self.deeds[:1]:
                deed(here)
                here.commit()
        del self.deeds[:1]
        return super().find(line, country=country, limit=limit)


@pytest.mark.skipif(bool(postgres.SERVER), reason="there nobody waits for who writes something else")
@pytest.mark.parametrize("overtaken", [0, 1, 2])
def test_others_write_while_a_roster_is_looked_at_and_what_they_overtake_is_looked_at_again(
    me: CheckingClient, app: Flask, ben: Listing, write: Write, database_url: str, overtaken: int
) -> None:
    vars(app.extensions["referral"])["gazetteer"] = busy = Busy(database_url)
    send(me, "name,country,town\nAda Example,US,Chicago\n")
    digest = me.get(f"{HOME}/import").text.partition('name="digest" value="')[2][:64]
    other = write(lambda s: make_listing(s, name="Other").id)
    touched = [ben.id if n < overtaken else other for n in range(2)]
    busy.deeds += [partial(changes.record, listing_ids=[id]) for id in touched]

    done = me.post_form(f"{HOME}/import/take-over", digest=digest)

    assert (done.status_code, count(write, Listing)) == ((409, 2) if overtaken == 2 else (303, 3))
    assert len(busy.deeds) == (1 if overtaken == 0 else 0)
    busy.engine.dispose()


def test_a_roster_proposes_former_members(me: CheckingClient, ben: Listing, write: Write) -> None:
    me.post_form(f"{HOME}/members/{ben.public_id}/end")
    send(me, "name,country,phone\nBen <i>Cole,US,+1 312 555 0123\n")
    page = me.get(f"{HOME}/import").text
    assert "1 former member is in the file" in page
    digest = page.partition('name="digest" value="')[2][:64]

    done = me.post_form(f"{HOME}/import/take-over", digest=digest, again=ben.public_id)

    assert "1 membership has begun again." in me.get(done.location).text
    assert content(write, ben).phone == "+13125550123"


def test_a_file_with_bad_lines_is_shown_with_them_and_stays(me: CheckingClient, write: Write) -> None:
    send(me, FILE + ADA + "Ben,Nowhere,,,soon\n")

    page = me.get(f"{HOME}/import").text

    assert "line 3, country: Unknown country" in page and "Take this over" not in page
    assert me.post_form(f"{HOME}/import/take-over", digest="x").status_code == 400
    assert count(write, RosterFile) == 1 and count(write, Listing) == 0
    assert me.post_form(f"{HOME}/import/forget").status_code == 303
    assert count(write, RosterFile) == 0


def test_columns_are_named_by_hand(me: CheckingClient) -> None:
    send(me, "who,Land\nAda Example,DE\n")
    path, token = f"{HOME}/import/columns", me.csrf_token()
    assert "Say which column holds the names" in me.get(f"{HOME}/import").text

    twice = me.post(path, data={"csrf_token": token, "column": ["who", "Land"], "field": ["name", "name"]})
    done = me.post(path, data={"csrf_token": token, "column": ["who", "Land"], "field": ["name", "country"]})

    assert (twice.status_code, done.status_code) == (400, 303) and "Two columns" in twice.text
    assert "1 new person" in me.get(f"{HOME}/import").text


@pytest.mark.parametrize(
    ("content", "status", "said"), [("", 400, "The file is empty"), ("\x00" * 99, 400, "not a text file")]
)
def test_what_is_no_roster_is_said(me: CheckingClient, content: str, status: int, said: str) -> None:
    page = send(me, content)

    assert page.status_code == status and said in page.text


def test_a_file_that_is_too_large_is_told_so(me: CheckingClient) -> None:
    page = send(me, "name\n" + "x" * 10_000_000)
    far = send(me, "name\n" + "x" * 12_000_000)

    assert page.status_code == 400 and "at most 10 MB" in page.text
    assert far.status_code == 413

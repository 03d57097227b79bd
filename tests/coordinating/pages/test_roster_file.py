"""A roster that is sent: shown first, then taken over; and one that is saved."""

import csv
from io import StringIO

import pytest

from referral.model import AuditEntry, Letter, Listing, Membership, RosterFile
from tests.client import CheckingClient
from tests.coordinating.pages.hands import ADA, FILE, HOME, content, count, send
from tests.make import TODAY
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

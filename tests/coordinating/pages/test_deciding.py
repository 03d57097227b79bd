"""Somebody on the roster: confirmed, declined, renewed, ended, taken back."""

import re

import pytest
from flask import Flask

from referral import model
from referral.listings.content import Credential
from referral.model import AuditEntry, Letter, Listing
from tests.client import CheckingClient
from tests.coordinating.pages.hands import HOME, KEY, content, count
from tests.coordinating.people import make_member
from tests.make import TODAY, make_account, make_listing
from tests.people import Write


@pytest.mark.parametrize("deed", ["confirm", "decline"])
def test_whoever_decided_on_one_sees_who_else_has_applied(
    me: CheckingClient, ada: Listing, ben: Listing, net: model.Network, write: Write, deed: str
) -> None:
    write(lambda s: make_member(s, net, name="Cleo Example", applied=True, status="pending"))
    typed = {"confirm": {"base": "1", "paper": KEY}, "decline": {"reason": "Nobody here knows them."}}[deed]

    done = me.post_form(f"{HOME}/members/{ada.public_id}/{deed}", **typed)

    page = me.get(done.location).text
    assert "Cleo Example" in page and "Ben &lt;i&gt;Cole" not in page and "1 person" in page


def test_who_decided_on_the_last_one_is_told_so(me: CheckingClient, ada: Listing, ben: Listing) -> None:
    done = me.post_form(f"{HOME}/members/{ada.public_id}/confirm", base="1", paper=KEY)

    page = me.get(done.location).text
    assert "The membership is confirmed." in page and "Nothing waits. Thank you." in page and "Nobody fits" not in page


def test_an_application_is_confirmed_and_seen_at_once(
    me: CheckingClient, app: Flask, ada: Listing, net: model.Network, write: Write
) -> None:
    path = f"{HOME}/members/{ada.public_id}"
    assert "couples can find them as soon as you confirm" in me.get(path).text

    wrong = me.post_form(f"{path}/confirm", base="1", paper=KEY, **{f"until-{KEY}": "2020-01-01"})
    assert me.post_form(f"{path}/confirm", base="1").status_code == 400
    late = me.post_form(f"{path}/confirm", base="7", paper=KEY)
    done = me.post_form(f"{path}/confirm", base="1", paper=KEY, **{f"until-{KEY}": "2028-05-01"})

    assert (wrong.status_code, late.status_code, done.status_code) == (400, 409, 303)
    assert "a day to come" in wrong.text and 'value="2020-01-01"' in wrong.text
    assert "The membership is confirmed." in me.get(done.location).text
    assert app.test_client().get("/therapists/ada-example").status_code == 200
    assert content(write, ada).credentials[0].verified_by == net.name
    assert me.post_form(f"{path}/confirm", base="2", paper=KEY).status_code == 409


def test_no_box_stands_beside_what_another_network_verified(
    me: CheckingClient, net: model.Network, write: Write
) -> None:
    papers = [Credential("certified_imago_therapist", verified_by="Imago Other", verified_on=TODAY)]
    both = [*papers, Credential("workshop_presenter")]
    asks = write(lambda s: make_member(s, net, name="Asks", applied=True, credentials=both))
    is_one = write(lambda s: make_member(s, net, name="Is one", credentials=both))
    only = write(lambda s: make_member(s, net, name="Only theirs", credentials=papers))

    confirming = me.get(f"{HOME}/members/{asks.public_id}").text
    renewing = me.get(f"{HOME}/members/{is_one.public_id}").text

    assert confirming.count('name="paper"') == renewing.count('name="paper"') == 1
    assert "Another network vouches for this" in confirming
    assert "What is renewed" not in me.get(f"{HOME}/members/{only.public_id}").text
    assert me.get(HOME).text.count('name="paper"') == 1
    refused = me.post_form(f"{HOME}/renew", paper=f"{only.public_id}:1:{KEY}", until="2029-01-31")
    assert refused.status_code == 400 and "Imago Other verified" in refused.text


def test_an_application_is_declined_with_a_reason(me: CheckingClient, ada: Listing, write: Write) -> None:
    write(lambda s: make_account(s, email="ada@example.org", practitioner_id=ada.practitioner_id))
    path = f"{HOME}/members/{ada.public_id}"

    again = me.post_form(f"{path}/decline", reason=" ")
    done = me.post_form(f"{path}/decline", reason="We do not know you.")

    assert (again.status_code, done.status_code) == (400, 303) and "Please say why" in again.text
    assert me.get(path).status_code == 404
    assert count(write, Letter, Letter.kind == "membership_declined") == 1


def test_several_papers_are_renewed_at_once_and_one_that_cannot_be_stops_no_other(
    me: CheckingClient, net: model.Network, write: Write
) -> None:
    people = [write(lambda s, n=n: make_member(s, net, name=f"Person {n}")) for n in range(3)]
    chosen = [f"{p.public_id}:{v}:{KEY}" for p, v in zip(people, (1, 9, 1), strict=True)]
    form = {"csrf_token": me.csrf_token(), "paper": [*chosen, "nobody:1:x", "::", "x"], "until": "2029-01-31"}

    page = me.post(f"{HOME}/renew", data=form)

    [heard] = re.findall(r"<div[^>]* autofocus>.*?</div>", page.text)
    assert "2 papers are renewed." in heard and 'id="renew-error"' in heard
    until = [content(write, p).credentials[0].expires_on for p in people]
    assert [str(day) for day in until] == ["2029-01-31", "None", "2029-01-31"]
    assert count(write, AuditEntry, AuditEntry.action == "renew") == 2


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"until": "2029-01-31"}, "Choose the papers"),
        ({"paper": "x:1:y"}, "until when"),
        ({"paper": "x:1:y", "until": "soon"}, "Not a date"),
    ],
)
def test_a_renewal_that_cannot_be_meant_is_said(
    me: CheckingClient, ben: Listing, form: dict[str, str], said: str
) -> None:
    page = me.post_form(f"{HOME}/renew", **form)

    assert page.status_code == 400 and said in page.text


def test_a_membership_ends(me: CheckingClient, ben: Listing, write: Write) -> None:
    path = f"{HOME}/members/{ben.public_id}"
    assert "End the membership" in me.get(path).text

    assert me.post_form(f"{path}/end").status_code == 303

    assert me.post_form(f"{path}/end").status_code == 409
    assert "Member until" in me.get(f"{HOME}?only=former").text
    assert content(write, ben).status == "active"


def test_a_former_member_is_taken_back(me: CheckingClient, ben: Listing, write: Write) -> None:
    path = f"{HOME}/members/{ben.public_id}"
    assert "Begin the membership again" not in me.get(path).text
    me.post_form(f"{path}/end")
    assert "Begin the membership again" in me.get(path).text

    done = me.post_form(f"{path}/readmit")

    assert done.status_code == 303 and "The membership has begun again." in me.get(done.location).text
    assert "Was a member before, from" in me.get(path).text
    assert me.post_form(f"{path}/readmit").status_code == 409


@pytest.mark.parametrize(("status", "is_named"), [("active", True), ("pending", False)])
def test_whoever_confirms_sees_that_another_listing_may_be_of_the_same_person(
    me: CheckingClient, ada: Listing, write: Write, status: str, is_named: bool
) -> None:
    path = f"{HOME}/members/{ada.public_id}"
    assert "Another listing bears" not in me.get(path).text
    other = write(lambda s: make_listing(s, name="Ada Example", email="other@example.org", status=status).slug)

    page = me.get(path).text

    assert "Another listing bears the same name or address." in page
    assert (f"/therapists/{other}" in page) is is_named and "other@example.org" not in page

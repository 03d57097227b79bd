"""Coordinators' pages: each is whole, does what it says, and shows nobody else's network."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, update

from referral import model
from referral.coordinating import form
from referral.errors import UsageError
from referral.listings import published
from referral.listings.content import Credential
from referral.model import AuditEntry, Letter, Listing, Membership, NetworkRevision, RosterFile
from referral.places.gazetteer import Gazetteer
from tests.client import CheckingClient
from tests.coordinating.people import make_member, make_network
from tests.make import TODAY, make_account
from tests.moderation.people import signed_in
from tests.people import Write

KEY = "certified_imago_therapist.0"
HOME = "/coordination/imago-example"
FILE = "name,country,email,training,valid until\n"
ADA = "Ada Example,US,ada@example.org,certified,2028-05-01\n"


@pytest.fixture
def net(write: Write) -> model.Network:
    network: model.Network = write(make_network)
    return network


@pytest.fixture
def me(client: CheckingClient, engine: Engine, write: Write, net: model.Network) -> CheckingClient:
    account = write(lambda s: make_account(s, "coordinator", email="co@example.org", networks=[net.slug]))
    return signed_in(client, engine, account.id)


@pytest.fixture
def ada(write: Write, net: model.Network) -> Listing:
    """An applicant who agreed."""
    fields = {"name": "Ada Example", "applied": True, "status": "pending", "consented_on": TODAY}
    listing: Listing = write(lambda s: make_member(s, net, **fields))
    return listing


@pytest.fixture
def ben(write: Write, net: model.Network) -> Listing:
    """A member who has been silent for long."""
    papers = [Credential("certified_imago_therapist", "=cmd()", expires_on=TODAY + timedelta(20))]
    old = TODAY - timedelta(70)
    listing: Listing = write(lambda s: make_member(s, net, name="Ben <i>Cole", credentials=papers, attested_on=old))
    return listing


def send(me: CheckingClient, content: str, name: str = "roster.csv", path: str = f"{HOME}/import") -> Any:
    """Send a file as a browser does; in one piece, because the client leaves the parts of a large one open."""
    part = '--part\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    body = part.format("csrf_token", "", me.csrf_token()) + part.format("file", f'; filename="{name}"', content)
    return me.post(path, data=f"{body}--part--\r\n".encode(), content_type="multipart/form-data; boundary=part")


def count(write: Write, kind: Any, *which: Any) -> int:
    return int(write(lambda s: s.scalar(select(func.count()).select_from(kind).where(*which))) or 0)


def content(write: Write, listing: Listing) -> Any:
    return write(lambda s: published.load_any(s, [listing.id])[0].content)


def test_the_overview_says_what_each_network_needs(me: CheckingClient, ada: Listing, ben: Listing) -> None:
    page = me.get("/coordination")

    assert page.headers["Cache-Control"] == "private, no-store"
    for said in ("1 member<", "1 application waits", "1 has been silent", "1 has training to renew"):
        assert said in page.text
    assert "/coordination" in me.get("/account").text


def test_the_roster_shows_everybody_or_some_of_them(me: CheckingClient, ada: Listing, ben: Listing) -> None:
    page = me.get(HOME).text

    assert "Ben &lt;i&gt;Cole" in page and "Ada Example" in page and "not verified" in page
    assert f'value="{ben.public_id}:1:{KEY}"' in page and f'value="{ada.public_id}:' not in page
    assert "Ada Example" not in me.get(f"{HOME}?only=stale").text
    assert "Nobody fits" in me.get(f"{HOME}?only=former").text
    assert me.get(f"{HOME}?only=king&sort=size&page=-3&words=%00x").status_code == 200


def test_a_long_roster_has_pages(me: CheckingClient, net: model.Network, write: Write) -> None:
    write(lambda s: [make_member(s, net, name=f"Person {n:03}") for n in range(51)])

    first, second = me.get(HOME).text, me.get(f"{HOME}?page=2").text

    assert "Page 1 of 2" in first and "Person 050" not in first and "Person 050" in second


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

    assert "2 papers are renewed." in page.text and 'role="alert"' in page.text
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


def test_a_roster_proposes_former_members(me: CheckingClient, ben: Listing, write: Write) -> None:
    me.post_form(f"{HOME}/members/{ben.public_id}/end")
    send(me, "name,country,phone\nBen <i>Cole,US,+1 312 555 0123\n")
    page = me.get(f"{HOME}/import").text
    assert "1 former member is in the file" in page
    digest = page.partition('name="digest" value="')[2][:64]

    done = me.post_form(f"{HOME}/import/take-over", digest=digest, again=ben.public_id)

    assert "1 membership has begun again." in me.get(done.location).text
    assert content(write, ben).phone == "+13125550123"


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
    assert "1 new, 0 changed, 1 memberships ended" in me.get(done.location).text
    assert count(write, Listing) == 2 and count(write, Letter, Letter.kind == "invited") == 1
    assert count(write, Membership, Membership.until == TODAY) == 1
    assert me.post_form(f"{HOME}/import/take-over", digest=digest).status_code == 404


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


def facts_form(page: str, **changed: Any) -> dict[str, Any]:
    plain = {"website": "", "directory_url": "", "workshops_url": "", "phone": "", "email": "", "city": "",
             "postal_address": "", "offers": "", "training": "", "areas": "US-IL Illinois",
             "own_language": "en"}  # fmt: skip
    base = page.partition('name="base" value="')[2].partition('"')[0]
    return {**plain, "base": base, **changed}


def test_a_network_is_changed_at_once_or_after_a_moderator(
    me: CheckingClient, net: model.Network, write: Write
) -> None:
    path = f"{HOME}/facts"
    page = me.get(path).text
    assert "US-IL Illinois" in page

    first = me.post(path, data={"csrf_token": me.csrf_token(), **facts_form(
        page, phone="+1 312 555 0100", areas="US-IL\nCanada\nbavaria", languages=["es"], level_imago_trainee="Student",
    )})  # fmt: skip

    assert (first.status_code, first.location) == (303, f"{path}?said=both")
    page = me.get(first.location).text
    assert "What waits for a moderator" in page and "Canada" in page and "Bavaria" in page and "Student" in page
    there = write(lambda s: s.get(model.Network, net.id))
    assert (there.phone, there.languages, there.version) == ("+1 312 555 0100", ["en"], 2)
    assert me.post_form(f"{path}/take-back").status_code == 303
    assert me.post_form(f"{path}/take-back").status_code == 409
    assert "What waits" not in me.get(path).text


def test_what_cannot_be_said_is_told_beside_its_field(me: CheckingClient, write: Write) -> None:
    path = f"{HOME}/facts"
    form = facts_form(me.get(path).text, website="javascript:x", areas="Atlantis of yore", level_imago_trainee="x" * 99)

    page = me.post(path, data={"csrf_token": me.csrf_token(), **form})

    assert page.status_code == 400 and page.text.count("Please mend:") == 3
    for said in ("not a web address", "no country, state or province", "at most 80", "Atlantis of yore"):
        assert said in page.text
    assert count(write, NetworkRevision) == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [("La Rioja, Spain", "ES-RI"), ("US-IL Illinois", "US-IL"), ("DE Deutschland", "DE"), ("de", "DE")],
)
def test_an_area_is_what_people_call_it(typed: str, code: str, gazetteer: Gazetteer) -> None:
    assert form.read_area(typed, gazetteer) == code


@pytest.mark.parametrize("typed", ["Atlantis", "Germny", "Georgia", "FR Nowhere"])
def test_an_area_that_would_be_guessed_is_asked_about(typed: str, gazetteer: Gazetteer) -> None:
    with pytest.raises(UsageError):
        form.read_area(typed, gazetteer)


def test_of_two_coordinators_the_later_sees_both(me: CheckingClient) -> None:
    path, token = f"{HOME}/facts", me.csrf_token()
    form = facts_form(me.get(path).text)
    me.post(path, data={"csrf_token": token, **form, "phone": "+1 312 555 0100"})

    late = me.post(path, data={"csrf_token": token, **form, "phone": "+1 312 555 0199"})

    assert late.status_code == 409 and "Somebody changed this meanwhile" in late.text
    assert "+1 312 555 0100" in late.text and "+1 312 555 0199" in late.text
    again = me.post(path, data={"csrf_token": token, **facts_form(late.text, phone="+1 312 555 0199")})
    assert again.status_code == 303


def workshop_form(**changed: Any) -> dict[str, Any]:
    plain = {"programme": "couples", "title": "Keeping the love", "language": "en", "starts": "2027-03-12T18:00",
             "ends": "2027-03-14T16:00", "time_zone": "America/Chicago", "locality": "Chicago", "country": "US",
             "presenters": "Ada Example\nBen Example", "price": "650", "currency": "USD"}  # fmt: skip
    return {**plain, **changed}


def test_a_workshop_is_announced_changed_and_called_off(me: CheckingClient, write: Write, net: model.Network) -> None:
    path, token = f"{HOME}/workshops", me.csrf_token()
    assert me.get(path).status_code == me.get(f"{path}/new").status_code == 200

    made = me.post(path, data={"csrf_token": token, **workshop_form(rhythm="month", times="2")})
    first, second = write(lambda s: list(s.scalars(select(model.Workshop).order_by(model.Workshop.starts_at))))
    assert made.status_code == 303 and "It is announced." in me.get(made.location).text
    assert (first.network_id, first.presenters, first.starts_at.isoformat()) == (
        net.id, ["Ada Example", "Ben Example"], "2027-03-13T00:00:00+00:00",
    )  # fmt: skip
    assert first.lat is not None and second.series == first.series

    one = f"{path}/{first.public_id}"
    assert 'value="2027-03-12T18:00"' in me.get(one).text
    saved = me.post(one, data={"csrf_token": token, **workshop_form(title="Two chairs"), "version": "1"})
    late = me.post(one, data={"csrf_token": token, **workshop_form(title="Late words"), "version": "1"})
    assert (saved.status_code, late.status_code) == (303, 409) and "Late words" in late.text
    off = me.post_form(f"{one}/withdraw", following="yes")
    assert "called off" in me.get(off.location).text and count(write, AuditEntry, AuditEntry.account_id.is_(None)) == 0
    assert count(write, model.Workshop, model.Workshop.withdrawn_at.is_not(None)) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"starts": "soon"}, "not a day with an hour"),
        ({"starts": ""}, "when it begins"),
        ({"ends": "2027-03-11T18:00"}, "ends before it begins"),
        ({"locality": ""}, "in which town"),
        ({"registration_url": "javascript:x"}, "web address"),
        ({"rhythm": "daily"}, "Choose one of the list"),
    ],
)
def test_a_workshop_that_cannot_be_is_shown_again(
    me: CheckingClient, write: Write, changed: dict[str, str], said: str
) -> None:
    page = me.post(f"{HOME}/workshops", data={"csrf_token": me.csrf_token(), **workshop_form(**changed)})

    assert page.status_code == 400 and said in page.text and "Keeping the love" in page.text
    assert count(write, model.Workshop) == 0


def test_a_workshop_of_another_network_is_nobodys_here(me: CheckingClient, write: Write) -> None:
    write(lambda s: make_network(s, "other"))
    me.post(f"{HOME}/workshops", data={"csrf_token": me.csrf_token(), **workshop_form()})
    write(lambda s: s.execute(update(model.Workshop).values(network_id=s.scalar(select(func.max(model.Network.id))))))
    one = write(lambda s: s.scalars(select(model.Workshop)).one())

    assert me.get(f"{HOME}/workshops/{one.public_id}").status_code == 404
    assert me.post_form(f"{HOME}/workshops/{one.public_id}/withdraw").status_code == 404


def test_nothing_of_anothers_network_is_seen_or_changed(me: CheckingClient, app: Flask, write: Write) -> None:
    other = write(lambda s: make_network(s, "other"))
    theirs = write(lambda s: make_member(s, other, name="Theirs", applied=True))
    before = count(write, AuditEntry), count(write, Membership, Membership.kind == "applied")
    values = {"slug": "other", "public_id": theirs.public_id}
    wrong = []

    for rule in app.url_map.iter_rules():
        if "slug" not in rule.arguments or not rule.rule.startswith("/coordination"):
            continue
        for slug in ("other", "nowhere"):
            path = rule.build({**{k: values[k] for k in rule.arguments}, "slug": slug}, append_unknown=False)[1]
            for method in (rule.methods or set()) & {"GET", "POST"}:
                form = {"paper": f"{theirs.public_id}:1:{KEY}", "until": "2029-01-01", "reason": "x", "base": "1"}
                answer = me.get(path) if method == "GET" else me.post_form(path, **form, areas="US", website="")
                if answer.status_code != 404 or "Theirs" in answer.text:
                    wrong.append((path, method, answer.status_code))

    assert wrong == []
    assert (count(write, AuditEntry), count(write, Membership, Membership.kind == "applied")) == before
    assert me.get(f"{HOME}/members/{theirs.public_id}").status_code == 404


def test_nobody_decides_about_their_own_listing(
    client: CheckingClient, engine: Engine, net: model.Network, ada: Listing, write: Write
) -> None:
    account = write(lambda s: make_account(s, "coordinator", networks=[net.slug], practitioner_id=ada.practitioner_id))
    me, path = signed_in(client, engine, account.id), f"{HOME}/members/{ada.public_id}"

    page = me.get(path).text

    assert "This is your own listing" in page and "/confirm" not in page
    for deed in ("confirm", "decline", "end"):
        assert me.post_form(f"{path}/{deed}", base="1", reason="x").status_code == 403
    assert content(write, ada).status == "pending"


def test_a_form_of_another_site_does_nothing(me: CheckingClient, ben: Listing, write: Write) -> None:
    path = f"{HOME}/members/{ben.public_id}/end"

    foreign = me.post(path, data={"csrf_token": me.csrf_token()}, headers={"Sec-Fetch-Site": "cross-site"})
    without = me.post(path, data={})

    assert (foreign.status_code, without.status_code) == (403, 400)
    assert count(write, Membership, Membership.until.is_not(None)) == 0


def test_an_operator_sees_every_roster_and_vouches_for_nobody(
    client: CheckingClient, engine: Engine, ada: Listing, ben: Listing, write: Write
) -> None:
    me = signed_in(client, engine, write(lambda s: make_account(s, "operator")).id)

    assert me.get(HOME).status_code == me.get(f"{HOME}/import").status_code == 200
    assert me.get(f"{HOME}/facts").status_code == 403
    assert me.post_form(f"{HOME}/members/{ada.public_id}/confirm", base="1").status_code == 409
    assert "Renew" not in me.get(f"{HOME}/members/{ben.public_id}").text

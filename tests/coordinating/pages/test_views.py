"""Coordinators' pages: each is whole, and shows nobody else's network."""

from flask import Flask
from sqlalchemy import Engine

from referral import model
from referral.model import AuditEntry, Listing, Membership
from tests.client import CheckingClient
from tests.coordinating.pages.hands import HOME, KEY, content, count
from tests.coordinating.people import make_member, make_network
from tests.make import make_account
from tests.moderation.people import signed_in
from tests.people import Write


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
    assert me.get(f"{HOME}?only=king&sort=size&page=-3&words=%EF%BF%BDx").status_code == 200


def test_a_long_roster_has_pages(me: CheckingClient, net: model.Network, write: Write) -> None:
    write(lambda s: [make_member(s, net, name=f"Person {n:03}") for n in range(51)])

    first, second = me.get(HOME).text, me.get(f"{HOME}?page=2").text

    assert "Page 1 of 2" in first and "Person 050" not in first and "Person 050" in second


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

"""What a coordinator sends."""

from collections.abc import Callable, Mapping
from io import BytesIO

from sqlalchemy.orm import Session, selectinload

from referral.coordinating import files
from referral.model import Account, Network
from referral.networks import facts, keeping, rosters
from referral.workshops import publishing
from tests.coordinating.pages.hands import ADA, FILE, KEY
from tests.coordinating.pages.test_facts import facts_form
from tests.coordinating.pages.test_workshops import workshop_form
from tests.make import NOW, TODAY
from tests.site.senders.world import REASON, TYPED, Form, World
from tests.workshops.test_publishing import PLAN, WEEKEND


def _facts(w: World, *, waits: bool = False) -> Form:
    client, net, account = w.coordinator()
    if waits:
        w.write(lambda s: asked(s, net.id, account))
        return Form(client, f"/coordination/{net.slug}/facts/take-back")
    path = f"/coordination/{net.slug}/facts"
    return Form(client, path, facts_form(client.get(path).text, offers=TYPED), typed=TYPED)


def asked(session: Session, id: int, account: Account) -> int:
    net = session.get_one(Network, id, options=[selectinload(Network.areas)])
    keeping.submit(session, net.id, {**facts.facts(net), "offers": "Much"}, net.version, account.id, NOW)
    waits = keeping.waiting(session, net.id)
    assert waits is not None
    return int(waits.id)


def _roster(w: World, step: str) -> Form:
    client, net, account = w.coordinator()
    path = f"/coordination/{net.slug}/import"
    content = (FILE + ADA).encode()
    if step == "":
        return Form(client, path, {"file": (lambda: BytesIO(content), "roster.csv")})
    w.write(lambda s: files.keep(s, net.id, account.id, "roster.csv", content, NOW))
    if step == "columns":
        told = {"column": ["name", "country", "email"], "field": ["name", "country", "email"]}
        return Form(client, f"{path}/columns", told, typed='value="email"')
    digest = client.get(path).text.partition('name="digest" value="')[2][:64]
    return Form(client, f"{path}/{step}", {"digest": digest} if step == "take-over" else {})


def _on_roster(w: World, what: str, **told: str) -> Form:
    client, net, _account = w.coordinator()
    applied = what in ("confirm", "decline")
    ada = w.member(net, applied=True, status="pending", consented_on=TODAY) if applied else w.member(net)
    if what == "readmit":
        w.write(lambda s: rosters.end(s, net.id, ada.practitioner_id, TODAY))
    page = client.get(f"/coordination/{net.slug}/members/{ada.public_id}").text
    base = page.partition('name="base" value="')[2].partition('"')[0]
    told = {**told, **({"base": base} if base else {})}
    told |= {"paper": KEY, f"until-{KEY}": "2028-05-01"} if what == "confirm" else {}
    typed = told.get("reason", told.get(f"until-{KEY}", ""))
    return Form(client, f"/coordination/{net.slug}/members/{ada.public_id}/{what}", dict(told), typed=typed)


def _renew(w: World) -> Form:
    client, net, _account = w.coordinator()
    ada = w.member(net)
    told = {"paper": f"{ada.public_id}:1:{KEY}", "until": "2029-01-31"}
    return Form(client, f"/coordination/{net.slug}/renew", told, typed="2029-01-31", done=200)


def _export(w: World) -> Form:
    client, net, _account = w.coordinator()
    return Form(client, f"/coordination/{net.slug}/export", {"only": "", "words": ""}, done=200)


def _workshop(w: World, what: str = "") -> Form:
    client, net, _account = w.coordinator()
    path, told = f"/coordination/{net.slug}/workshops", workshop_form(about=TYPED)
    if what == "add":
        return Form(client, path, told, typed=TYPED)
    one = w.write(lambda s: publishing.add(s, PLAN, [WEEKEND], NOW, network_id=net.id)[0])
    if what == "withdraw":
        return Form(client, f"{path}/{one.public_id}/withdraw")
    return Form(client, f"{path}/{one.public_id}", {**told, "version": "1"}, typed=TYPED)


FORMS: Mapping[str, Callable[[World], Form]] = {
    "coordinating.export": _export,
    "facts.save": _facts,
    "facts.take_back": lambda w: _facts(w, waits=True),
    "roster_file.send": lambda w: _roster(w, ""),
    "roster_file.columns": lambda w: _roster(w, "columns"),
    "roster_file.forget": lambda w: _roster(w, "forget"),
    "roster_file.take_over": lambda w: _roster(w, "take-over"),
    "coordinating.confirm": lambda w: _on_roster(w, "confirm"),
    "coordinating.decline": lambda w: _on_roster(w, "decline", **REASON),
    "coordinating.end": lambda w: _on_roster(w, "end"),
    "coordinating.readmit": lambda w: _on_roster(w, "readmit"),
    "coordinating.renew": _renew,
    "events.add": lambda w: _workshop(w, "add"),
    "events.change": _workshop,
    "events.withdraw": lambda w: _workshop(w, "withdraw"),
}

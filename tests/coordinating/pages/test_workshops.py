"""The workshops of a network: announced, changed, called off."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from referral import model
from referral.coordinating.workshop_form import WorkshopForm
from referral.model import AuditEntry
from tests.client import CheckingClient
from tests.coordinating.pages.hands import HOME, count
from tests.coordinating.people import make_network
from tests.make import make_listing
from tests.people import Write


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
    page = me.get(made.location).text
    assert made.status_code == 303 and "It is announced." in page
    assert "March 12, 2027</time>, 6:00\N{NARROW NO-BREAK SPACE}PM</span>" in page
    assert 'href="/coordination/example/workshops" aria-current="page"' in page.replace(HOME, "/coordination/example")
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
        ({"starts": "0001-01-01T00:00"}, "not a day with an hour"),
        ({"ends": "9999-12-31T23:00"}, "not a day with an hour"),
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


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        (dict.fromkeys(workshop_form(), ""), "programme title language starts ends time_zone locality"),
        ({"country": "", "currency": ""}, "country currency"),
        ({"registration_url": "javascript:x", "ends": "2027-03-12T18:00"}, "registration_url ends"),
        ({"presenters": "localhost/therapists/nobody-here"}, "presenters"),
    ],
)
def test_each_field_says_what_is_wrong_with_it(me: CheckingClient, changed: dict[str, str], fields: str) -> None:
    page = me.post(f"{HOME}/workshops", data={"csrf_token": me.csrf_token(), **workshop_form(**changed)}).text

    assert {name for name in WorkshopForm()._fields if f'href="#{name}"' in page} == set(fields.split())
    assert all(f'id="{name}-wrong"' in page for name in fields.split())


def test_a_workshop_of_another_network_is_nobodys_here(me: CheckingClient, write: Write) -> None:
    write(lambda s: make_network(s, "other"))
    me.post(f"{HOME}/workshops", data={"csrf_token": me.csrf_token(), **workshop_form()})
    write(lambda s: s.execute(update(model.Workshop).values(network_id=s.scalar(select(func.max(model.Network.id))))))
    one = write(lambda s: s.scalars(select(model.Workshop)).one())

    assert me.get(f"{HOME}/workshops/{one.public_id}").status_code == 404
    assert me.post_form(f"{HOME}/workshops/{one.public_id}/withdraw").status_code == 404


def test_the_address_of_a_page_stands_for_who_is_listed_there(me: CheckingClient, write: Write) -> None:
    ada = write(lambda s: make_listing(s, name="Ada Example"))
    path, token = f"{HOME}/workshops", me.csrf_token()
    typed = workshop_form(presenters=f"http://localhost/de/therapists/{ada.slug}/\nBen Example")

    me.post(path, data={"csrf_token": token, **typed})
    lost = me.post(path, data={"csrf_token": token, **workshop_form(presenters="localhost/therapists/nobody-here")})

    [one] = write(lambda s: list(s.scalars(select(model.Workshop))))
    assert one.presenters == [ada.public_id, "Ben Example"]
    assert lost.status_code == 400 and "We do not know that page" in lost.text

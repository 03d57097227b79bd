"""A listing that is taken down and put back: who may, and who hears what."""

from flask import Flask
from sqlalchemy import select, update

from referral import model
from tests.client import CheckingClient
from tests.make import make_account, make_listing
from tests.people import Write


def test_a_listing_is_taken_down_at_once_and_put_back(
    moderator: CheckingClient, app: Flask, write: Write, ada: model.Listing
) -> None:
    path = f"/moderation/listings/{ada.public_id}"
    assert moderator.get(path).status_code == 200

    moderator.post_form(f"{path}/take-down", reason="The licence has ended.")
    gone = app.test_client().get("/therapists/ada-example").status_code
    page = moderator.get(path).text
    moderator.post_form(f"{path}/put-back")

    assert gone == 404 and "Taken down by a moderator" in page and "taken down" in page
    assert app.test_client().get("/therapists/ada-example").status_code == 200
    assert moderator.get("/moderation/listings/nobody123456").status_code == 404


def test_no_listing_is_taken_down_without_a_reason(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    path = f"/moderation/listings/{ada.public_id}"

    empty = moderator.post_form(f"{path}/take-down", reason=" ")
    late = [moderator.post_form(f"{path}/take-down", reason="It is a copy.") for _twice in range(2)][1]

    assert empty.status_code == 400 and "Please say why" in empty.text
    assert late.status_code == 409 and "It is a copy." in late.text


def test_its_owner_is_told_why_it_was_taken_down_and_that_it_is_back(
    moderator: CheckingClient, write: Write, ada: model.Listing
) -> None:
    write(lambda s: make_account(s, email="ada@example.org", language="de", practitioner_id=ada.practitioner_id))
    for deed in ("take-down", "put-back"):
        moderator.post_form(f"/moderation/listings/{ada.public_id}/{deed}", reason="The licence has ended.")

    down, back = write(lambda s: s.scalars(select(model.Letter).order_by(model.Letter.id)).all())

    assert [(one.to, one.kind, one.body["language"]) for one in (down, back)] == [
        ("ada@example.org", "taken_down", "de"),
        ("ada@example.org", "put_back", "de"),
    ]
    assert "The licence has ended." in down.body["text"] and "/listing\n" in down.body["text"]
    assert "The licence" not in str(write(lambda s: s.scalars(select(model.AuditEntry.detail)).all()))


def test_who_left_meanwhile_is_not_told_that_the_listing_is_back(
    moderator: CheckingClient, write: Write, ada: model.Listing
) -> None:
    write(lambda s: make_account(s, email="ada@example.org", practitioner_id=ada.practitioner_id))
    moderator.post_form(f"/moderation/listings/{ada.public_id}/take-down", reason="The licence has ended.")
    write(lambda s: s.execute(update(model.Listing).where(model.Listing.id == ada.id).values(status="removed")))

    moderator.post_form(f"/moderation/listings/{ada.public_id}/put-back")

    assert write(lambda s: s.scalars(select(model.Letter.kind)).all()) == ["taken_down"]


def test_who_never_took_their_listing_over_is_told_at_the_address_on_file(
    moderator: CheckingClient, write: Write
) -> None:
    ben, eve = write(
        lambda s: [make_listing(s, name=n, email=e).public_id for n, e in (("Ben", "b@c.org"), ("Eve", ""))]
    )
    for public_id in (ben, eve):
        moderator.post_form(f"/moderation/listings/{public_id}/take-down", reason="It is a copy.")

    [letter] = write(lambda s: s.scalars(select(model.Letter)).all())

    assert letter.to == "b@c.org" and "/listing/claim\n" in letter.body["text"]

"""Moderators' pages: what waits, read, published or returned."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import model
from referral.config import Config
from referral.listings import photos, published, revisions
from referral.moderation import reports
from tests.client import CheckingClient
from tests.listings.test_photos import picture
from tests.make import NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write


def propose(write: Write, id: int, **fields: object) -> int:
    def deed(session: Session) -> int:
        there = published.load_any(session, [id])[0]
        author = make_account(session).id
        done = revisions.submit(session, id, replace(there.content, **fields), there.version, author, NOW)
        return done.revision_id or 0

    return int(write(deed))


def name_of(write: Write, id: int) -> str:
    return str(write(lambda s: published.load_any(s, [id])[0].content.name))


def test_nobody_but_a_moderator_sees_any_of_it(app: Flask, engine: Engine, write: Write, ada: model.Listing) -> None:
    number = propose(write, ada.id, name="Ada Neu")
    therapist = signed_in(app.test_client(), engine, write(lambda s: make_account(s, "therapist")).id)  # type: ignore[arg-type]
    paths = [
        "/moderation",
        f"/moderation/revisions/{number}",
        f"/moderation/listings/{ada.public_id}",
        "/moderation/log",
    ]

    for path in paths:
        assert therapist.get(path).status_code == 403
        assert app.test_client().get(path).status_code in (302, 401)
    for path in (f"/moderation/revisions/{number}/approve", f"/moderation/listings/{ada.public_id}/take-down"):
        assert therapist.post_form(path).status_code == 403
    assert name_of(write, ada.id) == "Ada Example"


def test_the_queue_is_empty_or_says_what_waits(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    assert "Nothing waits" in moderator.get("/moderation").text

    number = propose(write, ada.id, name="Ada Neu")
    write(lambda s: reports.report(s, ada.id, "Dead telephone.", "", NOW))
    write(lambda s: make_listing(s, name="Ben", status="pending", consented_on=TODAY))
    page = moderator.get("/moderation")

    assert page.headers["Cache-Control"] == "private, no-store"
    assert f'value="{number}"' in page.text and "3 things wait" in page.text
    assert "A new listing" in page.text and "A visitor says" in page.text


def test_a_revision_is_read_and_published(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    number = propose(write, ada.id, name="Ada <b>Neu</b>", website="https://example.org/a")
    page = moderator.get(f"/moderation/revisions/{number}").text
    assert "<del>Ada Example</del>" in page and "<ins>Ada &lt;b&gt;Neu&lt;/b&gt;</ins>" in page

    answer = moderator.post_form(f"/moderation/revisions/{number}/approve")

    assert (answer.status_code, answer.location) == (303, "/moderation?done=published#said")
    assert "This was published." in moderator.get(answer.location).text
    assert name_of(write, ada.id) == "Ada <b>Neu</b>"
    assert "This was published" in moderator.get(f"/moderation/revisions/{number}").text
    assert moderator.post_form(f"/moderation/revisions/{number}/approve").status_code == 409
    assert moderator.get("/moderation/revisions/999").status_code == 404


def test_a_revision_is_returned_only_with_a_reason(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    number = propose(write, ada.id, name="Ada Neu")

    again = moderator.post_form(f"/moderation/revisions/{number}/return", reason=" ")
    done = moderator.post_form(f"/moderation/revisions/{number}/return", reason="Which name is on your licence?")

    assert (again.status_code, done.status_code) == (400, 303) and "Please say why" in again.text
    assert name_of(write, ada.id) == "Ada Example"
    assert "Which name is on your licence?" in moderator.get(f"/moderation/revisions/{number}").text
    kinds = write(lambda s: list(s.scalars(select(model.Letter.kind))))
    assert kinds == ["returned"]


@pytest.mark.parametrize("deed", ["approve", "return"])
def test_who_decides_on_what_was_asked_for_anew_is_led_to_the_newer_and_loses_no_word(
    moderator: CheckingClient, write: Write, ada: model.Listing, deed: str
) -> None:
    older = propose(write, ada.id, name="Ada First")
    newer = propose(write, ada.id, name="Ada Second")

    late = moderator.post_form(f"/moderation/revisions/{older}/{deed}", reason="Which of both?")

    assert late.status_code == 409 and "in the meantime" in late.text
    assert f'href="/moderation/revisions/{newer}"' in late.text
    assert "It replaces what has waited since" in moderator.get(f"/moderation/revisions/{newer}").text
    assert "Which of both?" in late.text
    assert name_of(write, ada.id) == "Ada Example"


def test_several_are_published_at_once_and_one_that_cannot_be_stops_no_other(
    moderator: CheckingClient, write: Write
) -> None:
    people = [write(lambda s, n=n: make_listing(s, name=f"Person {n}")).id for n in range(3)]
    numbers = [propose(write, id, name=f"Somebody {id}") for id in people]
    write(lambda s: revisions.take_back(s, numbers[1], s.get_one(model.Revision, numbers[1]).author_id, NOW))

    page = moderator.post("/moderation/approve", data={"csrf_token": moderator.csrf_token(), "revision": numbers})

    assert "2 changes are published. Person 1: This was decided or changed in the meantime." in page.text
    names = [name_of(write, id) for id in people]
    assert names == [f"Somebody {people[0]}", "Person 1", f"Somebody {people[2]}"]


@pytest.mark.parametrize("at_once", [False, True])
def test_the_picture_that_was_shown_before_leaves_the_disk_however_the_new_one_is_approved(
    moderator: CheckingClient, config: Config, write: Write, ada: model.Listing, at_once: bool
) -> None:
    old, new = (photos.keep(config.photos_folder, ada.public_id, picture((200, 200))) for _time in range(2))
    write(lambda s: setattr(s.get_one(model.Listing, ada.id), "photo", old))
    number = propose(write, ada.id, photo=new, photo_alt="Me.")
    assert moderator.get(f"/moderation/revisions/{number}").text.count('alt="A picture"') == 2

    if at_once:
        moderator.post_form("/moderation/approve", revision=str(number))
    else:
        moderator.post_form(f"/moderation/revisions/{number}/approve")

    kept = {"-".join([ada.public_id, file.name.split("-")[0]]) for file in config.photos_folder.rglob("*.*")}
    assert kept == {new}


def test_who_chose_nothing_is_asked_to_choose_on_the_page_of_what_waits(
    moderator: CheckingClient, write: Write, ada: model.Listing
) -> None:
    propose(write, ada.id, name="Ada Neu")

    answer = moderator.post_form("/moderation/approve")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/moderation?done=none#said")
    assert "Choose one first." in moderator.get(answer.headers["Location"]).text
    assert name_of(write, ada.id) == "Ada Example"


def test_a_moderators_own_listing_is_for_another(
    client: CheckingClient, engine: Engine, write: Write, ada: model.Listing
) -> None:
    account = write(lambda s: make_account(s, "moderator", practitioner_id=ada.practitioner_id))
    me, number = signed_in(client, engine, account.id), propose(write, ada.id, name="Ada Neu")
    public_id = write(lambda s: reports.report(s, ada.id, "About you.", "", NOW))

    page = me.get(f"/moderation/revisions/{number}").text

    assert "another moderator decides" in page and "/approve" not in page
    assert me.post_form(f"/moderation/revisions/{number}/approve").status_code == 403
    assert me.post_form(f"/moderation/listings/{ada.public_id}/take-down", reason="Mine.").status_code == 403
    assert me.get(f"/moderation/reports/{public_id}").status_code == 404
    assert name_of(write, ada.id) == "Ada Example"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/moderation", 'href="/moderation" aria-current="page"'),
        ("/moderation/log", 'href="/moderation/log" aria-current="page"'),
        ("/moderation/questions/new", 'href="/moderation/questions" aria-current="true"'),
        ("/moderation/listings/{ada}", 'href="/moderation" aria-current="true"'),
    ],
)
def test_a_moderator_sees_where_they_are(moderator: CheckingClient, ada: model.Listing, path: str, where: str) -> None:
    page = moderator.get(path.format(ada=ada.public_id)).text
    trail = page.partition('<nav class="trail"')[2].partition("</nav>")[0]

    assert where in trail and trail.count("aria-current") == 1
    assert '<a href="/account" aria-current="true">' in page

"""Moderators' pages, and the form for what is wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from referral import model
from referral.accounts import roles
from referral.config import Config
from referral.listings import photos, published, revisions
from referral.moderation import log, reports
from referral.moderation.queue import queue
from referral.text import speaking
from tests.client import CheckingClient
from tests.listings.test_photos import picture
from tests.make import NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write


@pytest.fixture
def moderator(client: CheckingClient, engine: Engine, write: Write) -> CheckingClient:
    return signed_in(client, engine, write(lambda s: make_account(s, "moderator", email="mod@example.org")).id)


@pytest.fixture
def ada(write: Write) -> model.Listing:
    listing: model.Listing = write(lambda s: make_listing(s, name="Ada Example"))
    return listing


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


def test_a_new_listing_is_let_in_and_whose_it_is_hears_of_it(
    moderator: CheckingClient, app: Flask, write: Write
) -> None:
    ben = write(lambda s: make_listing(s, name="Ben", email="b@c.org", status="pending", consented_on=TODAY).public_id)

    assert moderator.post_form(f"/moderation/listings/{ben}/admit").status_code == 303

    assert app.test_client().get("/therapists/ben").status_code == 200
    [letter] = write(lambda s: s.scalars(select(model.Letter)).all())
    assert (letter.to, letter.kind, letter.subject) == ("b@c.org", "admitted", "Your listing is published")


def test_a_new_listing_is_returned_with_a_reason_and_waits_again_when_it_is_saved(
    moderator: CheckingClient, app: Flask, engine: Engine, write: Write
) -> None:
    ben = write(lambda s: make_listing(s, name="Ben", status="pending", consented_on=TODAY))
    owner = write(lambda s: make_account(s, email="ben@example.org", practitioner_id=ben.practitioner_id))
    path, me = f"/moderation/listings/{ben.public_id}", signed_in(app.test_client(), engine, owner.id)
    assert "Or return it, and say what to change" in moderator.get(path).text

    empty = moderator.post_form(f"{path}/return", reason=" ")
    done = moderator.post_form(f"{path}/return", reason="Which town?\n\nAnd which licence?")
    late = moderator.post_form(f"{path}/return", reason="Once more.")

    assert [one.status_code for one in (empty, done, late)] == [400, 303, 409]
    assert "Please say why" in empty.text and "Once more." in late.text and "Which town?" in late.text
    assert "Nothing waits" in moderator.get("/moderation").text
    [letter] = write(lambda s: s.scalars(select(model.Letter)).all())
    assert (letter.to, letter.kind) == ("ben@example.org", "given_back") and "Which town?" in letter.body["text"]
    assert "A moderator sent your listing back" in (page := me.get("/listing").text) and "And which licence?" in page

    there = write(lambda s: published.load_any(s, [ben.id])[0])
    new = replace(there.content, bio="In Springfield.")
    later = NOW + timedelta(days=1)
    write(lambda s: revisions.submit(s, ben.id, new, there.version, owner.id, later))

    [again] = write(lambda s: queue(s, later))
    assert (again.id, again.since) == (ben.public_id, later)
    assert "sent your listing back" not in me.get("/listing").text
    moderator.post_form(f"{path}/admit")
    assert app.test_client().get("/therapists/ben").status_code == 200


def test_what_is_listed_is_not_returned_as_new(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    path = f"/moderation/listings/{ada.public_id}"

    late = moderator.post_form(f"{path}/return", reason="Too late.")

    assert late.status_code == 409 and "Too late." in late.text and "Or return it" not in moderator.get(path).text


def test_a_visitor_tells_what_is_wrong_and_hears_what_came_of_it(
    moderator: CheckingClient, app: Flask, write: Write, ada: model.Listing
) -> None:
    visitor = app.test_client()
    assert isinstance(visitor, CheckingClient)
    assert "/therapists/ada-example/report" in visitor.get("/therapists/ada-example").text
    assert visitor.get("/therapists/ada-example/report").status_code == 200

    empty = visitor.post("/therapists/ada-example/report", data={"message": "", "reply_to": "v@example.org"})
    sent = visitor.post("/therapists/ada-example/report", data={"message": "She moved.", "reply_to": "v@example.org"})
    assert (empty.status_code, sent.status_code) == (400, 303) and 'value="v@example.org"' in empty.text
    assert visitor.get(sent.location).status_code == 200

    one = write(lambda s: s.scalars(select(model.Report)).one())
    path = f"/moderation/reports/{one.public_id}"
    assert "She moved." in moderator.get(path).text and "v@example.org" not in moderator.get(path).text
    kept = moderator.post_form(f"{path}/decide", upheld="yes", outcome="")
    assert kept.status_code == 400 and 'value="yes" required aria-invalid="false" checked' in kept.text
    unsaid = moderator.post_form(f"{path}/decide", outcome="I called her.")
    assert unsaid.status_code == 400 and "whether they were right" in unsaid.text and "I called her." in unsaid.text
    assert 'href="#upheld"' in unsaid.text
    moderator.post_form(f"{path}/decide", upheld="yes", outcome="You were right.")

    letter = write(lambda s: s.scalars(select(model.Letter)).one())
    assert (letter.to, letter.kind) == ("v@example.org", "report_outcome")
    assert "They were right." in moderator.get(path).text
    late = moderator.post_form(f"{path}/decide", upheld="no", outcome="I wrote to her.")
    assert late.status_code == 409 and "in the meantime" in late.text and "I wrote to her." in late.text
    assert "They were right." in late.text and "You were right." in late.text


def test_who_reports_too_often_waits_and_nobody_else_does(app: Flask, write: Write, ada: model.Listing) -> None:
    def send(address: str) -> int:
        return (
            app.test_client()
            .post("/therapists/ada-example/report", data={"message": "Wrong."}, environ_base={"REMOTE_ADDR": address})
            .status_code
        )

    assert [send("203.0.113.7") for _ in range(6)] == [303] * 5 + [429]
    assert send("203.0.113.8") == 303


def shown_mark(client: CheckingClient) -> str:
    """What the form of the report carries."""
    return client.get("/therapists/ada-example/report").text.partition('name="mark" value="')[2].partition('"')[0]


@pytest.mark.parametrize("became", ["paused", "hidden", "removed", "erased"])
def test_whoever_was_shown_the_form_may_send_it_whatever_became_of_the_listing(
    client: CheckingClient, write: Write, ada: model.Listing, became: str
) -> None:
    said = {"message": "She moved.", "reply_to": "v@example.org", "mark": shown_mark(client)}
    if became == "erased":
        write(lambda s: revisions.erase(s, [ada.id], NOW))
    else:
        write(lambda s: revisions.set_status(s, ada.id, became, NOW))
    assert client.get("/therapists/ada-example/report").status_code == 404

    sent = client.post("/therapists/ada-example/report", data=said)

    page = client.get(sent.location)
    assert (sent.status_code, page.status_code) == (303, 200)
    assert "Somebody will look at it" in page.text and "Ada" not in page.text
    kept = write(lambda s: [one.message for one in s.scalars(select(model.Report))])
    told = write(lambda s: [one.to for one in s.scalars(select(model.Letter))])
    assert (kept, told) == ([], ["v@example.org"]) if became == "erased" else (kept, told) == (["She moved."], [])


def test_without_having_been_shown_the_form_nobody_learns_that_a_listing_is_out_of_sight(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    mark = shown_mark(client)
    write(lambda s: revisions.set_status(s, ada.id, "hidden", NOW))

    def sent(slug: str, **more: str) -> int:
        return client.post(f"/therapists/{slug}/report", data={"message": "x", **more}).status_code

    assert (sent("ada-example"), sent("ada-example", mark="x" + mark), sent("nobody", mark=mark)) == (404, 404, 404)
    assert client.get("/therapists/ada-example/reported").status_code == 404


def test_what_cannot_be_taken_is_shown_again_also_when_the_listing_is_out_of_sight(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    mark = shown_mark(client)
    write(lambda s: revisions.set_status(s, ada.id, "hidden", NOW))

    again = client.post("/therapists/ada-example/report", data={"message": "She moved.", "reply_to": "x", "mark": mark})

    assert again.status_code == 400 and "She moved." in again.text and mark in again.text
    assert '/therapists/ada-example"' not in again.text


@pytest.mark.parametrize("path", ["/therapists/nobody/report", "/therapists/nobody/reported"])
def test_nothing_can_be_said_about_who_is_not_listed(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post("/therapists/nobody/report", data={"message": "x"}).status_code == 404


def test_the_log_shows_who_did_what(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    moderator.post_form(f"/moderation/listings/{ada.public_id}/take-down", reason="The licence has ended.")

    page = moderator.get("/moderation/log").text

    assert "<strong>taken down</strong>" in page and "mod@example.org" in page
    assert f'<a href="/moderation/listings/{ada.public_id}"><bdi>Ada Example</bdi></a>' in page
    assert ">Nov 23, 2026 12:00 PM UTC</time>".replace(" PM", "\N{NARROW NO-BREAK SPACE}PM") in page


def test_an_account_that_is_there_is_told_by_its_address(session: Session) -> None:
    roles.add(session, "new@example.org", "moderator", NOW)

    [entry] = log.entries(session)

    assert (entry.said, entry.about) == ("account added", "new@example.org")


def test_what_has_no_name_is_told_by_its_kind_and_number(session: Session) -> None:
    session.add(model.AuditEntry(at=NOW, action="erase", object="listing:gone12345678"))
    session.add(model.AuditEntry(at=NOW, action="never_used", object="account:abc"))

    with speaking("de"):
        assert [one.about for one in log.entries(session)] == ["Konto abc", "Eintrag gone12345678"]


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


def test_what_a_visitor_says_of_a_network_is_shown_and_answered(
    moderator: CheckingClient, app: Flask, write: Write
) -> None:
    app.test_client().post(
        "/networks/imago-suisse/report", data={"message": "It moved."}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    public_id = write(lambda s: s.scalars(select(model.Report.public_id)).one())
    path = f"/moderation/reports/{public_id}"

    shown, waiting = moderator.get(path).text, moderator.get("/moderation").text
    moderator.post_form(f"{path}/decide", upheld="no", outcome="It has not.")

    assert "It moved." in shown and "/networks/imago-suisse" in shown and "Imago Suisse" in waiting
    assert "What we say was right." in moderator.get(path).text

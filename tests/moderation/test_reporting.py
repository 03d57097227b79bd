"""Visitors say what is wrong, and hear what came of it; nobody learns by it who is out of sight."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from referral import model
from referral.listings import revisions
from referral.moderation import reports
from tests.client import CheckingClient
from tests.make import NOW, make_account
from tests.people import Write


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


OUT_OF_SIGHT = ["paused", "hidden", "removed", "taken down", "erased"]


def put_out_of_sight(write: Write, ada: model.Listing, how: str) -> None:
    if how == "erased":
        write(lambda s: revisions.erase(s, [ada.id], NOW))
    elif how == "taken down":
        write(lambda s: revisions.take_down(s, ada.id, make_account(s, "moderator").id, NOW))
    else:
        write(lambda s: revisions.set_status(s, ada.id, how, NOW))


@pytest.mark.parametrize("became", OUT_OF_SIGHT)
def test_whoever_was_shown_the_form_may_send_it_and_learns_no_more_than_that_nobody_sees_it(
    client: CheckingClient, write: Write, ada: model.Listing, became: str
) -> None:
    said = {"message": "She moved.", "reply_to": "v@example.org", "mark": shown_mark(client)}
    put_out_of_sight(write, ada, became)
    assert client.get("/therapists/ada-example/report").status_code == 404

    sent = client.post("/therapists/ada-example/report", data=said)

    page = client.get(sent.location)
    assert (sent.status_code, page.status_code) == (303, 200)
    assert "Somebody will look at it" in page.text and "Ada" not in page.text
    kept = write(lambda s: [(one.message, one.reply_to) for one in s.scalars(select(model.Report))])
    assert kept == ([] if became == "erased" else [("She moved.", "")])
    [letter] = write(lambda s: s.scalars(select(model.Letter)).all())
    assert (letter.to, letter.listing_id) == ("v@example.org", None)
    assert "Nobody sees this listing" in letter.body["text"] and "Ada" not in str(letter.body)


def test_more_reports_than_tell_anybody_anything_are_no_way_to_learn_of_it_either(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    mark = shown_mark(client)
    write(lambda s: [reports.report(s, ada.id, f"{n}", "", NOW) for n in range(reports.OPEN)])
    put_out_of_sight(write, ada, "hidden")

    sent = client.post("/therapists/ada-example/report", data={"message": "She moved.", "mark": mark})

    assert sent.status_code == 303
    assert write(lambda s: s.scalar(select(func.count()).select_from(model.Report))) == reports.OPEN


def test_without_having_been_shown_the_form_nobody_learns_that_a_listing_is_out_of_sight(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    mark = shown_mark(client)
    write(lambda s: revisions.set_status(s, ada.id, "hidden", NOW))

    def sent(slug: str, **more: str) -> int:
        return client.post(f"/therapists/{slug}/report", data={"message": "x", **more}).status_code

    assert (sent("ada-example"), sent("ada-example", mark="x" + mark), sent("nobody", mark=mark)) == (404, 404, 404)
    assert client.get("/therapists/ada-example/reported").status_code == 404


@pytest.mark.parametrize("became", OUT_OF_SIGHT)
def test_what_cannot_be_taken_is_shown_again_without_the_name_of_who_is_out_of_sight(
    client: CheckingClient, write: Write, ada: model.Listing, became: str
) -> None:
    mark = shown_mark(client)
    put_out_of_sight(write, ada, became)

    again = client.post("/therapists/ada-example/report", data={"message": "She moved.", "reply_to": "x", "mark": mark})

    assert again.status_code == 400 and "She moved." in again.text and mark in again.text
    assert '/therapists/ada-example"' not in again.text and "Ada Example" not in again.text


@pytest.mark.parametrize("path", ["/therapists/nobody/report", "/therapists/nobody/reported"])
def test_nothing_can_be_said_about_who_is_not_listed(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post("/therapists/nobody/report", data={"message": "x"}).status_code == 404


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

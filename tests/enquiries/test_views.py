"""Writing to a therapist: a form, a letter, and nothing kept of either."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from referral import model
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.make import make_account, make_listing
from tests.people import Write

WORDS = "We are two, we argue a lot.\n\nWe could come on Tuesdays."
TYPED = {"message": WORDS, "reply_to": "vic@example.org", "name": "Vic", "language": ""}
SECRET_ADDRESS = "ada-private@example.net"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def ada(write: Write) -> model.Listing:
    listing: model.Listing = write(lambda s: make_listing(s, name="Ada Example", email=SECRET_ADDRESS))
    return listing


def letters(write: Write) -> list[model.Letter]:
    return list(write(lambda s: s.scalars(select(model.Letter).order_by(model.Letter.id)).all()))


def send(client: CheckingClient, slug: str = "ada-example", **typed: str):  # type: ignore[no-untyped-def]
    return client.post(f"/therapists/{slug}/write", data={**TYPED, **typed})


def test_a_message_becomes_a_letter_and_reloading_sends_no_second(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    page = client.get("/therapists/ada-example/write")
    done = [send(client) for _ in range(2)]

    assert page.status_code == 200 and 'content="noindex"' in page.text
    assert re.search('aria-hidden="true"><label for="leave_empty">.*<input [^>]*tabindex="-1"', page.text)
    assert [(one.status_code, one.location) for one in done] == [(303, "/therapists/ada-example/written")] * 2
    thanks = client.get(done[0].location)
    assert "Your message is on its way" in thanks.text
    [letter] = letters(write)
    assert (letter.to, letter.kind, letter.body["reply_to"]) == (SECRET_ADDRESS, "enquiry", "vic@example.org")
    assert "We could come on Tuesdays." in letter.body["text"] and "Their name: Vic." in letter.body["text"]
    assert letter.subject == "Somebody wrote to you through the directory"
    assert write(lambda s: s.scalar(select(func.count()).select_from(model.Enquiry))) == 1
    assert "/write" not in client.get("/sitemap/therapists-1.xml").text
    for answer in (page, *done, thanks, client.get("/therapists/ada-example")):
        assert SECRET_ADDRESS not in answer.text + str(answer.headers)


def test_what_cannot_be_sent_is_shown_again_with_what_to_mend(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    again = send(client, message="Hi", reply_to="nobody", name="Vic")

    assert again.status_code == 400
    assert "This was not sent yet" in again.text and 'href="#message"' in again.text
    assert "Write a few words." in again.text and "This is not a whole e-mail address." in again.text
    assert ">\nHi</textarea>" in again.text.replace("\r", "") and 'value="nobody"' in again.text
    assert letters(write) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"message": ""}, "Write a few words."),
        ({"message": "a" * 2001}, "is 2001 characters long"),
        ({"message": "See http://a.example www.b.example HTTPS://c.example"}, "more links in it"),
        ({"message": "Hello \ud800 there".encode("utf-8", "surrogatepass").decode("latin-1") + "\0"}, "not text"),
        ({"reply_to": "a@b.example\nBcc: c@d.example"}, "not a whole e-mail address"),
        ({"reply_to": "a..b@c.example"}, "not a whole e-mail address"),
        ({"reply_to": "ä@c.example"}, "Before the @ only plain letters"),
        ({"reply_to": ""}, "Write your e-mail address"),
        ({"name": "http://evil.example"}, "This is not a name."),
        ({"language": "xx"}, "Choose one of the list."),
        ({"leave_empty": "Buy"}, "A program filled in"),
    ],
)
def test_what_is_no_message_is_refused(
    client: CheckingClient, write: Write, ada: model.Listing, typed: dict[str, str], said: str
) -> None:
    again = send(client, **typed)

    assert again.status_code == 400 and said in again.text
    assert letters(write) == []


def test_only_who_is_shown_wants_it_and_has_an_address_can_be_written_to(client: CheckingClient, write: Write) -> None:
    for name, more in {
        "Paused": {"status": "paused"},
        "Hidden": {"status": "hidden"},
        "Off": {"no_enquiries": True},
        "Nowhere": {"email": ""},
    }.items():
        write(lambda s, name=name, more=more: make_listing(s, name=name, **{"email": "x@example.org", **more}))

        page = client.get(f"/therapists/{name.lower()}")
        assert "/write" not in page.text
        assert client.get(f"/therapists/{name.lower()}/write").status_code == 404
        sent = send(client, slug=name.lower())
        assert sent.status_code == 404 and "We could come on Tuesdays." in sent.text
    assert letters(write) == []


def test_who_cannot_be_written_to_is_reached_as_their_page_says_or_by_a_network(
    client: CheckingClient, write: Write
) -> None:
    write(lambda s: make_listing(s, name="Off", no_enquiries=True, email="x@example.org", phone="+13125550123"))
    write(lambda s: make_listing(s, name="Mute", no_enquiries=True, email="x@example.org", country="US"))

    assert "Their page says how else to reach them." in client.get("/therapists/off/write").text
    page = client.get("/therapists/mute/write").text
    assert "Their page says" not in page and 'href="/networks/in/US"' in page


def test_an_account_is_written_to_where_the_listing_names_no_address(client: CheckingClient, write: Write) -> None:
    listing = write(lambda s: make_listing(s, name="Ben"))
    write(lambda s: make_account(s, email="ben@example.org", language="de", practitioner_id=listing.practitioner_id))

    assert 'href="/therapists/ben/write"' in client.get("/therapists/ben").text
    assert send(client, slug="ben").status_code == 303
    [letter] = letters(write)
    assert letter.to == "ben@example.org" and letter.body["language"] == "de"


def test_an_invented_person_says_that_nobody_would_read_it(client: CheckingClient, write: Write) -> None:
    write(lambda s: make_listing(s, name="Ina", demonstration=True))

    assert "/therapists/ina/write" in client.get("/therapists/ina").text
    page = client.get("/therapists/ina/write")

    assert page.status_code == 200 and "is invented" in page.text and "<form class=" not in page.text
    assert send(client, slug="ina").status_code == 404


def test_five_an_hour_come_from_one_place_and_the_sixth_keeps_what_was_typed(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    answers = [
        client.post("/therapists/ada-example/write", data={**TYPED, "message": f"{WORDS} {n}"}, environ_base=ELSEWHERE)
        for n in range(6)
    ]

    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert (
        "We could come on Tuesdays. 5</textarea>" in answers[-1].text and 'value="vic@example.org"' in answers[-1].text
    )
    assert len(letters(write)) == 5
    assert client.get("/therapists/ada-example/write", environ_base=ELSEWHERE).status_code == 200
    assert send(client, message="From elsewhere.").status_code == 303


def test_twenty_a_day_go_to_one_person_and_come_from_one_address_and_shut_out_nobody_else(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    write(lambda s: make_listing(s, name="Ben", email="ben@example.org"))

    to_ada = [send(client, reply_to=f"v{n}@example.org").status_code for n in range(21)]
    from_vic = [send(client, slug="ben", message=f"{WORDS} {n}").status_code for n in range(20)]
    twentyfirst = send(client, slug="ben", reply_to="VIC@example.org", message="One more word.")

    assert to_ada == [303] * 20 + [429]
    assert from_vic == [303] * 20 and twentyfirst.status_code == 429
    for slug in ("ada-example", "ben"):
        told = {**TYPED, "message": "From another house."}
        assert client.post(f"/therapists/{slug}/write", data=told, environ_base=ELSEWHERE).status_code == 303


def test_who_presses_six_times_has_written_once(client: CheckingClient, write: Write, ada: model.Listing) -> None:
    answers = [client.post("/therapists/ada-example/write", data=TYPED, environ_base=ELSEWHERE) for _again in range(6)]

    assert [one.status_code for one in answers] == [303] * 6
    assert len(letters(write)) == 1


def test_it_is_counted_once_for_each_message_of_somebody_else(
    app: Flask, client: CheckingClient, engine: Engine, write: Write, ada: model.Listing
) -> None:
    send(client)
    send(client)
    send(client, message="Something else.")
    own = signed_in_as(app.test_client(), engine, practitioner_id=ada.practitioner_id)  # type: ignore[arg-type]
    assert own.post_form("/therapists/ada-example/write", **TYPED | {"message": "To myself."}).status_code == 303
    app.extensions["referral"].counts.write()

    assert write(lambda s: s.scalars(select(model.WeeklyCount.written)).all()) == [2]


def test_a_therapist_in_another_language_reads_the_visitors_words_as_they_were_typed(
    client: CheckingClient, write: Write
) -> None:
    write(lambda s: make_listing(s, name="Dora", email="d@example.org", bio_language="de", languages=["de", "fr"]))
    sly = "Click <a href='https://evil.example'>here</a>\n> _bold_ https://evil.example/x"

    send(client, slug="dora", message=sly, language="fr")

    [letter] = letters(write)
    assert letter.body["language"] == "de" and "Französisch" in letter.body["text"]
    assert "<a href='https://evil.example'>here</a>" in letter.body["text"]
    assert re.findall(r'href="([^"]*)"', letter.body["html"]) == ["http://127.0.0.1:8000/listing#contact"]


def test_programs_learn_where_to_write_and_never_to_which_address(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    ben = write(lambda s: make_listing(s, name="Ben", email="ben@example.org", no_enquiries=True))

    told = [client.get(f"/api/v1/therapists/{one.public_id}") for one in (ada, ben)]

    assert [one.json["write_url"] for one in told] == ["http://127.0.0.1:8000/therapists/ada-example/write", ""]
    assert not any("@" in one.text for one in told)


def test_no_log_line_holds_an_address_or_a_word(
    client: CheckingClient, ada: model.Listing, capsys: pytest.CaptureFixture[str]
) -> None:
    send(client)
    send(client, message="Hi", reply_to="nobody at all")

    out = "".join(capsys.readouterr())

    assert '"route": "enquiries.send"' in out
    assert not any(word in out for word in ("vic@", SECRET_ADDRESS, "Tuesdays", "nobody at all", "ada-example"))


def test_another_site_sends_nothing_in_a_visitors_name(
    client: CheckingClient, write: Write, ada: model.Listing
) -> None:
    answer = client.post("/therapists/ada-example/write", data=TYPED, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403 and letters(write) == []

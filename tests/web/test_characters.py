"""What is no text is a clear 400 on every route, whichever way it comes; what is text goes through."""

from io import BytesIO
from time import perf_counter, process_time
from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from referral.errors import UsageError
from referral.web import characters
from tests.client import CheckingClient

SAID = "Some characters in it are not text."
NO_TEXT = ["%ED%A0%80", "%FF%FE", "a%00b", "%C3", "Z%FCrich", "%E2%82"]
TEXT = ["%EF%BF%BD", "%F0%9F%99%82", "%C3%BC", "%", "%zz", "a%0Ab", "%D7%A9", "%E2%80%AE"]
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("raw", [*NO_TEXT, "%01", "%7F"])
@pytest.mark.parametrize("path", ["/therapists/{}", "/foo{}bar", "/de/{}", "/networks/{}", "/static/{}", "/{}"])
def test_no_address_holds_what_is_no_text(client: CheckingClient, path: str, raw: str) -> None:
    as_sent = unquote_to_bytes(path.format(raw)).decode("latin-1")  # the client would mend it

    answer = client.get("/", environ_overrides={"PATH_INFO": as_sent})

    assert answer.status_code == 400


def test_the_page_says_so_and_leads_on(client: CheckingClient) -> None:
    answer = client.get("/therapists/%00")

    assert SAID in answer.text and 'href="/de/"' in answer.text


def test_a_program_is_told_so_in_its_own_way(client: CheckingClient) -> None:
    answer = client.get("/api/v1/places?q=%ED%A0%80")

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("raw", NO_TEXT)
@pytest.mark.parametrize("query", ["q={}", "place=1&x={}", "{}=1"])
def test_no_query_holds_it(client: CheckingClient, query: str, raw: str) -> None:
    assert client.get(f"/search?{query.format(raw)}").status_code == 400
    assert client.get(f"/about?{query.format(raw)}").status_code == 400


@pytest.mark.parametrize("raw", NO_TEXT)
@pytest.mark.parametrize("path", ["/account/sign-in", "/listing/claim", "/letters/stop/x", "/nothing/here"])
def test_no_form_holds_it_in_a_name_or_a_value(client: CheckingClient, path: str, raw: str) -> None:
    expected = 404 if "nothing" in path else 400

    for body in (f"email={raw}", f"{raw}=1", f"email=a@b.example&x=1&more={raw}"):
        assert client.post(path, data=body, content_type=FORM).status_code == expected


@pytest.mark.parametrize("raw", [b"\xed\xa0\x80", b"a\0b", b"\xff", "\N{REPLACEMENT CHARACTER}".encode()])
def test_no_form_with_a_file_holds_it(client: CheckingClient, raw: bytes) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n' + raw + b"\r\n--x--\r\n"

    assert client.post("/account/sign-in", data=body, content_type="multipart/form-data; boundary=x").status_code == 400


@pytest.mark.parametrize("raw", TEXT)
def test_what_is_text_goes_through(client: CheckingClient, raw: str) -> None:
    assert client.get(f"/about?x={raw}").status_code == 200
    assert client.get(f"/{raw}".replace("%0A", "")).status_code == 404
    assert client.post("/account/sign-in", data=f"email={raw}", content_type=FORM).status_code == 400
    assert SAID not in client.post("/account/sign-in", data=f"email={raw}", content_type=FORM).text


def test_a_file_may_hold_any_byte(app: Flask) -> None:
    data = {"file": (BytesIO(b"\xff\xfe\0\xed\xa0\x80"), "x.csv"), "csrf_token": "x"}
    with app.test_request_context("/listing/claim", method="POST", data=data):
        characters.form_is_text()


def test_it_costs_nearly_nothing(app: Flask) -> None:
    builder = EnvironBuilder("/search", query_string="place=4887398&language=es&text=K%C3%B6ln+und+so")

    with app.test_request_context(environ_overrides=builder.get_environ()):
        begun = perf_counter()
        for _ in range(1000):
            characters.address_is_text()
        took = (perf_counter() - begun) * 1000

    assert took < 500  # about 5 µs: no more than a bound that no busy machine reaches


@pytest.mark.parametrize("path", ["/coordination/x/import", "/listing/words", "/account/sign-in"])
@pytest.mark.parametrize("letters", ["%41", "%C3%BC", "%FF", "é"])
def test_a_long_form_of_nobody_costs_nearly_nothing(client: CheckingClient, path: str, letters: str) -> None:
    body = "email=" + letters * (9_000_000 // len(letters))
    client.post(path, headers={"Sec-Fetch-Site": "cross-site"})  # the page that refuses is compiled the first time
    begun = process_time()

    answer = client.post(path, data=body.encode(), content_type=FORM, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code in (403, 404, 413) and process_time() - begun < 1  # 4.5 s where all of it was decoded


def test_what_is_refused_is_a_usage_error(app: Flask) -> None:
    with app.test_request_context("/?x=%FF"), pytest.raises(UsageError):
        characters.address_is_text()

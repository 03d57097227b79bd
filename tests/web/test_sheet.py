"""One style sheet is all a page loads; its parts are files by meaning. What only readers need stays at home."""

import brotli
from flask import Flask

from referral.config import ROOT
from referral.web import sheet
from tests.client import CheckingClient

PARTS = sorted((ROOT / "static" / "style").glob("*.css"))


def test_the_parts_are_sent_as_one_sheet_without_a_request_more(client: CheckingClient) -> None:
    answer = client.get("/static/style.css")

    assert answer.mimetype == "text/css" and answer.headers["Content-Length"] == str(len(answer.data))
    assert "@import" not in answer.text and all(
        part in answer.text for part in ("--ground:", ".card {", "@media print")
    )
    answer.close()


def test_every_part_is_in_the_sheet_and_short_enough_to_be_read() -> None:
    named = (ROOT / "static" / "style.css").read_text("utf-8")

    assert PARTS and all(f'@import url("style/{part.name}");' in named for part in PARTS)
    assert [part.name for part in PARTS if len(part.read_text("utf-8").splitlines()) > 150] == []


def test_the_sheet_is_compressed_asked_for_again_and_asked_about_as_any_file(client: CheckingClient) -> None:
    first = client.get("/static/style.css")
    small = client.get("/static/style.css", headers={"Accept-Encoding": "br"})
    again = client.get("/static/style.css", headers={"If-None-Match": first.headers["ETag"]})
    head, part = client.head("/static/style.css"), client.get("/static/style.css", headers={"Range": "bytes=0-9"})

    assert brotli.decompress(small.data) == first.data and (again.status_code, again.data) == (304, b"")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(first.data)))
    assert first.data.startswith(part.data) and len(part.data) in (10, len(first.data))
    assert client.post("/static/style.css").status_code in (403, 405)
    for answer in (first, small, again, head, part):
        answer.close()


def test_comments_stay_at_home() -> None:
    assert b"/*" not in sheet.whole() and b"*/" not in sheet.whole()


def test_a_changed_part_has_another_address(app: Flask) -> None:
    with app.test_request_context("/"):
        from flask import url_for

        assert f"v={sheet.version()}" in url_for("static", filename="style.css")


def test_scripts_come_without_the_notes_for_who_reads_them(client: CheckingClient) -> None:
    whole = client.get("/static/results.js")
    small = client.get("/static/results.js", headers={"Accept-Encoding": "br"})

    lines, kept = (answer.splitlines() for answer in (whole.text, brotli.decompress(small.data).decode()))
    assert kept == [line for line in lines if not line.lstrip().startswith(("//", "/**", "* "))] != lines
    for answer in (whole, small):
        answer.close()

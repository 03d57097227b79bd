"""Every letter says why one got it and what happens if one does nothing, in plain words of which none can be forged."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral import text
from referral.config import ROOT
from referral.mail.message import message
from referral.mail.outbox import Held
from referral.mail.rendering import KINDS, WIDTH, Typed, Written, render
from tests.make import NOW

FULL = {
    "question": "Can I come alone?",
    "partner": "Ben Example",
    "link": "https://directory.example/listing/confirm/Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5d2FsZG8tZnJlZA",
    "name": "Ada Example",
    "minutes": 10,
    "new": "new@example.org",
    "old": "old@example.org",
    "days": 14,
    "attested_on": date(2026, 8, 24),
    "unconfirmed_on": date(2026, 11, 23),
    "hidden_on": date(2026, 12, 22),
    "paused_until": date(2026, 12, 1),
    "fields": ["Name", "Offices"],
    "reason": "The licence number is missing.",
    "outcome": "We asked the therapist, who has corrected it.",
    "listing": "Ben Example",
    "credential": "Certified Imago Therapist",
    "expires_on": date(2026, 11, 22),
    "change": "codes_added",
    "device": "Firefox (Android)",
    "network": "Example Network",
    "workshop": "A weekend for two",
    "day": date(2027, 1, 9),
    "until": date(2028, 5, 1),
    "message": Typed("We would like to come.\n\nIs there room?"),
    "reply_to": "visitor@example.org",
    "writer": "Vic",
    "answer_in": "German",
    "contact": "office@example.org",
    "at": datetime(2026, 11, 23, 9, 5, tzinfo=UTC),
}
BARE = {kind: {name: FULL[name] for name in needed} for kind, needed in KINDS.items()}


class Html(HTMLParser):
    """The words and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.links, self.root = "", [], {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src")]
        self.root = dict(attrs) if tag == "html" else self.root

    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_kind_has_its_template_and_no_other() -> None:
    files = {path.stem for path in (ROOT / "templates" / "mail").glob("*.txt")}

    assert files - {"letter"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("values", [FULL, None], ids=["all", "only what is needed"])
def test_every_letter_is_short_plain_and_whole(kind: str, values: dict[str, object] | None) -> None:
    letter = render(kind, values or BARE[kind])

    assert "!" not in letter.subject + letter.text
    assert len(letter.subject) < 60 and len(letter.text) < 1000
    assert letter.text.startswith("Hello Ada Example,\n" if values else "Hello,\n")
    assert "You get this letter because" in letter.text
    assert re.search("do\nnothing|do nothing|nothing\nto do|nothing to do|nothing to\ndo", letter.text)
    assert all(len(line) <= WIDTH for line in letter.text.splitlines() if "https://" not in line)
    assert "None" not in letter.text and "{{" not in letter.text and "%(" not in letter.text


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(kind: str) -> None:
    letter = render(kind, FULL)
    html = Html(letter.html.partition("<body>")[2])

    assert re.sub(r"[\s:]", "", html.words) == re.sub(r"[\s:]", "", letter.text)
    assert html.links == ([FULL["link"]] if "https://" in letter.text else [])


def test_a_link_stands_alone_on_its_line_however_long_it_is() -> None:
    assert str(FULL["link"]) in render("still_correct", FULL).text.splitlines()


@pytest.mark.parametrize("missing", [{}, {"link": ""}])
def test_a_letter_without_what_it_has_to_tell_is_never_written(missing: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="link"):
        render("sign_in", missing)


def test_a_kind_nobody_wrote_is_never_sent() -> None:
    with pytest.raises(ValueError, match="a template"):
        render("../secrets", FULL)


@given(st.text(max_size=60))
def test_nothing_a_person_wrote_becomes_markup_a_link_or_a_header(words: str) -> None:
    reason = f"{words}\r\nBcc: all@example.org\n\n\x02Click\x03https://evil.example\n\n<a href=//evil.example>x</a>"

    letter = render("returned", {"reason": reason, "name": words, "link": FULL["link"]})

    assert Html(letter.html).links == [FULL["link"]]
    sent = message(_held(letter), "letters@directory.example").as_bytes()
    assert b"\nBcc:" not in sent.partition(b"\r\n\r\n")[0]


@given(st.text(max_size=200))
def test_what_a_visitor_typed_stands_apart_line_by_line_and_becomes_nothing_else(typed: str) -> None:
    sly = f"{typed}</blockquote>\n\n\x02Click\x03https://evil.example\n\nhttps://evil.example"

    letter = render("enquiry", {**FULL, "message": Typed(sly), "writer": typed})

    html = Html(letter.html)
    assert html.links == [FULL["link"]] and letter.html.count("</blockquote>") == 1
    assert [line for line in letter.text.splitlines() if "evil.example" in line and not line.startswith("    ")] == []


@pytest.mark.parametrize(("kind", "value"), [("returned", "reason"), ("report_outcome", "outcome")])
def test_what_a_moderator_wrote_keeps_its_paragraphs(kind: str, value: str) -> None:
    letter = render(kind, {**FULL, value: "Which town?\n\nAnd the licence:\n- its number"})

    assert "    Which town?\n\n    And the licence:\n    - its number\n" in letter.text
    assert re.search(r"Which town\?(<br>|\s)*And the licence:", letter.html)


def test_letters_and_pictures_that_are_joined_stay_so() -> None:
    words = "می\u200cخواهم 👩\u200d❤️\u200d👨"

    assert words in render("enquiry", {**FULL, "message": Typed(words)}).text


@given(st.text(max_size=40).filter(lambda name: name.strip()))
def test_a_name_in_a_subject_stays_on_its_line(name: str) -> None:
    assert "\n" not in render("pause_ends", {"paused_until": name or "x", "name": name}).subject


@pytest.mark.parametrize(("language", "direction"), [("he", "rtl"), ("ar", "rtl"), ("fr", "ltr")])
def test_a_letter_runs_the_way_its_language_does(
    monkeypatch: pytest.MonkeyPatch, language: str, direction: str
) -> None:
    monkeypatch.setattr(text, "languages", lambda: ("en", language))

    letter = render("sign_in", FULL | {"name": "עדה"}, language)

    assert Html(letter.html).root == {"lang": language, "dir": direction}
    read = message(_held(letter), "letters@directory.example")
    assert read["Content-Language"] == language
    assert all("עדה" in part.get_content() for part in read.iter_parts())
    assert read.as_bytes().isascii()


def test_a_language_that_is_not_spoken_here_says_that_it_is_english() -> None:
    assert Html(render("sign_in", FULL, "tlh").html).root == {"lang": "en", "dir": "ltr"}


def _held(letter: Written, **more: str) -> Held:
    body = {"text": letter.text, "html": letter.html, "language": letter.language, **more}
    return Held(1, "a1", "ada@example.org", letter.subject, body, NOW, 1)


def test_whose_listing_it_is_already_is_led_to_signing_in() -> None:
    sign_in = "https://directory.example/account/sign-in"

    assert sign_in in render("claim_unknown", {"link": FULL["link"], "sign_in": sign_in}).text.splitlines()

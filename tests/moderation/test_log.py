"""The log says who did what, in words."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from referral import model
from referral.accounts import roles
from referral.listings import published, revisions
from referral.listings.content import Content, Office
from referral.moderation import log
from referral.text import speaking
from tests.client import CheckingClient
from tests.make import NOW
from tests.people import Write


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
    ("reason", "first", "then"),
    [
        ("roster imago-example", "brought by a roster", "changed by a roster"),
        ("import roster.csv, shown because: signed", "brought by an import", "changed by an import"),
        ("applied", "applied for a listing", "applied for a listing"),
        ("claimed", "saved, not shown yet", "saved, not shown yet"),
    ],
)
def test_whoever_is_only_brought_is_not_said_to_be_published(
    session: Session, reason: str, first: str, then: str
) -> None:
    ann = Content("Ann Example", status="pending", offices=(Office("DE"),))
    [id] = revisions.publish(session, [ann], NOW, reason)
    [there] = published.load_any(session, [id])

    revisions.publish(session, [replace(there.content, suffix="MS")], NOW, reason)

    assert [one.said for one in log.entries(session)] == [then, first]


def test_the_log_says_of_what_a_change_was_asked_for(session: Session, ada: model.Listing) -> None:
    [there] = published.load_any(session, [ada.id])
    wish = replace(there.content, bio="New words nobody may read here.", photo="a" * 32 + ".jpg")
    done = revisions.submit(session, ada.id, wish, there.version, None, NOW)
    renamed = replace(wish, photo="", name="Ada Other")
    revisions.submit(session, ada.id, renamed, done.version, None, NOW)

    said = [(one.said, one.of) for one in log.entries(session)][:2]

    assert said == [("change asked for", "Name, Listed under"), ("change asked for", "In their own words, Photo")]


def test_the_log_page_says_of_what_and_tells_no_word_of_it(
    moderator: CheckingClient, write: Write, ada: model.Listing
) -> None:
    there = write(lambda s: published.load_any(s, [ada.id])[0])
    wish = replace(there.content, phone="+13125550142")
    write(lambda s: revisions.submit(s, ada.id, wish, there.version, None, NOW))

    page = moderator.get("/moderation/log").text

    assert "Ada Example</bdi></a>: Telephone" in page and "5550142" not in page


def test_the_log_says_of_what_a_network_asked_for_a_change(session: Session) -> None:
    detail = {"published": ["directory_url"], "waiting": ["offers"]}
    session.add(model.AuditEntry(at=NOW, action="submit", object="network:abc", detail=detail))

    assert [one.of for one in log.entries(session)] == ["Its own list of therapists, What it offers"]


def test_whoever_is_seen_by_it_is_said_to_be_published(session: Session) -> None:
    revisions.publish(session, [Content("Ann Example", status="active", offices=(Office("DE"),))], NOW, "claimed")

    assert [one.said for one in log.entries(session)] == ["published"]

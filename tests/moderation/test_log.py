"""The log says who did what, in words."""

from sqlalchemy.orm import Session

from referral import model
from referral.accounts import roles
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

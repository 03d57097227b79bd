"""What was typed and not saved."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from referral.editing import saving
from referral.errors import UsageError
from referral.listings import drafts, revisions
from tests.make import NOW, make_account, make_listing


@pytest.fixture
def whose(session: Session) -> tuple[int, int]:
    """A listing and an account."""
    return make_listing(session).id, make_account(session).id


def test_what_was_typed_is_read_as_it_was_sent(session: Session, whose: tuple[int, int]) -> None:
    typed = [("bio-bio", "Two\r\nlines 🌱"), ("bio-tick", "1"), ("bio-tick", "2")]

    drafts.keep(session, *whose, "bio", 3, typed, NOW)

    assert drafts.read(session, *whose) == {"bio": drafts.Kept("bio", 3, tuple(typed), NOW)}


def test_the_latest_typing_counts_and_only_ones_own(session: Session, whose: tuple[int, int]) -> None:
    other = make_account(session).id
    drafts.keep(session, *whose, "bio", 3, [("b", "old")], NOW)
    drafts.keep(session, whose[0], other, "bio", 1, [("b", "theirs")], NOW)

    seen = drafts.read(session, *whose)["bio"].mark
    drafts.keep(session, *whose, "bio", 4, [("b", "new"), (drafts.FOLLOWS, seen)], NOW + timedelta(1))

    assert drafts.read(session, *whose)["bio"].fields == (("b", "new"),)
    assert drafts.read(session, whose[0], other)["bio"].fields == (("b", "theirs"),)


def test_what_another_page_typed_is_not_overwritten_by_who_has_not_seen_it(
    session: Session, whose: tuple[int, int]
) -> None:
    first, second = [("b", "a long text"), (drafts.PAGE, "one")], [("b", "short"), (drafts.PAGE, "two")]
    drafts.keep(session, *whose, "bio", 3, first, NOW)

    with pytest.raises(drafts.Elsewhere) as told:
        drafts.keep(session, *whose, "bio", 3, second, NOW + timedelta(1))
    with pytest.raises(drafts.Elsewhere):
        drafts.keep(session, *whose, "bio", 3, [*second, (drafts.FOLLOWS, "of nothing")], NOW + timedelta(1))

    assert ("b", "a long text") in told.value.there.fields
    assert drafts.read(session, *whose)["bio"] == told.value.there
    drafts.keep(session, *whose, "bio", 3, [*second, (drafts.FOLLOWS, told.value.there.mark)], NOW + timedelta(1))
    assert dict(drafts.read(session, *whose)["bio"].fields)["b"] == "short"


def test_a_page_goes_on_from_what_it_typed_itself_and_from_the_same_words(
    session: Session, whose: tuple[int, int]
) -> None:
    drafts.keep(session, *whose, "bio", 3, [("b", "one"), (drafts.PAGE, "one"), (drafts.AT, "5")], NOW)
    drafts.keep(session, *whose, "bio", 3, [("b", "one two"), (drafts.PAGE, "one"), (drafts.AT, "6")], NOW)

    drafts.keep(session, *whose, "bio", 3, [("b", "one two"), (drafts.PAGE, "two"), (drafts.AT, "1")], NOW)

    assert dict(drafts.read(session, *whose)["bio"].fields)["b"] == "one two"
    with pytest.raises(drafts.Elsewhere):  # of a page that does not say which it is, nobody knows what it saw
        drafts.keep(session, *whose, "bio", 3, [("b", "three")], NOW)


def test_what_was_saved_is_forgotten(session: Session, whose: tuple[int, int]) -> None:
    drafts.keep(session, *whose, "bio", 3, [("b", "x"), (drafts.PAGE, "one")], NOW)

    drafts.drop(session, *whose, "bio", [("b", "x and more"), (drafts.PAGE, "one")])
    drafts.drop(session, *whose, "never typed", [])

    assert drafts.read(session, *whose) == {}


def test_what_another_page_typed_outlives_a_saving(session: Session, whose: tuple[int, int]) -> None:
    drafts.keep(session, *whose, "bio", 3, [("b", "x"), (drafts.PAGE, "one")], NOW)

    drafts.drop(session, *whose, "bio", [("b", "y"), (drafts.PAGE, "two"), (drafts.FOLLOWS, "")])

    assert list(drafts.read(session, *whose)) == ["bio"]


def test_there_is_an_end_to_what_is_kept(session: Session, whose: tuple[int, int]) -> None:
    with pytest.raises(UsageError) as told:
        drafts.keep(session, *whose, "bio", 1, [("b", "ä" * (drafts.MOST_BYTES // 2))], NOW)
    assert told.value.status == 413
    for number in range(drafts.MOST_SECTIONS):
        drafts.keep(session, *whose, f"section {number}", 1, [], NOW)

    with pytest.raises(UsageError, match="too many"):
        drafts.keep(session, *whose, "one more", 1, [], NOW)
    there = drafts.read(session, *whose)["section 0"].mark
    drafts.keep(session, *whose, "section 0", 1, [("b", "still"), (drafts.FOLLOWS, there)], NOW)


def test_who_is_erased_is_left_out_of_what_others_typed_and_all_else_stays(
    session: Session, whose: tuple[int, int]
) -> None:
    typed = {
        "words-bio": "I work with couples, see https://x.example/de/therapists/couples/ and goneexample1 there.",
        "partner-partner": "http://x.example/therapists/couples",
        "words-website": "https://x.example/therapists/couples-2",
    }
    drafts.keep(session, *whose, "words", 1, list(typed.items()), NOW)
    drafts.keep(session, *whose, "partner", 1, [("partner-partner", " Couples ")], NOW)

    drafts.forget(session, ["goneexample1"], ["couples"])

    kept = drafts.read(session, *whose)
    assert dict(kept["words"].fields) == {
        "words-bio": "I work with couples, see  and  there.",
        "partner-partner": "",
        "words-website": "https://x.example/therapists/couples-2",
    }
    assert "partner" not in kept  # nothing else was typed there


def test_nobody_takes_the_words_of_others_away_by_leaving(session: Session, whose: tuple[int, int]) -> None:
    typed = [("words-bio", "I work with couples and love them."), ("words-first", "Couples")]
    drafts.keep(session, *whose, "words", 1, typed, NOW)
    gone = make_listing(session, name="Couples", status="pending")
    assert gone.slug == "couples"

    revisions.erase(session, [gone.id], NOW)

    assert drafts.read(session, *whose)["words"].fields == tuple(typed)


def test_where_the_listing_was_left_meanwhile_nothing_is_kept_and_it_is_said(
    session: Session, whose: tuple[int, int]
) -> None:
    listing_id, account_id = whose
    revisions.erase(session, [listing_id], NOW)

    with pytest.raises(UsageError) as kept:
        drafts.keep(session, listing_id, account_id, "words", 1, [("words-bio", "x")], NOW)
    with pytest.raises(UsageError) as seen:
        saving.seen(session, listing_id)

    assert (kept.value.status, seen.value.status) == (404, 404)

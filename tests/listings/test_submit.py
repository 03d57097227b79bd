"""A change from its submission to its end."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import model
from referral.errors import UsageError
from referral.listings import published, revisions
from referral.listings.content import Content, Price
from tests.make import NOW, TODAY, make_account, make_listing

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def moderator(session: Session) -> int:
    return make_account(session, "moderator").id


def there(session: Session, id: int) -> Content:
    return published.load_any(session, [id])[0].content


def version(session: Session, id: int) -> int:
    return published.load_any(session, [id])[0].version


def submit(session: Session, id: int, author: int | None = None, **fields: Any) -> revisions.Submitted:
    return revisions.submit(session, id, replace(there(session, id), **fields), version(session, id), author, LATER)


def marks(session: Session) -> tuple[int, ...]:
    """How many revisions, audit entries and changes there are."""
    kinds = (model.Revision, model.AuditEntry, model.Change)
    return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def states(session: Session, id: int) -> list[str]:
    mine = select(model.Revision.state).where(model.Revision.listing_id == id).order_by(model.Revision.id)
    return list(session.scalars(mine))


def test_a_small_edit_is_published_at_once_and_leaves_its_marks(session: Session) -> None:
    id, author = make_listing(session).id, make_account(session).id
    before = marks(session)

    done = submit(session, id, author, bio="New words.", costs=(Price("USD", 90),))

    assert done == revisions.Submitted(2, ("bio", "costs"), (), None)
    assert there(session, id).bio == "New words." and version(session, id) == 2
    assert tuple(b - a for a, b in zip(before, marks(session), strict=True)) == (1, 1, 1)
    made = revisions.history(session, id)[0]
    assert (made.version, made.state, made.fields, made.author_id) == (2, "approved", ("bio", "costs"), author)
    assert made.before and (made.before.bio, made.content.bio) == ("", "New words.")


def test_a_name_waits_and_the_rest_does_not(session: Session) -> None:
    id = make_listing(session).id

    done = submit(session, id, name="Ada Neu", phone="+13125550123")

    assert (done.published, done.waiting) == (("phone",), ("name", "sort_name"))
    assert there(session, id).name == "Ada Example" and there(session, id).phone == "+13125550123"
    waits = revisions.waiting(session, id)
    assert waits and waits.revision_id == done.revision_id
    assert waits.content == replace(there(session, id), name="Ada Neu", sort_name="Ada Neu")


def test_a_content_that_changes_nothing_writes_nothing(session: Session) -> None:
    id = make_listing(session).id
    first = submit(session, id, website="https://example.org/a")
    before = marks(session)

    again = replace(first, published=(), asked=())
    assert submit(session, id) == again
    assert submit(session, id, website="https://example.org/a") == again
    assert submit(session, id, status="hidden", attested_on=None) == again
    assert marks(session) == before


def test_a_stale_base_is_told_what_is_there(session: Session) -> None:
    id = make_listing(session).id
    mine = replace(there(session, id), bio="Mine")
    submit(session, id, bio="Theirs")
    before = marks(session)

    with pytest.raises(revisions.Outdated) as told:
        revisions.submit(session, id, mine, 1, None, LATER)

    assert (told.value.status, told.value.current.content.bio, told.value.current.version) == (409, "Theirs", 2)
    assert marks(session) == before


def test_a_save_that_only_waits_makes_older_forms_stale_too(session: Session) -> None:
    id = make_listing(session).id
    mine = replace(there(session, id), website="https://example.org/mine")
    submit(session, id, website="https://example.org/theirs")

    with pytest.raises(revisions.Outdated):
        revisions.submit(session, id, mine, 1, None, LATER)


def test_a_newer_proposal_takes_the_older_ones_fields_along(session: Session) -> None:
    id = make_listing(session).id
    first = submit(session, id, website="https://example.org/a", name="Ada A")

    second = submit(session, id, website="https://example.org/b")

    assert set(second.waiting) == {"website", "name", "sort_name"} and second.revision_id != first.revision_id
    waits = revisions.waiting(session, id)
    assert waits and (waits.content.name, waits.content.website) == ("Ada A", "https://example.org/b")
    assert states(session, id) == ["approved", "withdrawn", "proposed"]


def test_a_whole_wish_takes_back_what_it_asks_for_no_more(session: Session) -> None:
    id = make_listing(session).id
    submit(session, id, website="https://example.org/a", suffix="PhD")
    waits = revisions.waiting(session, id)
    assert waits is not None

    wish = replace(waits.content, website="", bio="New words")
    done = revisions.submit(session, id, wish, version(session, id), None, LATER, whole=True)
    assert (done.published, done.waiting) == (("bio",), ("suffix",))

    done = revisions.submit(session, id, there(session, id), version(session, id), None, LATER, whole=True)
    assert (done.published, done.waiting, done.revision_id) == ((), (), None)
    assert revisions.waiting(session, id) is None


def test_approving_changes_only_what_waited(session: Session, moderator: int) -> None:
    id = make_listing(session).id
    waits = submit(session, id, name="Ada Neu").revision_id
    submit(session, id, bio="Written since", costs=(Price("USD", 90),))

    assert waits is not None and revisions.approve(session, waits, moderator, LATER) == 4

    after = there(session, id)
    assert (after.name, after.bio, after.costs) == ("Ada Neu", "Written since", (Price("USD", 90),))
    latest = revisions.history(session, id)[0]
    assert (latest.revision_id, latest.version, latest.decided_by_id) == (waits, 4, moderator)
    assert latest.content == after and latest.before and latest.before.bio == "Written since"
    assert revisions.waiting(session, id) is None


def test_a_revision_is_decided_on_once(session: Session, moderator: int) -> None:
    id = make_listing(session).id
    waits = submit(session, id, name="Ada Neu").revision_id or 0
    revisions.approve(session, waits, moderator, LATER)

    for again in (
        lambda: revisions.approve(session, waits, moderator, LATER),
        lambda: revisions.send_back(session, waits, moderator, "No", LATER),
        lambda: revisions.take_back(session, waits, moderator, LATER),
    ):
        with pytest.raises(UsageError, match="in the meantime"):
            again()
    with pytest.raises(UsageError, match="no such revision"):
        revisions.approve(session, waits + 99, moderator, LATER)


def test_an_overtaken_revision_cannot_be_approved(session: Session, moderator: int) -> None:
    id = make_listing(session).id
    old = submit(session, id, name="Ada A").revision_id or 0
    submit(session, id, name="Ada B")

    with pytest.raises(UsageError, match="in the meantime"):
        revisions.approve(session, old, moderator, LATER)


def test_a_returned_revision_leaves_the_listing_as_it_was(session: Session, moderator: int) -> None:
    id = make_listing(session).id
    waits = submit(session, id, name="Ada Neu").revision_id or 0
    before = there(session, id)

    with pytest.raises(UsageError, match="say why"):
        revisions.send_back(session, waits, moderator, "  ", LATER)
    revisions.send_back(session, waits, moderator, "Please use the name on your licence.", LATER)

    assert there(session, id) == before and revisions.waiting(session, id) is None
    latest = revisions.history(session, id)[0]
    assert (latest.state, latest.reason, latest.version) == ("returned", "Please use the name on your licence.", None)
    assert latest.content.name == "Ada Neu"


def test_only_who_asked_or_whose_it_is_takes_it_back(session: Session) -> None:
    listing = make_listing(session)
    coordinator = make_account(session, "coordinator").id
    owner = make_account(session, practitioner_id=listing.practitioner_id).id
    stranger = make_account(session).id
    waits = submit(session, listing.id, coordinator, name="Ada Neu").revision_id or 0

    with pytest.raises(UsageError, match="somebody else"):
        revisions.take_back(session, waits, stranger, LATER)
    revisions.take_back(session, waits, owner, LATER)

    assert states(session, listing.id) == ["approved", "withdrawn"]


def test_nobody_moderates_their_own_listing(session: Session) -> None:
    listing = make_listing(session)
    me = make_account(session, "moderator", practitioner_id=listing.practitioner_id).id
    waits = submit(session, listing.id, None, name="Ada Neu").revision_id or 0
    before = marks(session)

    for deed in (
        lambda: revisions.approve(session, waits, me, LATER),
        lambda: revisions.send_back(session, waits, me, "No", LATER),
        lambda: revisions.take_down(session, listing.id, me, LATER),
        lambda: revisions.put_back(session, listing.id, me, LATER),
        lambda: revisions.admit(session, listing.id, 1, me, LATER),
    ):
        with pytest.raises(UsageError, match="another moderator") as told:
            deed()
        assert told.value.status == 403
    assert marks(session) == before and there(session, listing.id).name == "Ada Example"


def test_an_older_version_comes_back_by_the_same_way(session: Session, moderator: int) -> None:
    id = make_listing(session, bio="First").id
    submit(session, id, bio="Second", name="Ada Neu")
    revisions.approve(session, revisions.waiting(session, id).revision_id, moderator, LATER)  # type: ignore[union-attr]
    first = revisions.history(session, id)[-1]

    done = revisions.revert(session, id, first.revision_id, 3, None, LATER)

    assert done.published == ("bio",) and set(done.waiting) == {"name", "sort_name"}
    assert there(session, id).bio == "First"


def test_nothing_comes_back_that_was_never_published_or_is_somebody_elses(session: Session) -> None:
    one, other = make_listing(session).id, make_listing(session, name="Ben").id
    waits = submit(session, one, name="Ada Neu").revision_id or 0
    others = revisions.history(session, other)[0].revision_id

    for revision in (waits, others, 99):
        with pytest.raises(UsageError, match="no such version"):
            revisions.revert(session, one, revision, version(session, one), None, LATER)


def test_a_pause_ends_the_day_it_says_or_by_hand(session: Session) -> None:
    id = make_listing(session).id

    with pytest.raises(UsageError, match="day to come"):
        revisions.pause(session, id, TODAY, NOW)
    revisions.pause(session, id, TODAY + timedelta(9), NOW)
    listing = session.get_one(model.Listing, id)
    assert (listing.status, listing.paused_until, listing.is_public) == ("paused", TODAY + timedelta(9), False)
    revisions.pause(session, id, None, NOW)
    assert listing.paused_until is None

    revisions.resume(session, id, NOW)

    assert (listing.status, listing.version) == ("active", 1)
    with pytest.raises(UsageError, match="not paused"):
        revisions.resume(session, id, NOW)
    assert marks(session) == (1, 4, 4)


@pytest.mark.parametrize("status", ["draft", "pending", "hidden", "removed"])
def test_what_is_not_seen_cannot_be_paused(session: Session, status: str) -> None:
    id = make_listing(session, status=status).id

    with pytest.raises(UsageError, match="cannot be paused"):
        revisions.pause(session, id, None, NOW)


def test_what_a_moderator_took_down_only_a_moderator_puts_back(session: Session, moderator: int) -> None:
    listing = make_listing(session, status="unconfirmed")
    revisions.take_down(session, listing.id, moderator, NOW)

    for deed in (
        lambda: revisions.set_status(session, listing.id, "active", NOW),
        lambda: revisions.resume(session, listing.id, NOW),
        lambda: revisions.pause(session, listing.id, None, NOW),
        lambda: revisions.take_down(session, listing.id, moderator, NOW),
    ):
        with pytest.raises(UsageError):
            deed()
    make_listing(session, public_id=listing.public_id, status="active")
    submit(session, listing.id, bio="New words")
    assert there(session, listing.id).status == "hidden" and there(session, listing.id).bio == "New words"

    revisions.put_back(session, listing.id, moderator, NOW)

    assert there(session, listing.id).status == "unconfirmed"
    with pytest.raises(UsageError, match="not taken down"):
        revisions.put_back(session, listing.id, moderator, NOW)


def test_a_pause_outlives_being_taken_down(session: Session, moderator: int) -> None:
    id = make_listing(session).id
    revisions.pause(session, id, date(2027, 1, 1), NOW)
    revisions.take_down(session, id, moderator, NOW)

    revisions.put_back(session, id, moderator, NOW)

    listing = session.get_one(model.Listing, id)
    assert (listing.status, listing.paused_until) == ("paused", date(2027, 1, 1))


def test_a_new_listing_is_let_in_once_and_only_with_consent(session: Session, moderator: int) -> None:
    silent, agreed = (
        make_listing(session, status="pending").id,
        make_listing(session, name="Ben", status="pending", consented_on=TODAY).id,
    )

    with pytest.raises(UsageError, match="want to be"):
        revisions.admit(session, silent, 1, moderator, NOW)
    revisions.admit(session, agreed, 1, moderator, NOW)

    assert there(session, agreed).status == "active"
    with pytest.raises(UsageError, match="does not wait"):
        revisions.admit(session, agreed, 1, moderator, NOW)


def test_an_ended_listing_takes_no_edits(session: Session) -> None:
    id = make_listing(session).id
    revisions.set_status(session, id, "removed", NOW)

    with pytest.raises(UsageError, match="no such listing"):
        submit(session, id, bio="x")


def test_a_partner_is_joined_when_approved(session: Session, moderator: int) -> None:
    ben = make_listing(session, name="Ben")
    id = make_listing(session).id

    waits = submit(session, id, partner=ben.public_id).revision_id or 0
    assert there(session, id).partner == ""
    revisions.approve(session, waits, moderator, LATER)
    assert there(session, id).partner == ben.public_id

    submit(session, id, bio="Still together")
    assert there(session, id).partner == ben.public_id


def test_history_is_told_latest_first_and_only_so_far(session: Session) -> None:
    id = make_listing(session).id
    for number in range(6):
        submit(session, id, bio=f"Words {number}")

    told = revisions.history(session, id, limit=3)

    assert [p.content.bio for p in told] == ["Words 5", "Words 4", "Words 3"]
    assert all(p.before for p in told)

"""An office moved to another country waits, and the one it takes the place of stays in sight until it is approved.

What a person expects: visitors see where they work now, until the new place is read by a moderator; whom they took
away with its own box is gone at once.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from referral.listings import deciding, published, revisions, risk
from referral.listings.checks import checked
from referral.listings.content import Content, Office, as_json, from_json
from tests.make import NOW, make_account, make_content, make_listing

SPRINGFIELD = {"country": "US", "region": "US-IL", "locality": "Springfield", "lat": 39.7817, "lon": -89.6501}
BERLIN = Office("DE", "DE-BE", "Berlin")
WIEN = Office("AT", "AT-9", "Wien")
HERE = checked(make_content(offices=[SPRINGFIELD, {**SPRINGFIELD, "locality": "Chicago", "lat": 41.85, "lon": -87.65}]))
FIRST, SECOND = HERE.offices


def towns(content: Content) -> list[str]:
    return [office.locality for office in content.offices]


def then(current: Content, asked: risk.Asked) -> list[str]:
    """Where they work when what waits is approved."""
    return towns(risk.granted(current, asked.waiting, list(asked.waiting)))


def instead(office: Office, old: Office) -> Office:
    return replace(office, replaces=old.address)


def test_the_only_office_stays_until_the_one_abroad_is_approved() -> None:
    alone = replace(HERE, offices=(FIRST,))

    asked = risk.asked(alone, replace(alone, offices=(instead(BERLIN, FIRST),)), {})

    assert (asked.published, towns(asked.content)) == ((), ["Springfield"])
    assert then(alone, asked) == ["Berlin"]


def test_of_two_offices_the_moved_one_stays_in_its_place() -> None:
    asked = risk.asked(HERE, replace(HERE, offices=(instead(BERLIN, FIRST), SECOND)), {})

    assert (asked.published, asked.content.offices) == ((), HERE.offices)
    assert then(HERE, asked) == ["Berlin", "Chicago"]


def test_beside_a_move_abroad_everything_else_is_published() -> None:
    visible = replace(SECOND, address_visibility="full")

    asked = risk.asked(HERE, replace(HERE, offices=(instead(BERLIN, FIRST), visible)), {})

    assert asked.published == ("offices",) and asked.content.offices == (FIRST, visible)
    assert then(asked.content, asked) == ["Berlin", "Chicago"]


def test_what_was_taken_away_by_its_box_is_gone_at_once() -> None:
    alone = replace(HERE, offices=(FIRST,))

    asked = risk.asked(alone, replace(alone, offices=(BERLIN,)), {})

    assert (asked.published, towns(asked.content), then(asked.content, asked)) == (("offices",), [], ["Berlin"])


def test_an_office_that_stands_elsewhere_in_the_wish_is_not_replaced() -> None:
    asked = risk.asked(HERE, replace(HERE, offices=(instead(BERLIN, FIRST), SECOND, FIRST)), {})

    assert then(asked.content, asked) == ["Chicago", "Springfield", "Berlin"]


def test_a_move_within_the_country_leaves_no_mark() -> None:
    home = Office("US", "US-WI", "Madison")

    asked = risk.asked(HERE, replace(HERE, offices=(instead(home, FIRST), SECOND)), {})

    assert (asked.content.offices, asked.waiting) == ((home, SECOND), {})


def test_the_mark_outlives_the_revision_and_ends_with_the_approval(session: Session) -> None:
    id = make_listing(session, offices=[SPRINGFIELD]).id
    there = published.load_any(session, [id])[0].content
    done = revisions.submit(session, id, replace(there, offices=(instead(BERLIN, FIRST),)), 1, None, NOW)
    assert done.revision_id is not None and done.published == ()
    waits = revisions.waiting(session, id)
    assert waits is not None and towns(waits.content) == ["Berlin"]
    assert from_json(as_json(waits.content)) == waits.content

    again = revisions.submit(session, id, replace(waits.content, bio="New."), done.version, None, NOW, whole=True)
    assert (again.published, again.waiting) == (("bio",), ("offices",))
    assert towns(published.load_any(session, [id])[0].content) == ["Springfield"]
    deciding.approve(session, done.revision_id, make_account(session, "moderator").id, NOW)

    assert [o.replaces for o in published.load_any(session, [id])[0].content.offices] == [()]
    assert towns(published.load_any(session, [id])[0].content) == ["Berlin"]


def test_who_goes_back_to_an_office_abroad_keeps_the_one_they_have_until_then(session: Session) -> None:
    id = make_listing(session, offices=[{"country": "DE", "region": "DE-BE", "locality": "Berlin"}]).id
    there = published.load_any(session, [id])[0].content
    revisions.publish(session, [replace(there, offices=(FIRST,))], NOW, "moved")
    old = revisions.history(session, id)[-1]

    done = revisions.revert(session, id, old.revision_id, 2, None, NOW)

    assert (done.published, done.waiting) == ((), ("offices",))
    assert towns(published.load_any(session, [id])[0].content) == ["Springfield"]
    waits = revisions.waiting(session, id)
    assert waits is not None and towns(waits.content) == ["Berlin"]

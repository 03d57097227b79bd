"""What a listing lacks is told with its reason, few things at a time, and never of who has said it all."""

from dataclasses import replace
from datetime import timedelta

from referral.editing.hints import MOST, hints
from referral.editing.sections import section
from referral.listings.content import Content
from tests.editing.test_sections import FULL
from tests.make import TODAY

WHOLE = replace(FULL, bio="A word. " * 40, photo="ada-0", photo_alt="A woman")


def test_who_has_said_it_all_is_told_nothing() -> None:
    assert hints(WHOLE, TODAY) == []


def test_what_is_missing_is_told_with_a_reason_and_leads_to_its_section() -> None:
    lacking = [
        (replace(WHOLE, offices=()), "offices"),
        (replace(WHOLE, served=()), "online"),
        (replace(WHOLE, phone="", website="", email=""), "contact"),
        (replace(WHOLE, new_clients_confirmed_on=TODAY - timedelta(31)), "availability"),
        (replace(WHOLE, bio=""), "words"),
        (replace(WHOLE, bio="Come in."), "words"),
        (replace(WHOLE, photo=""), "photo"),
        (replace(WHOLE, costs=()), "costs"),
        (replace(WHOLE, terms=tuple(t for t in WHOLE.terms if t.facet != "accessibility")), "access"),
    ]

    told = [hints(content, TODAY) for content, _section in lacking]

    assert [[one.section for one in some] for some in told] == [[id] for _content, id in lacking]
    assert all(section(one.section) and one.why for some in told for one in some)


def test_who_begins_is_not_met_with_a_long_list() -> None:
    assert len(hints(Content("Bo"), TODAY)) == MOST


def test_availability_said_thirty_days_ago_is_still_believed() -> None:
    assert hints(replace(WHOLE, new_clients_confirmed_on=TODAY - timedelta(30)), TODAY) == []


def test_who_never_said_whether_somebody_can_come_is_not_told_that_it_is_old() -> None:
    told = [hints(replace(WHOLE, new_clients_confirmed_on=day), TODAY) for day in (None, TODAY - timedelta(31))]

    assert [[one.section for one in some] for some in told] == [["availability"], ["availability"]]
    assert ["30 days old" in some[0].why for some in told] == [False, True]

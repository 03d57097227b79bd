"""What of an edit is published at once and what waits."""

from dataclasses import fields, replace
from datetime import date

import pytest

from referral.listings import risk
from referral.listings.checks import checked
from referral.listings.content import Answer, Content, Credential, Office, as_json, from_json
from tests.listings.test_revisions import EVERYTHING
from tests.make import TODAY, make_content

HERE = checked(make_content(**EVERYTHING))
TORONTO = Office("CA", "CA-ON", "Toronto")
BERLIN = Office("DE", "DE-BE", "Berlin")

CHANGED: dict[str, object] = {
    "name": "Zoë Neu",
    "public_id": "other1234567",
    "status": "hidden",
    "source": "x:1",
    "sort_name": "Neu",
    "suffix": "PhD",
    "pronouns": "they/them",
    "identity": {"faith": "none"},
    "demonstration": False,
    "new_clients": "no",
    "new_clients_confirmed_on": date(2026, 1, 1),
    "next_opening": None,
    "waitlist": False,
    "intro_call_minutes": 15,
    "bio": "Other words.",
    "bio_language": "fr",
    "website": "https://example.org/new",
    "phone": "+13125550199",
    "email": "new@example.org",
    "no_enquiries": False,
    "photo": "b.jpg",
    "photo_alt": "Somebody",
    "partner": "partner12345",
    "consented_on": None,
    "attested_on": None,
    "next_due": None,
    "offices": (*HERE.offices, BERLIN),
    "terms": (*HERE.terms, Answer("track", "facilitator")),
    "costs": (),
    "served": ("CA",),
    "credentials": (),
    "licences": (),
}
"""Another value for every field."""


def test_every_field_of_a_content_has_its_rule_and_its_trial() -> None:
    names = [f.name for f in fields(Content)]

    assert list(risk.RULES) == names
    assert list(CHANGED) == names


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_of_one_field_goes_where_its_rule_says(name: str) -> None:
    wanted = checked(replace(HERE, **{name: CHANGED[name]}))

    asked = risk.asked(HERE, wanted, {})

    rule = risk.RULES[name]
    if rule == risk.OURS:
        assert (asked.published, asked.waiting) == ((), {})
    elif rule == risk.AT_ONCE or name == "photo_alt":
        assert (asked.published, asked.waiting) == ((name,), {})
    else:
        assert (asked.published, list(asked.waiting)) == ((), [name])
        assert getattr(risk.granted(HERE, asked.waiting, [name]), name) == getattr(wanted, name)
    if rule != risk.OURS:
        assert risk.granted(asked.content, asked.waiting, list(asked.waiting)) == wanted


def test_a_partner_is_taken_away_at_once_while_another_one_waits() -> None:
    paired = replace(HERE, partner="partner12345")
    waiting = {"partner": "another12345"}

    gone = risk.asked(paired, HERE, waiting)
    other = risk.asked(paired, replace(HERE, partner="another12345"), {})

    assert (gone.published, gone.content.partner, gone.waiting) == (("partner",), "", {})
    assert (other.published, other.content.partner, other.waiting) == ((), "partner12345", waiting)


def test_who_has_no_partner_takes_back_the_one_that_waits_only_by_saying_another() -> None:
    assert risk.asked(HERE, replace(HERE, bio="New."), {"partner": "another12345"}).waiting == {
        "partner": "another12345"
    }


def test_what_a_revision_keeps_is_read_back_whole() -> None:
    assert from_json(as_json(HERE)) == HERE
    assert from_json({}) == Content("")
    assert from_json({"name": "A", "a field of another day": 1}) == Content("A")


def test_an_office_at_home_is_published_while_one_abroad_waits() -> None:
    home = replace(HERE.offices[0], street="2 Mill Lane")

    asked = risk.asked(HERE, replace(HERE, offices=(home, BERLIN)), {})

    assert asked.content.offices == (home,)
    assert [o["country"] for o in asked.waiting["offices"]] == ["DE"]


def test_an_approved_office_abroad_leaves_later_edits_of_the_others_alone() -> None:
    waiting = risk.asked(HERE, replace(HERE, offices=(*HERE.offices, BERLIN)), {}).waiting
    moved = replace(HERE, offices=(replace(HERE.offices[0], street="3 New Street"),))

    assert risk.granted(moved, waiting, ["offices"]).offices == (*moved.offices, BERLIN)


def test_the_first_office_of_who_works_online_is_at_home_where_their_licence_is() -> None:
    online = replace(HERE, offices=())

    assert risk.asked(online, replace(online, offices=(HERE.offices[0],)), {}).waiting == {}
    assert "offices" in risk.asked(online, replace(online, offices=(TORONTO,)), {}).waiting


def test_languages_are_published_while_the_track_waits() -> None:
    wanted = checked(replace(HERE, terms=(Answer("language", "fr"), Answer("track", "facilitator"))))

    asked = risk.asked(HERE, wanted, {})

    assert asked.content.chosen("language") == ("fr",) and asked.content.chosen("track") == ("clinical",)
    assert risk.granted(asked.content, asked.waiting, ["terms"]) == replace(HERE, terms=wanted.terms)


def test_a_track_can_be_given_up_but_waits() -> None:
    asked = risk.asked(HERE, replace(HERE, terms=tuple(a for a in HERE.terms if a.facet != "track")), {})

    assert asked.published == () and asked.waiting == {"terms": []}


def test_nobody_verifies_their_own_papers() -> None:
    mine = Credential("certified_imago_therapist", "A Network", TODAY, None, "Myself", TODAY)

    asked = risk.asked(HERE, replace(HERE, credentials=(*HERE.credentials, mine)), {})

    then = risk.granted(HERE, asked.waiting, ["credentials"]).credentials
    assert then == (*HERE.credentials, replace(mine, verified_by="", verified_on=None))


def test_papers_sent_back_without_their_verification_keep_it() -> None:
    bare = tuple(replace(c, verified_by="", verified_on=None) for c in HERE.credentials)

    assert risk.asked(HERE, replace(HERE, credentials=bare), {}).waiting == {}


def test_a_photo_and_a_website_are_taken_away_at_once_with_what_waited_in_their_place() -> None:
    new = {"photo": "b.jpg", "photo_alt": "New", "website": "https://example.org/new", "suffix": "PhD"}
    waits = risk.asked(HERE, replace(HERE, **new), {}).waiting

    asked = risk.asked(HERE, replace(HERE, photo="", photo_alt="", website=""), waits)

    assert asked.published == ("website", "photo", "photo_alt") and list(asked.waiting) == ["suffix"]
    assert (asked.content.photo, asked.content.photo_alt, asked.content.website) == ("", "", "")


def test_the_words_for_a_new_photo_wait_with_it() -> None:
    asked = risk.asked(HERE, replace(HERE, photo="b.jpg", photo_alt="New"), {})

    assert asked.published == () and asked.waiting == {"photo": "b.jpg", "photo_alt": "New"}
    again = risk.asked(HERE, replace(HERE, photo_alt="Newer"), asked.waiting)
    assert again.waiting == {"photo": "b.jpg", "photo_alt": "Newer"}


def test_who_stood_under_their_name_stands_under_the_new_one() -> None:
    plain = replace(HERE, name="Ada", sort_name="Ada")

    assert risk.asked(plain, replace(plain, name="Bea"), {}).waiting == {"name": "Bea", "sort_name": "Bea"}


def test_what_waits_is_taken_along_and_what_came_true_is_not() -> None:
    waiting = {"website": "https://example.org/new", "suffix": HERE.suffix}

    asked = risk.asked(HERE, replace(HERE, name="Zoë Neu", waitlist=False), waiting)

    assert asked.waiting == {"website": "https://example.org/new", "name": "Zoë Neu"}


def test_of_a_draft_nothing_waits() -> None:
    draft = replace(HERE, status="draft")
    wanted = replace(draft, name="Zoë Neu", offices=(BERLIN,))

    assert risk.asked(draft, wanted, {}).content == wanted

"""What differs between two contents, in words."""

from dataclasses import fields, replace

import pytest

from referral.listings import differences, risk
from referral.listings.checks import checked
from referral.listings.content import Answer, Content, Office, Price
from referral.text import speaking
from tests.listings.test_revisions import EVERYTHING
from tests.listings.test_risk import CHANGED
from tests.make import make_content

HERE = checked(make_content(**EVERYTHING))
ILLINOIS = {"US-IL": "Illinois", "CA-ON": "Ontario"}


def names(code: str) -> str:
    return ILLINOIS.get(code, "")


def told(before: Content, after: Content) -> dict[str, tuple[list[str], list[str]]]:
    """Label -> (lines only before, lines only after)."""
    return {
        d.label: ([line.text for line in d.before if line.changed], [line.text for line in d.after if line.changed])
        for d in differences.between(before, after, names, {"partner12345": "Ben Example"}.get)  # type: ignore[arg-type]
    }


def test_every_field_that_people_change_has_a_name_and_is_told() -> None:
    asked = {name for name, rule in risk.RULES.items() if rule != risk.OURS}
    assert set(differences.LABELS) == asked

    for name in (f.name for f in fields(Content)):
        found = differences.between(HERE, checked(replace(HERE, **{name: CHANGED[name]})))

        assert [d.field.partition(".")[0] for d in found] == ([name] if name in asked else [])


def test_two_that_say_the_same_differ_in_nothing() -> None:
    assert differences.between(HERE, HERE) == []


def test_lines_of_lists_say_what_came_and_what_went() -> None:
    after = replace(
        HERE,
        offices=(replace(HERE.offices[0], street="2 Mill Lane"), HERE.offices[1]),
        costs=(*HERE.costs[:1], Price("USD", 90, 50, 40, "students")),
        served=("CA", "US-IL"),
        partner="partner12345",
    )

    assert told(HERE, after) == {
        "Offices": (
            ["1 Mill Lane, Chicago, Illinois, United States (the area is shown; \u206641.90000, -87.60000\u2069)"],
            ["2 Mill Lane, Chicago, Illinois, United States (the area is shown; \u206641.90000, -87.60000\u2069)"],
        ),
        "Cost": (["$220, 90 minutes"], ["$90, 50 minutes, sliding down to $40, students"]),
        "Works together with": ([], ["Ben Example"]),
    }


def test_a_line_both_sides_have_is_not_marked() -> None:
    after = replace(HERE, offices=(*HERE.offices, Office("DE", locality="Berlin")))

    (found,) = differences.between(HERE, after, names)

    assert [line.changed for line in found.after] == [False, False, True]
    assert not any(line.changed for line in found.before)


def test_nothing_but_another_order_is_marked_whole() -> None:
    (found,) = differences.between(HERE, replace(HERE, offices=HERE.offices[::-1]))

    assert all(line.changed for line in (*found.before, *found.after))


def test_a_new_paragraph_is_told() -> None:
    (found,) = differences.between(replace(HERE, bio="One\ntwo"), replace(HERE, bio="One\n\ntwo"))

    assert [(line.text, line.changed) for line in found.after] == [("One", False), ("", True), ("two", False)]


def test_terms_are_told_facet_by_facet() -> None:
    after = replace(HERE, terms=tuple(a for a in HERE.terms if a != Answer("language", "en")), bio="One\nthree")

    assert told(replace(HERE, bio="One\ntwo"), after) == {
        "In their own words": (["two"], ["three"]),
        "Languages": (["English"], []),
    }


def test_a_yes_is_said_where_one_may_also_say_no() -> None:
    lift = replace(HERE, terms=(Answer("accessibility", "lift", "yes"), Answer("language", "en", "yes")))

    found = {d.label: [line.text for line in d.after] for d in differences.everything(lift)}

    assert found["Access"] == ["Lift: Yes"] and found["Languages"] == ["English"]


def test_a_telephone_is_told_as_people_write_it() -> None:
    found = {
        d.label: [line.text for line in d.after] for d in differences.everything(make_content(phone="+13125550123"))
    }

    assert found["Telephone"] == ["+1 312-555-0123"]


def test_papers_say_who_verified_them() -> None:
    found = told(HERE, replace(HERE, credentials=(), licences=()))

    assert found["Imago training"][0] == [
        "Imago supervisor or consultant, A Network, since November 23, 2026, valid until November 23, 2026, "
        "verified by A Network"
    ]
    assert found["State licence"][0] == [
        "LMFT 166.1, Illinois, United States, valid until November 23, 2026, verified by The State"
    ]


def test_all_of_a_new_listing_can_be_told() -> None:
    found = {d.label: [line.text for line in d.after] for d in differences.everything(HERE, names)}

    assert found["Name"] == ["Zoë Größl"] and found["Waiting list"] == ["Yes"]
    assert found["Access"] or found["Offices"]


@pytest.mark.parametrize("language", ["en", "de", "he", "tlh"])
def test_it_is_told_in_any_language(language: str) -> None:
    with speaking(language):
        assert differences.everything(HERE, names)


def test_what_somebody_says_of_themselves_is_told_under_the_names_of_their_page() -> None:
    before, after = Content("Ada"), Content("Ada", identity={"faith": "none", "clan": "of my own"})

    [english] = differences.between(before, after)
    with speaking("de"):
        [german] = differences.between(before, after)

    assert [line.text for line in english.after] == ["Faith or world view: none", "clan: of my own"]
    assert german.after[0].text.endswith(": none") and not german.after[0].text.startswith("Faith")

"""The controlled lists are whole, and a term is found by any of its names."""

import pytest

from referral import terms

FACETS = terms.facets()


def test_every_facet_of_the_field_is_there() -> None:
    assert {"format", "language", "credential", "works_with", "topic", "session_length", "new_clients", "accessibility",
            "payment", "delivery", "track"} <= set(FACETS)  # fmt: skip


@pytest.mark.parametrize("facet", FACETS.values(), ids=lambda f: f.name)
def test_a_facet_has_terms_with_labels(facet: terms.Facet) -> None:
    assert facet.terms and all(t.label and t.id == t.id.strip() for t in facet.terms.values())
    assert len({t.label for t in facet.terms.values()}) == len(facet.terms)


def test_no_name_means_two_terms() -> None:
    assert {name: found for name, found in terms.names().items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Spanish", "es"), ("ESPAÑOL", "es"), ("espanol", "es"), ("infidelity", "affair"), ("online", "online"),
     ("עברית", "he"), ("Deutsch", "de")],
)  # fmt: skip
def test_a_term_is_found_by_any_of_its_names(typed: str, expected: str) -> None:
    assert [t.id for t in terms.find(typed)] == [expected]


def test_what_is_no_term_finds_nothing() -> None:
    assert terms.find("asdf") == terms.find("") == ()


def test_two_languages_must_both_be_spoken() -> None:
    assert terms.combine_rules()["language"] == "all"


def test_every_facilitator_credential_is_told_apart() -> None:
    assert {t.track for t in FACETS["credential"].terms.values()} == {"clinical", "facilitator"}

"""Which other places are offered beside the one that is shown, and what they are called there."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search import offering
from referral.search.reading import read
from referral.text import speaking


def told(gazetteer: Gazetteer, line: str, country: str, locale: str = "en") -> list[str]:
    """The choices of a typed line as they are read beside the place that is shown."""
    with speaking(locale):
        reading = read(line, gazetteer, country=country, known=lambda _words: False)
        assert reading.found is not None
        shown = reading.found.place
        return [offering.named(p, shown).brief for p in offering.offered(reading.choices, shown, reading.found.under)]


def test_only_who_bears_the_name_is_offered(gazetteer: Gazetteer) -> None:
    assert told(gazetteer, "New York", "US") == ["New York, United States"]


@pytest.mark.parametrize(
    ("line", "country"), [("Düsseldorf", "DE"), ("Zürich auf Französisch", "CH"), ("Luzern", "CH")]
)
def test_what_lies_around_the_place_is_no_other_choice(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert told(gazetteer, line, country, "de") == []


def test_a_town_that_is_called_otherwise_today_is_offered_where_it_is_large(gazetteer: Gazetteer) -> None:
    found = told(gazetteer, "Freiburg", "DE")

    assert "Fribourg, Fribourg, Switzerland" in found and "Freiburg (Elbe) Flecken, Lower Saxony" in found
    assert not any("Lower Silesia" in name or "Region" in name for name in found)


def test_a_namesake_is_told_by_where_it_is(gazetteer: Gazetteer) -> None:
    assert told(gazetteer, "Springfield", "US")[:3] == ["Massachusetts", "Illinois", "Ohio"]
    assert told(gazetteer, "Cambridge", "US", "de")[:2] == ["England, Vereinigtes Königreich", "Ontario, Kanada"]

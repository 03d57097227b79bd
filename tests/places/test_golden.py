"""The golden table: typed lines and the places they mean, asked of the real gazetteer."""

import tomllib
from pathlib import Path

import pytest

from referral.places.gazetteer import Gazetteer

GOLDEN = Path(__file__).parent.parent / "golden"
LINES = tomllib.loads((GOLDEN / "places.toml").read_text("utf-8"))["line"]
TYPED = tomllib.loads((GOLDEN / "suggestions.toml").read_text("utf-8"))["typed"]


@pytest.mark.parametrize("expected", LINES, ids=lambda line: f"{line['typed']} {line.get('country', '')}".strip())
def test_a_typed_line_means_its_place(gazetteer: Gazetteer, expected: dict[str, object]) -> None:
    found = gazetteer.find(str(expected["typed"]), country=expected.get("country"))  # type: ignore[arg-type]
    labels = [f.place.label() for f in found[:5]]

    if expected.get("nothing"):
        assert labels == []
    else:
        assert labels
        assert labels[0].startswith(str(expected.get("first", "")))
        for label in expected.get("also", ()):  # type: ignore[attr-defined]
            assert any(known.startswith(label) for known in labels)


def test_every_choice_names_its_region_and_country(gazetteer: Gazetteer) -> None:
    choices = gazetteer.choices(gazetteer.find("Springfield"))

    assert len(choices) == 5
    assert all(c.region in c.label() and c.label().count(",") == 2 for c in choices)


@pytest.mark.parametrize("expected", TYPED, ids=lambda one: " ".join((one["typed"], one.get("country", ""))).strip())
def test_what_is_meant_stands_at_the_top_as_one_types(gazetteer: Gazetteer, expected: dict[str, str]) -> None:
    locale = expected.get("locale", "en")
    found = gazetteer.suggest(expected["typed"], country=expected.get("country"), locale=locale)
    labels = [place.label(locale) for place in found]

    wanted = expected.get("first") or expected["among"]
    assert any(label.startswith(wanted) for label in labels[: 1 if "first" in expected else 3]), labels
    assert not any(label.startswith(expected.get("lacks", "?")) for label in labels[:4]), labels
    assert len(labels) == len(set(labels))


def test_suggestions_fill_up_from_one_letter(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.suggest("s")) == 10
    assert gazetteer.suggest("chica")[0].name == "Chicago"
    assert gazetteer.suggest("springf", country="US")[0].country == "US"
    assert gazetteer.suggest("Мос")[0].name == "Moscow"


def test_places_found_by_their_own_label(gazetteer: Gazetteer) -> None:
    towns = list(gazetteer.cities({"AT", "CH", "IL", "NZ"}, 15_000))
    right = sum(gazetteer.find(p.label())[0].place.id == p.id for p in towns)

    assert right / len(towns) >= 0.98


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (41.91, -87.68, "Ukrainian Village, Chicago"),
        (41.88, -87.63, "Chicago Loop, Chicago"),
        (52.5, 13.42, "Kreuzberg, Berlin"),
        (46.95, 7.45, "Bern"),
        (40.84, -73.98, "Fort Lee"),
        (40.72, -74.06, "Jersey City"),
        (0.0, -30.0, None),
    ],
)
def test_a_point_bears_the_names_people_have_for_it(
    gazetteer: Gazetteer, lat: float, lon: float, name: str | None
) -> None:
    found = gazetteer.around(lat, lon)

    assert (found.lat, found.lon, found.kind) == (lat, lon, "point")
    assert name is None or found.name == name

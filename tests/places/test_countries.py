"""The hand-kept names of countries."""

import tomllib
from collections import Counter

from babel import Locale

from referral.places import kept
from referral.places.folding import fold
from referral.places.gazetteer import Gazetteer

KEPT: dict[str, list[str]] = tomllib.loads(kept.COUNTRIES.read_text("utf-8"))


def test_every_name_is_one_countrys_and_stands_once() -> None:
    folded = Counter(fold(name) for code, known in KEPT.items() if code != "CD" for name in known)  # but the Congos'

    assert set(KEPT) <= set(Locale("en").territories)
    assert [name for name, count in folded.items() if count > 1] == []
    assert len(set(map(fold, KEPT["CD"]))) == len(KEPT["CD"])


def test_every_name_means_its_country_before_any_hamlet(gazetteer: Gazetteer) -> None:
    for code, known in KEPT.items():
        for name in known:
            found = [
                f.place for f in gazetteer.find(name)[:2]
            ]  # two countries are called Congo, and Singapore is a city
            assert code in {place.country for place in found if place.kind in ("country", "city")}, name
            assert found[0].kind in ("country", "city"), name

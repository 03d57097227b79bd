"""Everyday words, acronyms and short words with marks are no small or far place that only folds to them."""

import pytest

from referral.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("çöş", None), ("çöş", "TR"), ("ğüş", None), ("ğüş", "TR"), ("plâns", "RO"),
        ("plâns", None), ("hiv", None), ("HIV", "US"), ("nda", "US"), ("NDA", None),
        ("chair", "US"), ("panic", "US"), ("sexe", "FR"), ("kanker", "NL"), ("chair", None),
        ("любовь", "RU"), ("amor", "ES"), ("amour", "FR"), ("huilen", "NL"), ("huilen", "BE"),
        ("blah", "US"), ("blah", None), ("TÜV", "DE"), ("MBA", "US"), ("brud", "DK"),
        ("brud", None), ("amore", "IT"), ("Liebe", "DE"), ("boda", "ES"), ("divorțat", "RO"),
        ("szerelem", "HU"), ("rozwód", "PL"), ("choroba", "PL"), ("svartsjuka", "SE"), ("câlin", "FR"),
        ("weep", "US"), ("ревность", "RU"), ("kavga", "TR"), ("okay", "GB"), ("tee", "DE"),
        ("küche", "DE"),
    ],
)  # fmt: skip
def test_an_everyday_word_is_no_place(gazetteer: Gazetteer, typed: str, country: str | None) -> None:
    assert [f.place.label() for f in gazetteer.find(typed, country=country)] == []


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("Čair", None, "Čair"), ("Çan", "TR", "Çan"), ("Amor, Portugal", "ES", "Amor, Leiria"), ("best", "NL", "Best"),
        ("Mesa", None, "Mesa, Arizona"), ("Manta", "EC", "Manta"), ("mesa", "ES", "Mesa"), ("Wedding", "DE", "Wedding"),
        ("Hope", "US", "Hope"), ("Huế", None, "Huế"), ("Köln", None, "Köln"), ("Bâle", None, "Basel"),
        ("Plaisir", "FR", "Plaisir"), ("Hīv", None, "Hīv"), ("Seul", None, "Seoul"), ("חמה", None, "Ḩamāh"),
        ("Regen", "DE", "Regen"), ("Tuvalu", None, "Tuvalu"), ("TUV", None, "Tuvalu"),
        ("bougie, Algeria", "FR", "Béjaïa"),
        ("Ağrı", "TR", "Ağrı"),
    ],
)  # fmt: skip
def test_what_is_typed_as_its_place_writes_it_is_found(
    gazetteer: Gazetteer, typed: str, country: str | None, label: str
) -> None:
    assert [f.place.label()[: len(label)] for f in gazetteer.find(typed, country=country)[:1]] == [label]

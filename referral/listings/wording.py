"""Sentences of invented people: how they describe themselves, and streets that do not exist."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

_FOLDER = Path(__file__).parent / "demonstration"

_KEPT = {"opening": 1.0, "approach": 0.9, "detail": 0.7, "practical": 0.7, "closing": 0.5}
"""Part of a text -> how often it is there."""

_STREETS = {
    "DE": ("Lindenweg {n}", "Gartenstraße {n}", "Am Mühlbach {n}"),
    "AT": ("Lindengasse {n}", "Am Anger {n}", "Kirchenplatz {n}"),
    "CH": ("Birkenweg {n}", "Seestrasse {n}", "Chemin des Tilleuls {n}"),
    "FR": ("{n}, rue des Tilleuls", "{n}, allée du Moulin", "{n}, place du Marché"),
    "NL": ("Lindelaan {n}", "Molenweg {n}", "Dorpsstraat {n}"),
    "RO": ("Strada Teilor {n}", "Strada Morii {n}"),
    "DK": ("Lindevej {n}", "Møllevej {n}"),
    "TR": ("Ihlamur Sokak {n}", "Değirmen Caddesi {n}"),
    "ES": ("Calle de los Tilos {n}", "Calle del Molino {n}"),
}
_ENGLISH = ("{n} Linden Street", "{n} Mill Lane", "{n} Orchard Road", "{n} Station Avenue", "Suite {n}, 40 Park Row")


@cache
def _texts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads((_FOLDER / "bios.toml").read_text("utf-8"))


def bio(random: Random, languages: Sequence[str], city: str, years: int) -> tuple[str, str]:
    """(language, text): mostly in the first language we have sentences for, else in English; a few say nothing."""
    known = [code for code in languages if code in _texts()] or ["en"]
    language = known[0] if random.random() < 0.85 else random.choice(known)
    if random.random() < 0.03:
        return language, ""
    parts = _texts()[language]
    chosen = [random.choice(parts[part]) for part, share in _KEPT.items() if random.random() < share]
    breaks = len(chosen) // 2 if random.random() < 0.5 else 0
    text = " ".join(chosen) if not breaks else " ".join(chosen[:breaks]) + "\n\n" + " ".join(chosen[breaks:])
    return language, text.replace("{city}", city).replace("{years}", str(years))


def fake_street(random: Random, country: str) -> str:
    """A street and number such as that country has."""
    return random.choice(_STREETS.get(country, _ENGLISH)).replace("{n}", str(random.randint(1, 180)))

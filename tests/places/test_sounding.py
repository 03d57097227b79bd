"""Names in other scripts: the main name as that script writes it, or another one."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.places.sounding import likeness
from referral.places.types import Place


def _town(name: str, country: str = "XX") -> Place:
    return Place("1", name, "city", country, "", "", 0.0, 0.0, 0)


@pytest.mark.parametrize(
    ("written", "name", "other"),
    [
        ("абуджа", "Abuja", "Suleja"),
        ("вилеика", "Vileyka", "Naujoji Vilnia"),
        ("ντοντομα", "Dodoma", "Dar es Salaam"),
        ("ساوه", "Sāveh", "Arāk"),
        ("서울", "Seoul", "Hanyang"),
        ("ボー", "Bo", "Vaud"),
    ],
)
def test_a_name_sounds_as_the_town_it_is_the_main_name_of(written: str, name: str, other: str) -> None:
    assert likeness(written, _town(name)) > likeness(written, _town(other)) + 0.1


def test_japan_reads_the_signs_in_its_own_way() -> None:
    assert likeness("東京", _town("Tokyo", "JP")) == 1.0
    assert likeness("板橋", _town("Banqiao", "TW")) == 1.0


def test_a_name_in_our_letters_is_what_it_is() -> None:
    assert likeness("munich", _town("Munich")) == 0.0


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("мюнстер", "Münster, North Rhine-Westphalia, Germany"),
        ("μπαρι", "Bari, Apulia, Italy"),
        ("ساوه", "Sāveh, Markazi, Iran"),
        ("ντοντομα", "Dodoma, Tanzania"),
        ("вилейка", "Vileyka, Minsk, Belarus"),
        ("גרמניה", "Germany"),
        ("บาหลี", "Bali, Indonesia"),
    ],
)
def test_the_town_called_so_comes_before_one_that_was_called_so(gazetteer: Gazetteer, line: str, label: str) -> None:
    assert gazetteer.find(line)[0].place.label() == label

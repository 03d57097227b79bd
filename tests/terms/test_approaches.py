"""Who works with another approach as well is found by any of its names."""

import pytest

from referral.terms.approaches import named_in


@pytest.mark.parametrize(
    ("text", "word"),
    [("I also work with Emotionally Focused Therapy.", "eft"), ("EFT and Imago", "emotionally"),
     ("Emotionsfokussierte Paartherapie", "eft"), ("trained in the Gottman Method", "gottman"),
     ("CBT", "cognitive"), ("정서중심 부부치료", "eft")],
)  # fmt: skip
def test_one_name_brings_the_others(text: str, word: str) -> None:
    assert word in named_in(text).split()


@pytest.mark.parametrize("text", ["", "left", "We look at what you feel", "Imago", "deft hands"])
def test_no_name_brings_nothing(text: str) -> None:
    assert named_in(text) == ""


def test_every_name_stands_in_one_group() -> None:
    assert named_in("eft") == named_in("emotionally focused couple therapy")
    assert "gottman" not in named_in("eft").split()

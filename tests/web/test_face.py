"""One file of letters is all a page fetches: what it has not all letters of is set in another face, whole."""

import re

import pytest

from referral.web.filters import face
from referral.web.sheet import whole

SHEET = whole().decode()


@pytest.mark.parametrize("words", ["Leonie Schönborn", "Cœur d’Alene", "14 therapists within 25 km", "Ålesund", ""])
def test_words_that_our_serif_has_keep_it(words: str) -> None:
    assert face(words) == ""


@pytest.mark.parametrize("words", ["Cem Türkmenoğlu", "Iași", "דנה לוי", "김민준"])
def test_words_with_another_letter_are_set_whole_in_another_face(words: str) -> None:
    assert face(words) == ' class="other-letters"'


def test_the_style_sheet_names_one_file_of_letters_and_the_same_letters() -> None:
    assert SHEET.count("@font-face") - SHEET.count("src: local(") == SHEET.count("src: url(") == 1

    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", SHEET)
    ours = [chr(n) for first, last in ranges for n in range(int(first, 16), int(last or first, 16) + 1)]
    assert all(face(letter) == "" for letter in ours)
    assert all(face(chr(n)) for n in range(0x100, 0x250) if chr(n) not in ours)

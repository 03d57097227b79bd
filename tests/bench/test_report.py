"""A bench that was run in part leaves the figures of the other parts as they stood."""

from bench.report import filled

PAGE = "Words.\n<!-- one -->\n| a | 1 |\n| b | 2 |\n<!-- end -->\nMore.\n<!-- two -->\n<!-- end -->\n"


def test_a_fuller_table_takes_the_place_of_the_one_before() -> None:
    page = filled(PAGE, {"one": ["| a | 3 |", "| b | 4 |"], "two": ["| c | 5 |"]})

    assert "| a | 3 |\n| b | 4 |\n<!-- end -->\nMore." in page
    assert "<!-- two -->\n| c | 5 |\n<!-- end -->" in page


def test_an_emptier_table_does_not() -> None:
    assert filled(PAGE, {"one": ["| a | 3 |", "| b | – |"], "two": [], "three": ["| c | 5 |"]}) == PAGE

"""A line is read once for its link and its page, and anew when somebody's listing changed."""

from referral.search.readings import Readings
from referral.search.understanding import Reading
from referral.search.urls import Search

ONE, OTHER = Reading(Search(typed="Springfeild")), Reading(Search(typed="Springfeild", text="x"))


def test_a_line_is_read_once_a_moment() -> None:
    kept = Readings()

    assert kept.read(1, "Springfeild", lambda: ONE) is ONE
    assert kept.read(1, "Springfeild", lambda: OTHER) is ONE
    assert kept.read(1, "Springfield", lambda: OTHER) is OTHER
    assert kept.read(2, "Springfeild", lambda: OTHER) is OTHER


def test_nothing_is_kept_of_a_line_that_is_not_in_its_link_or_while_the_index_is_behind() -> None:
    kept, bare = Readings(), Reading(Search(place="1"))

    assert kept.read(1, "Chicago", lambda: bare) is bare
    assert kept.read(1, "Chicago", lambda: ONE) is ONE
    assert kept.read(None, "Boston", lambda: ONE) is ONE
    assert kept.read(None, "Boston", lambda: OTHER) is OTHER


def test_what_changes_while_a_line_is_read_is_not_overlooked() -> None:
    kept = Readings()

    def read() -> Reading:
        kept.read(2, "elsewhere", lambda: ONE)
        return ONE

    kept.read(1, "Springfeild", read)
    assert kept.read(1, "Springfeild", lambda: OTHER) is OTHER


def test_the_oldest_makes_room() -> None:
    kept = Readings(most=1)
    kept.read(1, "a", lambda: ONE)
    kept.read(1, "b", lambda: ONE)

    assert kept.read(1, "a", lambda: OTHER) is OTHER

"""The sentences of a page of results, as far as they follow from numbers alone."""

import pytest

from index.types import Results
from referral.search.wording import counted


def of(total: int, **tracks: int) -> str:
    return counted(Results(total, (), {"track": tracks}))


@pytest.mark.parametrize(
    ("total", "tracks", "said"),
    [(3, {"clinical": 3}, "3 therapists"), (2, {"facilitator": 2}, "2 facilitators"),
     (3, {"clinical": 2, "facilitator": 1}, "3 therapists and facilitators"),
     (2, {"clinical": 2, "facilitator": 1}, "2 therapists and facilitators"),
     (3, {"facilitator": 1}, "3 practitioners"), (3, {"clinical": 2}, "3 practitioners"), (1, {}, "1 practitioner"),
     (3, {"clinical": 1, "facilitator": 1}, "3 practitioners"), (0, {}, "No therapist")],
)  # fmt: skip
def test_who_does_not_say_what_they_are_is_counted_as_neither(total: int, tracks: dict[str, int], said: str) -> None:
    assert of(total, **tracks) == said

"""What so few letters with a wrong one may mean: how well known its place must be, and what each wrong letter costs."""

import re
from collections import Counter

from referral.places import slips

EDIT = 1.0
"""Cost of a letter that was left out or swapped with the next."""
STRANGE = 0.7
"""Further cost of a letter typed that the name does not have: there are 25 to choose from, and one to leave out."""
FAR_KEY = 0.4
"""Further cost of one that is neither on a key beside the right one nor sounds alike: hands hardly type it."""
FIRST_LETTER = 0.8
"""Further cost when the first letter is wrong: people rarely mistype it."""

NEVER = 99.0
"""More than any name scores."""
PROMINENT = {4: 4.15, 5: 4.15, 6: 4.15, 7: 3.9, 8: 3.3, 9: 3.0}
"""Score a name needs before a line of so few letters is corrected to it; 2 from 10 letters."""
TWICE_WRONG = {6: 4.5, 7: 5.0, 8: 4.2, 9: 4.15, 10: 4.0}
"""The same with two wrong letters ..."""
TWICE_LEFT_OUT = {6: 4.15, 7: 4.15, 8: 3.9}
"""... and with two left out."""
STRANGE_TYPED = {4: 6.5, 5: 4.15, 6: 4.15, 7: 4.15, 8: 3.9, 9: 3.5}
"""The same with a letter typed that the name does not have: few letters are near everything."""
TWO_STRANGE = {7: NEVER, 8: 4.5}
"""The same with two such letters."""
UNUSUAL = {4: NEVER, 5: 4.7, 6: 4.15, 7: 4.0}
"""The same with one that is neither on a key beside the right one nor sounds alike."""
SWAPPED_OR_TWICE = {4: 5.2, 5: 4.5}
"""The same with letters swapped or doubled in a name of four."""
TOO_MANY = {4: 6.5, 5: 5.7, 6: 4.15}
"""The same when it is one letter more than the name has: "taiza" is hardly Taiz."""
FIRST_WRONG = {4: 5.0, 5: 6.2, 6: 5.5, 7: 5.2}
"""The same with a wrong first letter, but for one swapped with the second ..."""
FIRST_WRONG_TOO = 6.0
"""... and when it is one of two wrong letters: Zanarkand is a world of a game, and Samarkand begins with an S."""
LAST_WRONG = {4: 5.2, 5: 5.0, 6: 4.5}
"""The same with a wrong last letter, or without it: such a line is rather a word of its own ("khos")."""
SHORT = 4
"""Up to so many letters the first may be missing ("adiz") or swapped, but no other."""

ARTICLE = "ال"

_TWICE = re.compile(r"([^\W\d_])\1")


def letters(folded: str) -> int:
    """How many letters a folded line has, without the Arabic article: every name may bear it, and every noun."""
    return len(folded) - folded.count(" ") - articles(folded)


def articles(folded: str) -> int:
    """How many letters of it are Arabic articles."""
    return len(ARTICLE) * f" {folded}".count(f" {ARTICLE}")


def begins_so(typed: str, name: str) -> bool:
    """Whether the first letter is the name's, but for one swapped with the second."""
    return typed[:1] == name[:1] or typed[1::-1] == name[:2]


def _ends_so(typed: str, name: str) -> bool:
    """Whether the last letter is the name's, but for one swapped with the one before it."""
    return typed[-1:] == name[-1:] or typed[:-3:-1] == name[-2:]


def may_mean(typed: str, name: str) -> bool:
    """Whether a line so short begins as the name does, or lacks its first letter; any longer one may."""
    return begins_so(typed, name) or letters(typed) > SHORT or typed == name[1:]


def floor(typed: str, name: str, edits: int) -> float:
    """The score that the name must have to be meant by the line alone."""
    least = _once(typed, name) if edits == 1 else _twice(typed, name)
    if edits == 1 and not _ends_so(typed, name):
        least = max(least, LAST_WRONG.get(letters(typed), 0.0))
    if begins_so(typed, name):
        return least
    return max(least, FIRST_WRONG.get(letters(typed), 4.5) if edits == 1 else FIRST_WRONG_TOO)


def _once(typed: str, name: str) -> float:
    """With one wrong letter, the first aside."""
    count = letters(typed)
    floors = [PROMINENT.get(count, 2.0)]
    if strange(typed, name):
        floors.append(STRANGE_TYPED.get(count, 0.0))
        if not slips.is_usual(typed, name):
            floors.append(UNUSUAL.get(count, 0.0))
        if len(typed) > len(name):
            floors.append(TOO_MANY.get(count, 0.0))
    elif len(name) <= SHORT:
        floors.append(SWAPPED_OR_TWICE.get(count, 0.0))
    return max(floors)


def _twice(typed: str, name: str) -> float:
    """With two, the first aside."""
    count, wrong = letters(typed), strange(typed, name)
    if wrong > 1 and _is_another_word(typed, name):
        return NEVER
    if not wrong and len(name) == len(typed) + 2:
        return TWICE_LEFT_OUT.get(count, 3.0)
    return max(TWICE_WRONG.get(count, 3.0), TWO_STRANGE.get(count, 0.0) if wrong > 1 else 0.0)


def _is_another_word(typed: str, name: str) -> bool:
    """Whether two letters side by side are others, in a name of several words: Wicker Park is no Winter Park."""
    if " " not in name or len(typed) != len(name):
        return False
    wrong = [at for at, (one, other) in enumerate(zip(typed, name, strict=True)) if one != other]
    return len(wrong) == 2 and wrong[1] - wrong[0] == 1


def cost(typed: str, name: str, edits: int) -> float:
    """What so many wrong letters cost."""
    same_start, wrong = typed[:1] == name[:1], strange(typed, name)
    unusual = wrong and edits == 1 and not slips.is_usual(typed, name)
    return edits * EDIT + wrong * STRANGE + unusual * FAR_KEY + (0.0 if same_start else FIRST_LETTER)


def strange(typed: str, name: str) -> int:
    """How many letters were typed that the name does not have; none when only letters stand twice or once."""
    found = (Counter(typed) - Counter(name)).total()
    return found if found and undoubled(typed) != undoubled(name) else 0


def undoubled(folded: str) -> str:
    """The line with each letter once that stands twice in a row."""
    return _TWICE.sub(r"\1", folded)

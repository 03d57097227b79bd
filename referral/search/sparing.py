"""What a line says and no search goes by: which comes first, how long one drives, a direction. Left out, and said.

A direction is a region of the visitor's country where one is called so (`Exactly`); else it says too little.
"""

import re
from collections.abc import Iterator, Sequence

from index.folding import fold
from referral.search.exactly import DIRECTIONS, Exactly
from referral.search.piece import NOISE, Piece, runs
from referral.search.sentence import is_of_themselves
from referral.search.titles import TITLES
from referral.search.tokens import Token, joined, runs_of, words_of

ORDER = words_of("order.txt")
"""Words of order: "first session"."""

LONGEST = 6
"""Words of a drive."""
MOST_FREE = 3
"""Words for what costs nothing."""

LESS_LIKELY = 0.05
"""Further cost: beside a town a direction is a side of it."""

SURE = 1.0
"""How much likelier a drive is meant than a session of an hour."""

FREE = runs_of("free.txt")
"""Words for what costs nothing ..."""

FREE_TOO = "free"
"""... and the one that says as often that somebody has time: it is meant so beside such words alone."""
COSTS_FREE = frozenset("session sessions therapy counseling counselling consultation".split())
COSTS = COSTS_FREE | frozenset(
    "couple couples marriage marital relationship therapist therapists counselor counsellor online help advice support"
    " initial intro first workshop workshops consult mediation imago".split()
)

WITHOUT = frozenset("child children kid kids drug alcohol smoke step barrier".split())
"""What somebody is free of."""

LIKELIER = 0.5
"""Of the cost of a word that narrows nothing: "free" is one, too."""

IN_THE = frozenset({"im", "den"})
"""Words before a part of a country, no town."""

_MANY = r"(?:an|a|one|two|half an|\d+)"
_HOURS = r"(?:hours?|hrs?|minutes?|mins?)"
_AWAY = re.compile(
    rf"(?:within|under|about|less than|up to) {_MANY} {_HOURS}(?: s)?(?: (?:drive|driving|by car|away))?"
    rf"|{_MANY} {_HOURS}(?: s)? (?:drive|driving|away|from)"
    r"|(?:innerhalb(?: von)?|in|unter|bis|maximal) (?:einer|\d+|zwei|halben) (?:stunden?|minuten)"
    r"(?: entfernt| fahrt| fahrzeit| erreichbar)?"
    r"|(?:eine|\d+|zwei|halbe) (?:stunden?|minuten) (?:entfernt|fahrt|fahrzeit|autofahrt)"
    r"|(?:a|dans|a moins d|moins d|en moins d)(?: (?:une|\d+|deux|demi))? ?(?:une )?(?:heures?|minutes)(?: de route)?"
    r"|(?:a|en|dentro de|a menos de) (?:una|media|dos|\d+) (?:horas?|minutos)(?: en coche)?"
    r"|(?:binnen|op|maximaal) (?:een|een half|\d+|twee) (?:uur|minuten)(?: rijden| reizen| afstand)?"
    r"|(?:inden for|indenfor|hojst) (?:en|\d+|to) (?:times?|timer|minutter)(?: korsel)?"
    r"|(?:en|\d+|to) (?:times|timers|minutters) korsel"
    r"|(?:la|in|sub) (?:o|doua|\d+) (?:ora|ore|minute|de minute)(?: distanta)?"
    r"|(?:bir|iki|yarim|\d+) (?:saat|dakika) (?:icinde|uzaklikta|mesafede|uzakta|mesafesinde)"
    r"|(?:עד|במרחק|תוך|בטווח) (?:שעה|שעתיים|\d+ דקות)(?: נסיעה)?|(?:שעה|שעתיים|\d+ דקות) נסיעה"
    r"|(?:한 ?시간|1 ?시간|\d+ ?시간|\d+ ?분) ?(?:거리|이내|안에|거리에|이내에)"
    r"|(?:علي بعد|خلال|في غضون|علي مسافة|على بعد|على مسافة) (?:ساعه|ساعة|ساعتين|\d+ دقيق[هة])"
)
"""How long one is ready to drive, of folded words."""


def pieces(line: Sequence[Token], exactly: Exactly) -> Iterator[Piece]:
    """Every run of words that is one."""
    for start, end in runs(line, LONGEST) if _AWAY.search(fold(joined(line))) else ():
        if end > start + 1 and _AWAY.fullmatch(fold(joined(line[start:end]))):
            yield Piece(start, end, NOISE - SURE, "spare")
    yield from _of_no_cost(line)
    for n, token in enumerate(line):
        if token.is_noise:
            continue
        if len(line) > 1 and _is_little(line, n):
            yield Piece(n, n + 1, NOISE, "noise" if is_of_themselves(line) else "spare")
        elif _is_a_direction(line, n) and (cost := _of_direction(line, n, exactly)):
            yield Piece(n, n + 1, cost, "spare")


def is_free(words: str) -> bool:
    """Whether they ask for what costs nothing."""
    return fold(words) == FREE_TOO or fold(words) in FREE


def _of_no_cost(line: Sequence[Token]) -> Iterator[Piece]:
    """Every run of words that asks for what costs nothing."""
    for start, end in runs(line, MOST_FREE):
        said = fold(joined(line[start:end]))
        if said in FREE or (said == FREE_TOO and _is_of_costs(line, start)):
            yield Piece(start, end, NOISE * LIKELIER, "spare")


def _is_of_costs(line: Sequence[Token], n: int) -> bool:
    """Whether the word beside it says what is to be free, or it stands last behind one that means something."""
    before = fold(line[n - 1].typed) if n else ""
    if n + 1 == len(line):
        return bool(before) and (before in COSTS_FREE or not line[n - 1].is_noise)
    return before in COSTS_FREE or (before not in WITHOUT and fold(line[n + 1].typed) in COSTS)


def _is_little(line: Sequence[Token], n: int) -> bool:
    """Whether it is a word of order in small letters, and nothing is called with it: no first nations."""
    token, after = line[n], line[n + 1 : n + 2]
    is_small = n == 0 or token.typed == token.typed.lower()
    return is_small and fold(token.typed) in ORDER and all(_says_little(one, token) for one in after)


def _is_a_direction(line: Sequence[Token], n: int) -> bool:
    """Whether it is one, with nothing beside it that says more, and no name: Dr. West, Kevin West, North."""
    token, before = line[n], line[n - 1] if n else None
    if not any(fold(form.text) in DIRECTIONS for form in token.forms) or (before and fold(before.typed) in TITLES):
        return False
    is_alone = len(line) == 1
    return all(_says_little(one, token) for one in (*line[max(0, n - 1) : n], *line[n + 1 : n + 2])) and not (
        is_alone and token.typed != token.typed.lower()
    )


def _of_direction(line: Sequence[Token], n: int, exactly: Exactly) -> float:
    """What it costs; nothing where it is a place at home, but for a town after an article: "im Norden" is no town."""
    found = [one for form in line[n].forms for one in exactly.find(form.text)]
    if not found:
        return NOISE + LESS_LIKELY
    is_part = n > 0 and fold(line[n - 1].typed) in IN_THE and not any(one.place.area for one in found)
    return NOISE - SURE * 2 if is_part else 0.0


def _says_little(one: Token, beside: Token) -> bool:
    """Whether a word says nothing of another beside it."""
    word = fold(one.typed)
    is_one_of_these = word in DIRECTIONS or word in FREE or word in ORDER
    return one.is_noise or one.is_number or is_one_of_these or one.phrase != beside.phrase

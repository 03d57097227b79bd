"""Korean words less what is written behind them: 상담을 and 상담에서 are asked as 상담.

Only of what is asked: in texts 상담 is found as two neighbouring signs whatever stands behind it (`signs.py`).
"""

import re

_HANGUL = re.compile("[가-힣]{3,}")

_PARTICLES = re.compile(
    "(?<=..)(?:들?(?:(?:에게서|에게|에서|한테|까지|부터|처럼|보다|마다|으로|에|로|와|과)(?:는|도|만|의)?"
    "|이나|이랑|하고|의|을|를|이|가|은|는|도|만)"
    "|하(?:다|는|고|며|여|기|면|게|지|여서|려고|세요)|한|할|합니다|했습니다|했던|해요|해서|들)$"
)
"""Two signs are left at least. The last are forms of 하다, which makes verbs of nouns."""

_LAST_OF_NAMES = "이가은로도의한"
"""Given names end with these too: 김하은."""

_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선"
    "설마길연위표명기반왕금옥육인맹제모탁국"
)

_WHOLE = frozenset(("어린이", "소아과", "산부인과", "정신과"))
"""Words that only look so."""


def bare(word: str, *, also_names: bool = False) -> str:
    """A folded word without its particles; a whole name stays as it is, unless `also_names`."""
    if word.isascii() or not _HANGUL.fullmatch(word) or word in _WHOLE:
        return word
    may_be_name = len(word) == 3 and word[0] in _SURNAMES and word[-1] in _LAST_OF_NAMES
    return word if may_be_name and not also_names else _PARTICLES.sub("", word)

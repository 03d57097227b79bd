"""Light stems of Turkish: a word less the endings of number, owner and case. Folding has taken dots and hooks away."""

import re

from index import forms

_ENDINGS = re.compile(
    "(?<=..)l[ae]r$"
    "|(?<=....)(?:l[ae]r[iu]n?|[iu]?[mn][iu]z|[dt][ae]n|[dt][ae]ki|[dt][ae]|y?l[ae]|n[iu]n|s[iu]n?|[iu]m|[iu]n"
    "|y[iuae]|(?<=[iu]n)[ae]|[iu])$"
)
"""Several stand in a row: çift-ler-iniz-le."""

_VERBS = re.compile("(?<=....)(?:m[ae]k?|m[iu]s|[iu]yor(?:uz)?)$")
"""Of verbs: danışmak, danışma, danışmış, danışıyoruz."""

_LAST_VOWEL = re.compile("(?<=....)[aeiou]$")

_SOFT = {"b": "p", "d": "t", "g": "k"}
"""How a last consonant is written before a vowel: evlilik, evliliği."""

_LONG = 5


def stems(word: str) -> tuple[str, ...]:
    """The stem of a folded word; none where it holds other letters than Latin ones."""
    if not word.isascii():
        return ()
    told = forms.stems("tr")
    while word not in told and (shorter := _ENDINGS.sub("", word)) != word:
        word = shorter
    if word in told:
        return told[word]
    word = _LAST_VOWEL.sub("", _VERBS.sub("", word))
    return (word[:-1] + _SOFT.get(word[-1], word[-1]) if len(word) >= _LONG else word,)

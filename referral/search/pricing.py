"""Prices of a line, which no search goes by: "under $150", "bis 90 € pro Sitzung". Knows no places, terms or people."""

import re

_SIGN = (
    r"(?:US|CA|AU|NZ|HK|R|A|C)?\$|[€£₪₺₩₽₹¥]|\b(?:usd|eur|gbp|chf|cad|aud|nzd|ils|nis|sek|nok|dkk|ron|try|krw|zar|fr\.)"
)
_NAMED = (
    r"dollars?|bucks|euros?|pounds?(?!\s+ridge)|quid|franken|francs?|fr\.|d[oó]lares|pesos|libras|soles"
    r"|dollar[is]?|dolari|pond|kroner|kr\.?|lei|tl|liran?\w*|dolar\w*|avro\w*|rand"
    r"|만\s?원|천\s?원|원|달러|유로|ש[״\"']?ח|שקל(?:ים)?|דולר(?:ים)?|אירו"
    r"|دولارا?ً?|يورو|جنيها?ً?|ريالا?ً?|درهما?ً?|دينارا?ً?|شيكلا?ً?|ليرة"
)
_NUMBER = r"\d(?:\d|[.,'’](?=\d)|[ \u00a0\u202f](?=\d{3}(?!\d)))*"
_LEAST = (
    r"under|below|less than|no more than|at most|up to|cheaper than|max(?:imum|\.)?|around|about"
    r"|unter|bis(?: zu)?|höchstens|maximal|weniger als|billiger als|günstiger als|für|um die"
    r"|moins de|jusqu['’]à|au maximum|au plus|en dessous de|sous|pour|à"
    r"|menos de|hasta|por debajo de|m[aá]ximo|como máximo|por|a"
    r"|onder(?: de)?|tot|minder dan|maximaal|hoogstens|hooguit|voor"
    r"|op til|højst|maks\.?|mindre end|omkring|for"
    r"|sub|p[aâ]n[aă] la|cel mult|mai pu[tț]in de|maxim|la"
    r"|en fazla|en çok"
    r"|최대|עד|פחות מ[-־]?|מתחת ל[-־]?|לכל היותר|أقل من|تحت|حتى|لا يزيد (?:عن|على)|بحدود"
)
_MOST = r"or less|or under|max(?:imum)?\b\.?|oder weniger|ou moins|o menos|of minder|eller mindre|sau mai puțin" + (
    r"|alt[ıi](?:nda)?|['’]?(?:dan|den) az|(?:이하|미만|이내|정도)(?:로|의)?"
)
_EACH = (
    r"(?:per|an?|each|the|pro|je|die|par|la|l['’]|de l['’]|por|cada|per|pe|pr\.|i|/)\s?"
    r"(?:session|hour|h|visit|sitzung|stunde|termin|s[eé]ance|heure|sesi[oó]n|hora|sessie|uur|gang|time|timen"
    r"|samtale|ședință|oră)\b"
    r"|seans(?: başına)?|saat(?: başına|i)?|회당|לפגישה|לשעה|للجلسة|في الجلسة"
)

_PRICE = re.compile(
    rf"(?<![\w$€£₪])(?:(?:{_LEAST})\s?)?"
    rf"(?:(?:{_SIGN})\s?{_NUMBER}|{_NUMBER}\s?(?:de\s)?(?:{_NAMED}|(?:{_SIGN}))(?![^\W\d가-힣]))"
    rf"(?:\s?(?:{_MOST}))?(?:\s?(?:{_EACH}))?(?!\w)",
    re.IGNORECASE,
)


def without_price(line: str) -> tuple[str, str]:
    """The line without the first price in it, and the price as it was typed; empty where there is none."""
    found = _PRICE.search(line) if any(c.isdigit() for c in line) else None
    if found is None:
        return line, ""
    before, after = line[: found.start()].rstrip(" ,;"), line[found.end() :].lstrip()
    return f"{before} {after}".strip(" ;"), found[0].strip()

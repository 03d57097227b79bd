"""Numbers of a line that say where and how far: "within 10 miles of Leeds", "52.37, 4.89". Knows no places."""

import re
from dataclasses import dataclass

from referral.search.urls import MAX_RADIUS, Unit
from referral.text import KM_PER_MILE

_KM = (
    r"kms?|kilom[eè]t(?:ers?|res?|ern|ri)|kil[oó]met(?:ros?|er)|quil[oôó]metros?|chilometri|km|км|километр\w*|كم|كيلومترا?"
    r"|ק[\"״']?מ|קילומטר(?:ים)?|킬로(?:미터)?|公里|千米|キロ(?:メートル)?|㎞"
)
_MILES = r"miles|mi|mile(?!\s+house)|meilen|mijl|millas|milhas|miglia|마일|מייל|ميل|英里|マイル"
_OF = (
    r"of|from|around|near|away\s+from|um|von|rund\s+um|around|autour\s+de|de|d['’]|du|di|da|dal|von|van|rond|rondom"
    r"|af|fra|omkring|från|runt|alrededor\s+de|ao\s+redor\s+de|în\s+jurul|în\s+jur\s+de|de\s+la|от|вокруг|od"
)

_FAR = re.compile(
    rf"(?<![\w.,])(?P<n>\d{{1,4}}(?:[.,]\d)?)\s?-?(?:(?P<km>{_KM})|(?P<mi>{_MILES}))(?:(?=[\d\W]|$)|(?<=[가-힣\u3040-\u30ff\u4e00-\u9fff]))"
    rf"(?:\s+(?:radius|umkreis))?(?:\s+(?P<of>{_OF})(?![\w]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """A line without its distance, and the distance."""

    rest: str
    """The line, with "near" where the distance stood: a place is what comes next."""
    radius: int | None = None
    """Kilometres."""
    unit: Unit = ""
    """The one that was typed."""


def reach(line: str) -> Reach:
    """What is left of the line, and the first distance in it, at least 1 km and at most what a search allows."""
    found = _FAR.search(line) if any(c.isdigit() for c in line) else None
    if found is None:
        return Reach(line)
    number = float(found["n"].replace(",", "."))
    unit: Unit = "mi" if found["mi"] else "km"
    radius = min(MAX_RADIUS, max(1, round(number * (KM_PER_MILE if unit == "mi" else 1))))
    before, after = line[: found.start()].rstrip(), line[found.end() :].lstrip()
    return Reach(f"{before} near {after}" if after else before, radius, unit)


_DECIMAL = r"[-+−]?\d{1,3}\.\d{2,}°?\s?"
_MINUTES = r"\d{1,3}°(?:\s?[\d.]+['′’])?(?:\s?[\d.]+[\"″”])?\s?"

_POINT = re.compile(
    rf"(?<![\w.])(?:{_DECIMAL}[NS]?\s*[,;\s]\s*{_DECIMAL}[EW]?|{_MINUTES}[NS]\s*[,;\s]\s*{_MINUTES}[EW])(?![\w.])"
)


def point(line: str) -> tuple[str, str]:
    """The first coordinates of a line, and the line without them; neither where it holds nothing else."""
    found = _POINT.search(line) if "." in line or "°" in line else None
    if found is None or not (rest := f"{line[: found.start()].rstrip()} {line[found.end() :].lstrip(' ,;')}".strip()):
        return "", line
    return found[0].strip().replace("″", '"'), rest  # the gazetteer takes ″ for two ′

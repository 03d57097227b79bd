"""What a geopy user asks for beside the query, in the forms geopy takes: countries, how many, a language."""

from collections.abc import Iterable, Sequence

from babel import Locale, UnknownLocaleError
from geopy.exc import GeocoderQueryError

MANY = 10
"""Places in a list when nobody says how many."""


def countries(asked: str | Sequence[str] | None) -> list[str]:
    """ISO codes out of "us", "us,ca" or ["us", "ca"], each once. Raises GeocoderQueryError for anything else."""
    codes = _texts(asked, "Country codes must be strings.")
    return list(dict.fromkeys(code.strip().upper() for one in codes for code in one.split(",") if code.strip()))


def most(limit: int | None, *, exactly_one: bool) -> int:
    """How many places are asked for. Raises ValueError for less than one, as Nominatim does."""
    if exactly_one:
        return 1
    if limit is None:
        return MANY
    if int(limit) < 1:
        raise ValueError("Limit cannot be less than 1")
    return int(limit)


def language(asked: str | Iterable[str] | None) -> str:
    """The language of "de", "de-AT", "de,en;q=0.5" or ["de", "en"] that comes first and that there is; else English."""
    texts = _texts(asked, "A language must be a string, or a list of them.")
    wishes = [wish for text in texts for wish in text.split(",")]
    best = sorted((-_weight(wish), number, _base(wish)) for number, wish in enumerate(wishes))
    return next((base for weight, _, base in best if weight and _is_known(base)), "en")


def _texts(asked: str | Iterable[str] | None, otherwise: str) -> list[str]:
    """One text or several as a list; raises GeocoderQueryError, saying `otherwise`, for anything else."""
    if not asked:
        return []
    texts = [asked] if isinstance(asked, str) or not isinstance(asked, Iterable) else list(asked)
    if not all(isinstance(text, str) for text in texts):
        raise GeocoderQueryError(otherwise)
    return texts


def _weight(wish: str) -> float:
    """The q of a wish; 1 where it says none, 0 where it is no number."""
    _, said, weight = wish.partition(";q=")
    try:
        return float(weight) if said else 1.0
    except ValueError:
        return 0.0


def _base(wish: str) -> str:
    return wish.partition(";")[0].strip().replace("_", "-").partition("-")[0].lower()


def _is_known(base: str) -> bool:
    try:
        return bool(base) and Locale.parse(base) is not None
    except (UnknownLocaleError, ValueError):
        return False

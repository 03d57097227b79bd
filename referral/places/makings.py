"""What a gazetteer is made of besides its code: a digest by which a file is known that older lists went into.

The code is not in it: whoever changes what the file holds raises the number in `schema`.
"""

import hashlib
from contextlib import closing
from pathlib import Path

import babel
import pysqlite3

from referral.places import said
from referral.places.astray import SORTING
from referral.places.folding import SIGNS
from referral.places.kept import ALIASES, COUNTRIES
from referral.places.kept_areas import AREAS
from referral.places.regions import JOINED, SHOWN
from referral.places.store import Store

LISTS = (ALIASES, COUNTRIES, AREAS, JOINED, SHOWN, SIGNS, SORTING)
"""The tables kept by hand that a build reads."""


def digest(*pins: Path) -> str:
    """Of the tables kept by hand, of what pins the packages, of the names that Babel has, and of our own words."""
    whole = hashlib.sha256(f"Babel {babel.__version__} {' '.join(said.words())}".encode())
    for path in (*LISTS, *pins):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def noted_in(path: Path, key: str) -> str:
    """The same of a file of any make; empty also where there is none, or one that cannot be read."""
    try:
        with closing(pysqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            found = file.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except pysqlite3.Error:
        return ""
    return str(found[0]) if found else ""


def note(store: Store, key: str) -> str:
    """What whoever built the file noted in it; empty when nothing."""
    found = store.rows("SELECT value FROM meta WHERE key = ?", (key,))
    return str(found[0][0]) if found else ""

"""What was drawn already: the same person, head and foot stand on many pages, and only a distance differs."""

import secrets
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import cast

from flask import Flask
from markupsafe import Markup, escape

from referral import text
from referral.listings.cards import MARKED, Card, Marks
from referral.text import _

MOST = 6144
"""Drawn cards kept: about 15 MB."""

PARTS = 512
"""Other drawn parts kept: about 1 MB."""

PIECES = 4096
"""Pieces of cards kept, which differ by days and networks: about 2 MB."""

FAR = f"far-{secrets.token_hex(8)}"
"""Stands in a drawn card where its distance goes; nobody's text holds it by chance or can guess it."""


def part_drawer(app: Flask) -> Callable[..., Markup]:
    """The function templates call as `kept("foot")`: the macro of that name in `parts/`, drawn once for what is given.

    For parts that depend on nothing but the language and values that are compared by what they hold.
    """

    @lru_cache(maxsize=PARTS)
    def drawn(name: str, voice: text.Voice, **given: Hashable) -> Markup:
        """The part; `voice` stands here because words and links depend on it."""
        macro = getattr(app.jinja_env.get_template(f"parts/{name}.html").module, name)
        return cast(Markup, macro(**given))

    def kept(name: str, **given: Hashable) -> Markup:
        return drawn(name, text.voice(), **given)

    return kept


def card_drawer(app: Flask) -> Callable[..., Markup]:
    """The function templates call as `card_html(card, miles, level, both, within)`."""
    draw = _Macros(app).draw
    drawn = lru_cache(maxsize=MOST)(draw)

    def card_html(card: Card, miles: bool = False, level: int = 2, both: bool = False, within: str = "") -> Markup:
        """`within` is the country that the page is all about: no card says it again."""
        far = card.distance_km
        if within == card.country and card.locality:
            card = card._replace(country_label="")
        keeps = draw if card.marks else drawn
        marks = (None, card.marks) if card.marks else ()
        html = keeps((*card[:MARKED], *marks), far is not None, level, text.voice()).decode()
        if card.name_marks:  # in what is kept: who is looked for by name is looked for by few
            html = html.replace(f">{escape(card.name)}</a>", f">{_marked(card.name_marks)}</a>", 1)
        if far is None:
            return Markup(html)
        said = text.distance(far, miles)
        return Markup(html.replace(FAR, escape(_("up to {far} each").format(far=said) if both else said)))

    return card_html


def _marked(marks: Marks) -> Markup:
    return Markup("").join(Markup("<mark>{}</mark>").format(piece) if is_match else piece for piece, is_match in marks)


class _Macros:
    """The macros of `parts/card.html`, and what they drew that many cards have alike."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._named = cache(self._found)
        self._piece = lru_cache(maxsize=PIECES)(self._anew)

    def draw(self, card: tuple[object, ...], has_distance: bool, level: int, voice: text.Voice) -> bytes:
        """The card of these values without its distance; `voice` stands here because words and links depend on it.

        As bytes, which take half the memory of a text with a single curly apostrophe.
        """
        far, kept = FAR if has_distance else "", {"state": self._state, "levels": self._levels}
        made = Card(*card)  # type: ignore[arg-type]  # what stands first in one
        return str(self._named("card")(card=made, far=far, level=level, **kept)).encode()

    def _found(self, name: str) -> Callable[..., Markup]:
        """Looked for once: when the application is assembled, templates are not complete yet."""
        return cast(Callable[..., Markup], getattr(self._app.jinja_env.get_template("parts/card.html").module, name))

    def _anew(self, name: str, voice: text.Voice, **given: Hashable) -> Markup:
        return self._named(name)(**given)

    def _state(self, **given: Hashable) -> Markup:
        return self._piece("availability", text.voice(), **given)

    def _levels(self, **given: Hashable) -> Markup:
        return self._piece("training", text.voice(), **given)

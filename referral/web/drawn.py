"""What was drawn already: the same person, head and foot stand on many pages, and only a distance differs."""

import secrets
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import cast

from flask import Flask
from markupsafe import Markup, escape

from referral import text
from referral.listings.cards import MARKED, Card
from referral.text import _

MOST = 6144
"""Drawn cards kept: about 15 MB."""

PARTS = 512
"""Other drawn parts kept: about 1 MB."""

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
    """The function templates call as `card_html(card, miles, level, both)`."""

    @cache
    def macro() -> Callable[..., Markup]:
        """Looked for once: when the application is assembled, templates are not complete yet."""
        found = app.jinja_env.get_template("parts/card.html").module.card  # type: ignore[attr-defined]  # a macro
        return cast(Callable[..., Markup], found)

    def draw(person: tuple[object, ...], has_distance: bool, level: int, voice: text.Voice) -> bytes:
        """What stands in a card before MARKED; `voice` stands here because words and links depend on it.

        As bytes, which take half the memory of a text with a single curly apostrophe.
        """
        return _said(Card(*person), has_distance, level).encode()  # type: ignore[arg-type]  # the first fields of one

    def _said(card: Card, has_distance: bool, level: int) -> str:
        return str(macro()(card=card, far=FAR if has_distance else "", level=level))

    drawn = lru_cache(maxsize=MOST)(draw)

    def card_html(card: Card, miles: bool = False, level: int = 2, both: bool = False) -> Markup:
        far = card.distance_km
        if card.marks:
            html = _said(card, far is not None, level)
        else:
            html = drawn(card[:MARKED], far is not None, level, text.voice()).decode()
        if far is None:
            return Markup(html)
        said = text.distance(far, miles)
        return Markup(html.replace(FAR, escape(_("up to {far} each").format(far=said) if both else said)))

    return card_html

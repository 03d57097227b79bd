"""Pages are kept for one moment only, and never for somebody the page may know."""

from flask.testing import FlaskClient

from referral.search.remembered import Drawn, Remembered

ONE, OTHER = Drawn(b"one", frozenset({"a"})), Drawn(b"other", frozenset())


def test_a_page_is_drawn_once_a_moment() -> None:
    kept = Remembered()

    assert kept.page(1, "/search", lambda: (ONE, True)) is ONE
    assert kept.page(1, "/search", lambda: (OTHER, True)) is ONE
    assert kept.page(2, "/search", lambda: (OTHER, True)) is OTHER
    assert kept.page(1, "/search", lambda: (ONE, True)) is ONE


def test_a_page_of_an_index_that_is_behind_is_not_kept() -> None:
    kept = Remembered()

    assert kept.page(1, "/search", lambda: (ONE, False)) is ONE
    assert kept.page(1, "/search", lambda: (OTHER, True)) is OTHER


def test_a_page_without_a_key_is_always_drawn() -> None:
    kept = Remembered()

    assert kept.page(1, None, lambda: (ONE, True)) is ONE
    assert kept.page(1, None, lambda: (OTHER, True)) is OTHER


def test_what_changes_while_a_page_is_drawn_is_not_overlooked() -> None:
    kept = Remembered()

    def draw() -> tuple[Drawn, bool]:
        kept.page(2, "/elsewhere", lambda: (ONE, True))
        return ONE, True

    kept.page(1, "/search", draw)

    assert kept.page(2, "/search", lambda: (OTHER, True)) is OTHER


def test_the_oldest_pages_make_room() -> None:
    kept = Remembered(most=2)
    for key in ("a", "b", "c"):
        kept.page(1, key, lambda: (ONE, True))

    assert kept.page(1, "c", lambda: (OTHER, True)) is ONE
    assert kept.page(1, "a", lambda: (OTHER, True)) is OTHER


def test_a_page_speaks_the_language_of_each_who_asks(client: FlaskClient) -> None:
    client.get("/search?in=US")
    pages = {lang: client.get("/search?in=US", headers={"Accept-Language": lang}).text for lang in ("de", "fr", "en")}

    assert pages["en"] == client.get("/search?in=US", headers={"Accept-Language": "en"}).text
    for lang, page in pages.items():
        assert f'<html lang="{lang}"' in page or lang not in _offered()


def _offered() -> tuple[str, ...]:
    from referral.text import languages

    return languages()

"""What templates say, and the parts that are drawn once."""

from flask import Flask
from markupsafe import Markup

from referral import text


def rendered(app: Flask, source: str, **values: object) -> str:
    return app.jinja_env.from_string(source).render(**values)


def test_a_value_in_a_sentence_is_escaped(app: Flask) -> None:
    assert rendered(app, "{{ _('Did you mean %(name)s?', name=name) }}", name="<b>") == "Did you mean &lt;b&gt;?"
    assert rendered(app, "{{ _('Did you mean %(name)s?', name=name) }}", name=Markup("<b>")) == "Did you mean <b>?"


def test_a_doubled_percent_sign_is_one_with_values_and_without(app: Flask) -> None:
    assert rendered(app, "{{ _('Your list (%%)') }}") == "Your list (%)"
    assert rendered(app, "{{ _('%(n)s %% of all', n=3) }}") == "3 % of all"


def test_in_a_letter_nothing_is_escaped(app: Flask) -> None:
    letter = "{% autoescape false %}{{ _('Dear %(name)s', name=name) }}{% endautoescape %}"

    assert rendered(app, letter, name="O'Brien & Co") == "Dear O'Brien & Co"


def test_a_kept_part_is_drawn_anew_in_another_language(app: Flask) -> None:
    drawn = []
    app.jinja_env.globals["url_for"] = lambda *_args, **_values: drawn.append(text.language()) or "/"

    for language in ("en", "en", "de", "en"):
        with text.speaking(language):
            rendered(app, "{{ kept('files') }}")

    assert list(dict.fromkeys(drawn)) == ["en", "de"] and drawn.count("en") == drawn.count("de")

"""The Imago referral directory: couples find a therapist, therapists keep their listing true, nobody hears who looked.

`create_app` is the whole assembly on one screen.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from referral.config import Config


COMMANDS = "FLASK_RUN_FROM_CLI"
"""What Flask sets while it looks for commands; a server needs none of them."""

VENDORED = {
    "@fontsource/newsreader/files": "vendor/fonts/",
    "accessible-autocomplete/dist": "vendor/",
    ".basemap": "vendor/map/",
}
"""Folders of npm packages -> where browsers find them, on our own origin."""


def utc_now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


def create_app(config: "Config | None" = None, now: Callable[[], datetime] = utc_now) -> "Flask":
    """The application with these settings, else those of the environment; `now` is its clock, UTC.

    Everything is imported here, so that who needs one room of this package does not open all of them.
    """
    from flask import Flask
    from flask_compress import Compress
    from werkzeug.middleware.proxy_fix import ProxyFix

    from referral import web
    from referral.about import views as about
    from referral.accounts import views as accounts
    from referral.accounts.address import views as address
    from referral.accounts.letters import views as letters
    from referral.accounts.passkeys import views as passkeys
    from referral.accounts.second import views as second
    from referral.config import ROOT, from_environment
    from referral.coordinating import views as coordinating
    from referral.coordinating.events import views as events
    from referral.coordinating.facts import views as facts
    from referral.coordinating.roster_file import views as roster_file
    from referral.editing import views as editing
    from referral.editing.answers import views as answers
    from referral.editing.belonging import views as belonging
    from referral.editing.standing import views as standing
    from referral.enquiries import views as enquiries
    from referral.guidance import views as guidance
    from referral.home import views as home
    from referral.joining import views as joining
    from referral.listings import views as listings
    from referral.moderation import views as moderation
    from referral.moderation.network import views as network_revisions
    from referral.moderation.own_answers import views as own_answers
    from referral.moderation.questions import views as questions
    from referral.moderation.reporting import views as reporting
    from referral.moderation.translations import views as translations
    from referral.networks import views as networks
    from referral.networks.telling import views as telling
    from referral.search import views as search
    from referral.shortlist import views as shortlist
    from referral.status import views as status
    from referral.web import again, doors, failures, files, filters, headers, languages, lean, limits, logs, security
    from referral.web.numbers import Number
    from referral.workshops import views as workshops

    config = config or from_environment(os.environ)
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.update(
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=[config.secret_key_before] if config.secret_key_before else None,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMS=False,
    )
    app.url_map.converters["int"] = Number
    app.extensions["referral"] = web.Rooms(config, now)
    lean.slim(app)
    logs.configure()
    logs.record(app)
    headers.guard(app, config)
    languages.speak(app)
    doors.keep(app)
    languages.keep(app)
    security.secure(app, config)
    failures.explain(app)
    filters.install(app, config)
    limits.limit(app, config)
    again.watch(app)
    Compress(app)
    public = (home, search, listings, enquiries, networks, telling, workshops, guidance, shortlist, about, status)
    networks_own = (coordinating, roster_file, facts, events, network_revisions)
    own = (accounts, second, passkeys, address, letters, joining, editing, belonging, standing, moderation)
    guiding = (questions, own_answers, answers, reporting, translations)
    for blueprint in (*public, *own, *networks_own, *guiding):
        app.register_blueprint(blueprint.views)
    if os.environ.get(COMMANDS) == "true":
        from referral import cli

        cli.install(app)
    app.teardown_appcontext(web.close_session)
    app.wsgi_app = ProxyFix(languages.told(app.wsgi_app), *[config.proxies] * 3)  # type: ignore[method-assign]  # the documented way
    whole = files.when_asked(partial(files.beside, app.wsgi_app, VENDORED, headers.headers(config)))
    app.wsgi_app = headers.on_everything(files.compressed(whole), config)  # type: ignore[method-assign,assignment]  # the documented way
    return app

"""`make gallery`: every page in its states, two sizes, light and dark, both directions, into var/gallery/."""

import html
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask, abort, request
from sqlalchemy.orm import Session

from referral import create_app, db, setup
from referral.config import ROOT, from_environment
from referral.listings import demo, slugs
from referral.progress import bar
from tests.live import CHROMIUM, browser, serving
from tests.make import NOW
from tests.people import CHICAGO, EVANSTON, TORONTO, make_listing

TARGET = ROOT / "var" / "gallery"
SIZES, SCHEMES, DIRECTIONS = (375, 1280), ("light", "dark"), ("ltr", "rtl")
LONG = "Maria Magdalena Friederike von Hohenstein-Oberwaldenburg zu Sankt Leonhard im Lavanttal"

STATES = {
    "home": "/",
    "results, full": "/search?in=US",
    "results, a few": "/search?place=4887398",
    "results, one facet chosen": "/search?place=4887398&language=es&delivery=in_person",
    "results, none and widened": "/search?place=4887398&language=he&topic=grief",
    "results, corrected": "/search?q=Chigaco",
    "results, ambiguous": "/search?q=Springfield",
    "results, not understood": "/search?q=asdfqwer",
    "results, part not understood": "/search?place=4887398&text=zzqqxx",
    "results, online": "/search?q=Toronto, online, French",
    "results, nothing asked": "/search",
    "results, long names": "/search?text=Hohenstein",
    "results, second page": "/search?in=US&page=2",
    "results, two who live apart": "/search?place=4887398&and_near=5263045",
    "results, a second place not understood": "/search?place=4887398&and_q=asdfqwer",
    "results, kilometres": "/search?place=4887398&unit=km",
    "short list, empty": "/shortlist",
    "short list": "/shortlist?t=galleryana&t=gallerymo&t=galleryuna",
    "short list, side by side": "/shortlist/compare?t=galleryana&t=gallerymo&t=gallerylong&t=gallerynoa",
    "therapist, full": "/therapists/ana-ruiz",
    "therapist, minimal": "/therapists/mo-plain",
    "therapist, unconfirmed": "/therapists/una-late",
    "therapist, facilitator": "/therapists/fin-guide",
    "therapist, long name": f"/therapists/{slugs.base(LONG)}",
    "therapist, right to left": "/therapists/noa-example",
    "networks": "/networks",
    "network, full": "/networks/imago-relationships-north-america",
    "network, minimal": "/networks/imago-suisse",
    "country with a network": "/networks/in/CA",
    "country without one": "/networks/in/FO",
    "questions": "/questions",
    "sign in": "/account/sign-in",
    "sign in, link mailed": "/account/sign-in/sent",
    "sign in, link used": "/account/sign-in/nothing",
    "question, one answer": "/questions/what-happens-in-the-first-session",
    "question, two answers": "/questions/why-wont-my-partner-go-to-therapy-with-me",
    "safety": "/questions/when-is-couple-therapy-not-the-right-first-step",
    "about": "/about",
    "order": "/about/order",
    "privacy": "/about/privacy",
    "accessibility": "/about/accessibility",
    "inclusion": "/about/inclusion",
    "400": "/search?radius=9999",
    "403": "/gallery/403",
    "404": "/nowhere",
    "409": "/gallery/409",
    "413": "/gallery/413",
    "429": "/gallery/429",
    "500": "/gallery/500",
    "503": "/gallery/503",
}


def people(session: Session) -> None:
    """Invented people, one for each state of a page."""
    hebrew = "אני עובדת עם זוגות בשפה שקטה ופשוטה. כל אחד מכם יישמע עד הסוף."
    make_listing(
        session,
        name="Ana Ruiz",
        public_id="galleryana",
        suffix="PhD, LMFT",
        pronouns="she/her",
        languages=["es", "en"],
        delivery=["in_person", "online"],
        serves=["US-IL", "US-WI"],
        topics=["communication", "affair", "grief"],
        works_with=["couples", "one_partner"],
        session_minutes=["60", "90"],
        costs=[(180, "USD")],
        payment=["sliding_scale", "self_pay"],
        credentials=["certified_imago_therapist"],
        licences=["LMFT"],
        accessibility={"step_free_entrance": "yes", "lift": "ask", "hearing_loop": "no"},
        phone="+13125550123",
        website="https://example.org/ana",
        new_clients_confirmed_on=NOW.date(),
        attested_on=NOW.date(),
        bio="I help two people hear each other again. We go slowly.\n\nYou need not agree on why you come.",
        **CHICAGO,
    )
    make_listing(session, name="Mo Plain", public_id="gallerymo", **EVANSTON)
    make_listing(
        session,
        name="Una Late",
        public_id="galleryuna",
        status="unconfirmed",
        bio="A quiet room near the lake.",
        **EVANSTON,
    )
    make_listing(
        session, name="Fin Guide", tracks=["facilitator"], credentials=["certified_imago_facilitator"], **CHICAGO
    )
    make_listing(
        session,
        name=LONG,
        public_id="gallerylong",
        suffix="Mag.a Dr.in phil., MSc, Psychotherapeutin",
        languages=["de", "en", "fr"],
        topics=["communication", "parenting", "blended_family", "trauma", "grief"],
        **CHICAGO,
    )
    make_listing(
        session,
        name="Noa Example",
        public_id="gallerynoa",
        languages=["he", "en"],
        delivery=["online"],
        serves=["IL"],
        bio=hebrew,
        bio_language="he",
        country="IL",
        region="IL-TA",
        locality="Tel Aviv",
        lat=32.08,
        lon=34.78,
    )
    make_listing(session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["CA-ON"], **TORONTO)


@contextmanager
def small_directory() -> Iterator[Flask]:
    """A demonstration directory in a folder of its own, with a page for each status and a switch of direction."""
    there = from_environment({"REFERRAL_DATA": str(ROOT / "var")})
    with tempfile.TemporaryDirectory() as folder, bar() as step:
        mine = from_environment({"REFERRAL_DATA": folder, "REFERRAL_GAZETTEER": str(there.gazetteer)})
        setup.gazetteer(there, step)
        app = create_app(replace(mine, search_limit="100000 per second", demo=True), now=lambda: NOW)
        rooms = app.extensions["referral"]
        setup.database(rooms.engine)
        with db.writing(rooms.engine) as session:
            people(session)
            demo.load(session, 300, 1, rooms.gazetteer, NOW)
            session.commit()
        _switches(app)
        yield app
        rooms.engine.dispose()


def _switches(app: Flask) -> None:
    """A page for each error, and `dir=rtl` in the address turns a page around."""

    def fail(status: int) -> str:
        if status == 500:
            raise RuntimeError("shown in the gallery")
        abort(status)

    fail.audience = "anyone"  # type: ignore[attr-defined]
    app.add_url_rule("/gallery/<int:status>", view_func=fail)

    @app.context_processor
    def _direction() -> dict[str, str]:
        return {"dir": "rtl"} if request.cookies.get("dir") == "rtl" else {}


def shoot(page: Any, address: str, names: dict[str, str], folder: Path) -> None:
    """A picture of every state as the page stands."""
    for n, (_state, path) in enumerate(names.items()):
        page.goto(address + path)
        page.screenshot(path=folder / f"{n:02}.png", full_page=True)


def main() -> None:
    """Make all pictures and the page that shows them."""
    if not CHROMIUM:
        raise SystemExit("Chromium is missing: install it to draw the gallery.")
    shutil.rmtree(TARGET, ignore_errors=True)
    kinds = [(s, c, d) for d in DIRECTIONS for s in SIZES for c in SCHEMES]
    with small_directory() as app, serving(app) as address, browser() as opened, bar() as step:
        for done, (size, scheme, direction) in enumerate(kinds):
            step("Pictures", done, len(kinds))
            folder = TARGET / f"{size}-{scheme}-{direction}"
            folder.mkdir(parents=True)
            context = opened.new_context(viewport={"width": size, "height": 900}, color_scheme=scheme)
            context.add_cookies([{"name": "dir", "value": direction, "url": address}])
            shoot(context.new_page(), address, STATES, folder)
            context.close()
        step("Pictures", len(kinds), len(kinds))
    (TARGET / "index.html").write_text(index(kinds), "utf-8")
    print(f"{len(kinds) * len(STATES)} pictures: {TARGET / 'index.html'}")


def index(kinds: list[tuple[int, str, str]]) -> str:
    """One page: a row a state, a column a kind."""
    heads = "".join(f"<th>{size} px, {scheme}, {direction}</th>" for size, scheme, direction in kinds)
    rows = "".join(
        f"<tr><th>{html.escape(state)}<br><code>{html.escape(path)}</code></th>"
        + "".join(
            f'<td><a href="{s}-{c}-{d}/{n:02}.png"><img src="{s}-{c}-{d}/{n:02}.png" width="220" loading="lazy"'
            f' alt="{html.escape(state)}"></a></td>'
            for s, c, d in kinds
        )
        + "</tr>"
        for n, (state, path) in enumerate(STATES.items())
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>'
        f"<h1>Gallery</h1><table><tr><th>state</th>{heads}</tr>{rows}</table></html>"
    )


if __name__ == "__main__":
    main()

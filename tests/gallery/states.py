"""The states that are drawn: where each stands, who sees it, and what is done before the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.gallery.people import LONG_SLUG, NETWORK, QUESTION, Waiting

Deed = Callable[[Any], None]
"""What is done on a page of the browser before its picture."""

LONGER = """
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest("bdi, script, address, option")) continue;
    node.data = node.data.replace(/[\\p{L}]{4,}/gu, (w) => w + "lange".repeat(9).slice(0, Math.ceil(w.length * 0.4)));
  }
"""
"""Every word of four letters and more by two fifths longer, as German and Finnish are."""

CARDS = "document.querySelectorAll('.filters').forEach((one) => { one.open = true })"


@dataclass(frozen=True, slots=True)
class State:
    """One state of a page."""

    path: str
    who: str = ""
    """Whose browser it is, a field of Accounts; empty for a visitor."""
    deed: Deed | None = None
    on_paper: bool = False
    empty: bool = False
    """Whether it is a directory in which nobody is listed yet."""


def open_filters(page: Any) -> None:
    """The filters of a phone, as a finger opens them."""
    page.evaluate(CARDS)


def open_map(page: Any) -> None:
    """The map of a phone, drawn."""
    switch = page.locator(".map-switch button")
    if switch.is_visible():
        switch.click()
    page.locator(".map-frame").first.scroll_into_view_if_needed()
    page.locator(".map :is(.leaflet-marker-icon, .map-circle)").first.wait_for()
    page.wait_for_load_state("networkidle")


def type_a_place(page: Any) -> None:
    """Places while one types."""
    page.locator("form.search input[name=q]").type("Evans")
    page.locator(".autocomplete__option", has_text="Evans, Georgia").first.wait_for()  # the last letter is answered


def save_two(page: Any) -> None:
    """Two people on the short list."""
    for button in page.locator(".card button").all()[:2]:
        button.click()


def lengthen(page: Any) -> None:
    """The words of another language."""
    page.evaluate(LONGER)


OFTEN = """async () => {
  const form = document.querySelector("form[method=post]");
  for (let n = 0; n < 20; n += 1) {
    const body = new URLSearchParams({ message: `Have you room for us? ${n}`, reply_to: "vic@example.org" });
    await fetch(form.action, { method: "POST", body });
  }
}"""


def write_often(page: Any) -> None:
    """One message more than anybody gets in a day."""
    page.evaluate(OFTEN)
    post("Send", **MESSAGE)(page)


def fill(**typed: str) -> Deed:
    """The first form, filled in and not sent."""

    def deed(page: Any) -> None:
        for name, value in typed.items():
            page.locator(f"form [name={name}]").first.fill(value)

    return deed


def post(button: str, **typed: str) -> Deed:
    """The form with that button, filled in and sent."""

    def deed(page: Any) -> None:
        form = page.locator("form", has=page.get_by_role("button", name=button, exact=True)).first
        for name, value in typed.items():
            form.locator(f"[name='{name.replace('__', '-')}']").first.fill(value)
        form.evaluate("(form) => { form.noValidate = true }")
        form.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()

    return deed


def section(id: str, *, base: str = "", **typed: str) -> Deed:
    """A section of the therapist's own page, filled in and saved; `base` is the version it claims to begin from."""

    def deed(page: Any) -> None:
        page.evaluate("(id) => { document.getElementById(id).open = true }", id)
        form = page.locator(f"form[data-section={id}]")
        for name, value in typed.items():
            form.locator(f"[name$='{name}']").first.fill(value)
        if base:
            form.locator("[name=base]").evaluate("(one, base) => { one.value = base }", base)
            form.locator("[name=begun]").evaluate("one => { one.value = '' }")
        form.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_load_state()

    return deed


def open_sections(page: Any) -> None:
    """Every section of the therapist's own page."""
    page.evaluate("document.querySelectorAll('details.section').forEach((one) => { one.open = true })")


def states(waiting: Waiting) -> dict[str, State]:
    """Every state by what it is called."""
    return {name: State(one) if isinstance(one, str) else one for name, one in (_VISITORS | _owners(waiting)).items()}


COORDINATION = f"/coordination/{NETWORK}"
RESULTS = "/search?place=4887398"
ANA = "/therapists/ana-ruiz"

MESSAGE = {
    "message": "We are two, and we argue a lot. We would like to come on Tuesdays, after five.",
    "reply_to": "vic@example.org",
    "name": "Vic",
}

_VISITORS: dict[str, str | State] = {
    "home": "/",
    "home, a place typed": State("/", deed=type_a_place),
    "home, longer words": State("/", deed=lengthen),
    "home, nobody listed yet": State("/", empty=True),
    "results, full": "/search?in=US",
    "results, a few": RESULTS,
    "results, one facet chosen": f"{RESULTS}&language=es&delivery=in_person",
    "results, either of two languages": State(f"{RESULTS}&language=es&language=fr&any=language", deed=open_filters),
    "results, which country": "/search?q=Asia",
    "results, two too far apart": f"{RESULTS}&and_near=2147714",
    "results, filters open": State(f"{RESULTS}&language=es", deed=open_filters),
    "results, map open": State(RESULTS, deed=open_map),
    "results, two kept": State(RESULTS, deed=save_two),
    "results, none and widened": "/search?place=4887398&language=he&topic=grief",
    "results, none and nobody listed yet": State("/search?q=Chicago", empty=True),
    "results, corrected": "/search?q=Chigaco",
    "results, ambiguous": "/search?q=Springfield",
    "results, a sentence": "/search?q=we keep having the same fight and he shuts down, anybody in Chicago?",
    "results, what is not wished": "/search?q=Chicago, no insurance",
    "results, not understood": "/search?q=asdfqwer",
    "results, part not understood": "/search?place=4887398&text=zzqqxx",
    "results, a name": "/search?text=Ana Ruiz",
    "results, fear": "/search?q=he hits me, Chicago",
    "results, online": "/search?q=Toronto, online, French",
    "results, a country": "/search?q=Canada",
    "results, nothing asked": "/search",
    "results, long names": "/search?text=Hohenstein",
    "results, longer words": State(f"{RESULTS}&language=es", deed=lengthen),
    "results, second page": "/search?in=US&page=2",
    "results, two who live apart": f"{RESULTS}&and_near=5263045",
    "results, a second place not understood": f"{RESULTS}&and_q=asdfqwer",
    "results, kilometres": f"{RESULTS}&unit=km",
    "results, on paper": State(RESULTS, on_paper=True),
    "short list, empty": "/shortlist",
    "short list": "/shortlist?t=galleryana&t=gallerymo&t=galleryuna",
    "short list, side by side": "/shortlist/compare?t=galleryana&t=gallerymo&t=gallerylong&t=gallerynoa",
    "therapist, full": ANA,
    "therapist, map open": State(ANA, deed=open_map),
    "therapist, on paper": State(ANA, on_paper=True),
    "therapist, longer words": State(ANA, deed=lengthen),
    "therapist, minimal": "/therapists/mo-plain",
    "therapist, unconfirmed": "/therapists/una-late",
    "therapist, paused": "/therapists/paul-rest",
    "therapist, facilitator": "/therapists/fin-guide",
    "therapist, pair": "/therapists/pia-pair",
    "therapist, the two of a pair": "/therapists/per-pair/and/pia-pair",
    "therapist, long name": f"/therapists/{LONG_SLUG}",
    "therapist, right to left": "/therapists/noa-example",
    "write": f"{ANA}/write",
    "write, filled in": State(f"{ANA}/write", deed=fill(**MESSAGE)),
    "write, with errors": State(f"{ANA}/write", deed=post("Send", message="Hi", reply_to="vic")),
    "write, limit": State("/therapists/mo-plain/write", deed=write_often),
    "write, sent": f"{ANA}/written",
    "write, nobody there": "/therapists/una-late/write",
    "report": "/therapists/mo-plain/report",
    "report, with errors": State("/therapists/mo-plain/report", deed=post("Send")),
    "report, sent": "/therapists/mo-plain/reported",
    "networks": "/networks",
    "network, full": "/networks/imago-relationships-north-america",
    "network, minimal": "/networks/imago-suisse",
    "networks, a place": "/networks?q=Hamburg",
    "network, told wrong": "/networks/imago-suisse/report",
    "workshops": "/workshops",
    "workshops near a place": "/workshops?q=Vienna",
    "workshop": "/workshops/imago-paarworkshop-vienna",
    "country with a network": "/networks/in/CA",
    "country without one": "/networks/in/FO",
    "questions": "/questions",
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
    "sign in": "/account/sign-in",
    "sign in, with errors": State("/account/sign-in", deed=post("Mail me a link", email="not an address")),
    "sign in, link mailed": "/account/sign-in/sent",
    "sign in, link too old": "/account/sign-in/nothing",
    "claim": "/listing/claim",
    "claim, with errors": State("/listing/claim", deed=post("Mail me a link", email="nobody")),
    "join": "/listing/join",
    "join, with errors": State("/listing/join", deed=post("Send", name="N. Example")),
    "letter mailed": "/listing/mailed",
    "confirmed": "/listing/confirmed",
    "confirm, link too old": "/listing/confirm/nothing",
    "in German, home": "/de/",
    "in German, results": f"/de{RESULTS}&language=es",
    "in German, therapist": f"/de{ANA}",
    "in German, network": "/de/networks/imago-relationships-north-america",
    "in German, question": "/de/questions/why-wont-my-partner-go-to-therapy-with-me",
    "in Hebrew, home": "/he/",
    "in Hebrew, results": f"/he{RESULTS}&language=es",
    "in Hebrew, results with the map": State(f"/he{RESULTS}", deed=open_map),
    "in Hebrew, therapist": f"/he{ANA}",
    "in Hebrew, write": State(f"/he{ANA}/write", deed=fill(**MESSAGE)),
    "in Hebrew, networks": "/he/networks",
    "in Hebrew, question": "/he/questions/why-wont-my-partner-go-to-therapy-with-me",
    "in Korean, results": f"/ko{RESULTS}",
    "in Arabic, results": f"/ar{RESULTS}&language=es",
}


def _owners(waiting: Waiting) -> dict[str, State]:
    """The states that only somebody who is signed in sees, or who follows a mailed link."""
    return {
        "claim, link followed": State(f"/listing/claim/{waiting.offer}"),
        "claim, both of one address": State(f"/listing/claim/{waiting.double}"),
        "in Hebrew, claim, both of one address": State(f"/he/listing/claim/{waiting.double}"),
        "account": State("/account", "therapist"),
        "account, without a listing": State("/account", "newcomer"),
        "account, another address": State("/account/email", "therapist"),
        "account, second step": State("/account/second-factor/set-up", "therapist"),
        "account, recovery codes left": State("/account/second-factor/recovery-codes", "therapist"),
        "editing": State("/listing", "therapist"),
        "editing, every section": State("/listing", "therapist", open_sections),
        "editing, saved": State("/listing?at=words&saved=published#saved", "therapist"),
        "editing, waits": State("/listing?at=name&saved=waiting#saved", "therapist"),
        "editing, with errors": State("/listing", "therapist", section("contact", phone="call me")),
        "editing, in conflict": State("/listing", "therapist", section("words", base="1", bio="Other words.")),
        "editing, paused": State("/listing", "paused"),
        "history": State("/listing/history", "therapist"),
        "numbers": State("/listing/numbers", "therapist"),
        "leave": State("/listing/leave", "therapist"),
        "queue, full": State("/moderation", "moderator"),
        "queue, empty": State("/moderation", "moderator", empty=True),
        "change": State(f"/moderation/revisions/{waiting.revision}", "moderator"),
        "change, returned without a reason": State(
            f"/moderation/revisions/{waiting.revision}", "moderator", post("Return")
        ),
        "listing, as a moderator sees it": State("/moderation/listings/galleryana", "moderator"),
        "report, to be decided": State(f"/moderation/reports/{waiting.report}", "moderator"),
        "log": State("/moderation/log", "moderator"),
        "dead links": State("/moderation/links", "moderator"),
        "network's change": State(f"/moderation/networks/{waiting.network}", "moderator"),
        "answer, to be decided": State(f"/moderation/answers/{waiting.answer}", "moderator"),
        "questions, edited": State("/moderation/questions", "moderator"),
        "question, edited": State("/moderation/questions/1", "moderator"),
        "question, with errors": State("/moderation/questions/new", "moderator", post("Save")),
        "question, its history": State("/moderation/questions/1/history", "moderator"),
        "translations": State("/moderation/translations", "moderator"),
        "own answers": State("/listing/answers", "therapist"),
        "own answer": State(f"/listing/answers/{QUESTION}", "therapist"),
        "networks of a coordinator": State("/coordination", "coordinator"),
        "roster": State(COORDINATION, "coordinator"),
        "member": State(f"{COORDINATION}/members/galleryuna", "coordinator"),
        "member, applied": State(f"{COORDINATION}/members/gallerymo", "coordinator"),
        "roster, from a file": State(f"{COORDINATION}/import", "coordinator"),
        "network, edited": State(f"{COORDINATION}/facts", "coordinator"),
        "workshops of a network": State(f"{COORDINATION}/workshops", "coordinator"),
        "workshop, new": State(f"{COORDINATION}/workshops/new", "coordinator"),
    }

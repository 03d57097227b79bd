"""`make parts`: a picture of every part of a page, for docs/design.md; `python -m tests.parts card` draws one."""

import sys

from referral.config import ROOT
from tests.gallery.directory import small_directory
from tests.live import browser, serving

FOLDER = ROOT / "docs" / "parts"

RESULTS, LISTING = "/search?place=4887398&language=es&delivery=in_person", "/therapists/ana-ruiz"

PARTS = {
    "head": ("/networks", ".head"),
    "search-form": ("/", "form.search"),
    "search-line": (RESULTS, "form.search.line"),
    "chips": (RESULTS, ".chips"),
    "note": ("/search?q=Chigaco", ".note"),
    "choices": ("/search?q=Evanston", "div.choices"),
    "distances": (RESULTS, ".radii"),
    "apart": ("/search?place=4887398&and_near=5263045", ".apart"),
    "filter": (RESULTS, ".facet:not(.apart)"),
    "order": (RESULTS, ".sorts"),
    "card": (RESULTS, ".card"),
    "availability": (LISTING, ".state"),
    "facts": (LISTING, ".facts"),
    "reach": (LISTING, ".reach"),
    "pages": ("/search?in=US", ".pages"),
    "empty": ("/search?q=asdfqwer", ".empty"),
    "networks": ("/networks/in/CA", ".networks"),
    "questions": ("/", ".questions"),
    "answer": ("/questions/what-happens-in-the-first-session", ".byline"),
    "help-lines": ("/questions/when-is-couple-therapy-not-the-right-first-step", ".help"),
    "with-them": ("/shortlist?t=galleryana&t=gallerymo", ".with-them"),
    "side-by-side": ("/shortlist/compare?t=galleryana&t=gallerymo", ".compare"),
    "foot": ("/about", ".foot"),
}
"""Name -> (where it stands, which element it is)."""


def main(wanted: list[str]) -> None:
    """Draw every part, or those that are `wanted`, as it stands on a page of 800 px, by day."""
    FOLDER.mkdir(exist_ok=True)
    with small_directory() as app, serving(app) as address, browser() as opened:
        page = opened.new_page(viewport={"width": 800, "height": 900}, color_scheme="light")
        for name in wanted or PARTS:
            path, selector = PARTS[name]
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('.filters, .facet').forEach(one => { one.open = true })")
            page.locator(selector).first.screenshot(path=FOLDER / f"{name}.png")
    print(f"{len(wanted or PARTS)} pictures: {FOLDER}")


if __name__ == "__main__":
    main(sys.argv[1:])

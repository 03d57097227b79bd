"""What a page says to who hears it: every control by its name and role, every mistake where it was made."""

from collections.abc import Iterator, Mapping
from typing import Any

CONTROLS = frozenset(
    {
        "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "slider", "listbox",
        "option", "switch", "tab", "menuitem", "DisclosureTriangle", "Date", "InputTime", "DateTime", "ColorWell",
    }
)  # fmt: skip
"""Roles of what is pressed, ticked, chosen or typed into."""

NAMED = CONTROLS | {"image", "img", "table", "dialog", "alertdialog", "figure", "radiogroup"}
"""Roles that say nothing without a name."""

LANDMARKS = ("navigation", "search", "region", "complementary")
"""Places somebody jumps to; two of one kind must be told apart."""

ORDER = """() => [...document.querySelectorAll("[tabindex]")]
  .filter(one => one.tabIndex > 0).map(one => one.outerHTML.slice(0, 80))"""

LEADS = """() => [...document.querySelectorAll(".mend a[href^='#']")]
  .filter(one => !document.getElementById(one.hash.slice(1))?.matches("input, select, textarea, button"))
  .map(one => one.hash)"""
"""Sentences of a summary that lead to nothing that can be mended."""

UNTOLD = """() => [...document.querySelectorAll("[aria-invalid=true]")]
  .filter(one => !(one.getAttribute("aria-describedby") ?? "").split(" ")
    .some(id => document.getElementById(id)?.matches(".error, .wrong-here")))
  .map(one => one.name)"""
"""Wrong fields whose sentence is not read with them."""

TYPED = """() => [...document.querySelectorAll("[required]:invalid:not([aria-invalid])")]
  .filter(one => one.matches("[type=checkbox], [type=radio], [type=file], select")).map(one => one.name)"""
"""What is needed and not chosen yet: a browser tells readers it is an “invalid entry” before anybody did anything."""

SILENT = """() => [...document.forms].filter(form => !form.noValidate)
  .flatMap(form => [...form.querySelectorAll("input[required], textarea[required]")])
  .filter(one => !one.matches("[type=checkbox], [type=radio], [type=file]")).map(one => one.name)"""
"""Fields whose mistake the browser shows in a bubble that some readers never read: our own sentence is always heard."""

UNHEARD = """() => [...document.querySelectorAll(".said, .saved, .mend")]
  .filter(one => one !== document.activeElement).map(one => one.innerText.slice(0, 60))"""
"""What became of a form, standing there since the page was loaded: nobody hears it unless it has the focus."""

TWICE = """() => [...document.querySelectorAll("[role=status], [role=alert], [role=log], p")].filter(one =>
  one === document.activeElement).map(one => one.innerText.slice(0, 60))"""
"""What has the focus is read: announced too, it is heard two times; so is a paragraph, whose name is its words."""

STOPS = """() => [...document.querySelectorAll("[role=status], [role=alert]")]
  .filter(one => !one.innerText.trim() && one.checkVisibility()).map(one => one.outerHTML.slice(0, 80))"""
"""Nothing is said there yet, and who reads line by line meets a “status bar”: `aria-live` alone is no such stop."""

ENTER = """() => [...document.forms].filter(form => form.querySelector("input:not([type=hidden]):not([type=checkbox])" +
  ":not([type=radio]):not([type=file]), select")).map(form => [...form.elements].filter(one => one.matches(
  "button:not([type=button])"))).filter(([first, ...others]) => first?.matches(".quiet, .link-button") &&
  others.some(one => !one.matches(".quiet, .link-button"))).map(([first]) => first.innerText)"""
"""What Enter in a field presses, where that is not what the form is for: it presses the first of its buttons."""

LONE = """() => [...document.querySelectorAll("input[type=radio]")]
  .filter(one => !one.closest("fieldset, [role=radiogroup], [role=group]")).map(one => one.name)"""
"""Choices whose question is not read with them."""


def unsaid(page: Any) -> list[str]:
    """A sentence for everything on the page that who hears it is not told."""
    nodes = _nodes(page)
    said = [*_nameless(nodes), *_alike(nodes), *_levels(nodes)]
    said += [f"{one} comes before the order of the page" for one in page.evaluate(ORDER)]
    said += [f"the summary's {one} leads nowhere" for one in page.evaluate(LEADS)]
    said += [f"what is wrong with {one} is not read with it" for one in page.evaluate(UNTOLD)]
    said += [f"{one} is called wrong before anybody chose" for one in page.evaluate(TYPED)]
    said += [f"what is wrong with {one} stands in a bubble" for one in page.evaluate(SILENT)]
    said += [f"nobody hears “{words}”" for words in page.evaluate(UNHEARD)]
    said += [f"“{words}” is heard two times" for words in page.evaluate(TWICE)]
    said += [f"{one} is a stop where nothing is said" for one in page.evaluate(STOPS)]
    said += [f"Enter in a field presses “{words}”" for words in page.evaluate(ENTER)]
    return said + [f"the question of {one} is not read with its answers" for one in page.evaluate(LONE)]


Node = Mapping[str, Any]


def _nodes(page: Any) -> list[Node]:
    """The tree that a screen reader is given, in the order it is read."""
    tools = page.context.new_cdp_session(page)
    try:
        nodes: list[Node] = tools.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        tools.detach()
    by_id = {one["nodeId"]: one for one in nodes}
    return [one for one in _walk(by_id, nodes[0]["nodeId"]) if not one.get("ignored")]


def _walk(by_id: Mapping[str, Node], id: str) -> Iterator[Node]:
    one = by_id.get(id)
    if one is None:
        return
    yield one
    for child in one.get("childIds", ()):
        yield from _walk(by_id, child)


def _role(one: Node) -> str:
    return str(one.get("role", {}).get("value", ""))


def _name(one: Node) -> str:
    return str(one.get("name", {}).get("value", "")).strip()


def _nameless(nodes: list[Node]) -> Iterator[str]:
    for one in nodes:
        if _role(one) in NAMED and not _name(one):
            yield f"a {_role(one)} has no name"


def _alike(nodes: list[Node]) -> Iterator[str]:
    """Landmarks of one kind under one name."""
    seen = set()
    for one in nodes:
        place = _role(one), _name(one)
        if place[0] in LANDMARKS and place in seen:
            yield f"two places are called {place[1] or 'nothing'} ({place[0]})"
        seen.add(place)


def _levels(nodes: list[Node]) -> Iterator[str]:
    """Headings that leave out a level; who jumps from heading to heading takes it for a page with holes."""
    before = 0
    for one in nodes:
        if _role(one) != "heading":
            continue
        level = next((int(p["value"]["value"]) for p in one["properties"] if p["name"] == "level"), 2)
        if level > before + 1:
            yield f"“{_name(one)}” is a heading of level {level} after {before}"
        before = level

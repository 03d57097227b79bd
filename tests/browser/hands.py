"""Two ways to use a page: with a pointer, or with the keys alone."""

from typing import Any

MOST_TABS = 400


class Pointer:
    """Somebody with a mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, what: Any) -> None:
        """A button, a link, the door of a section."""
        what.click()

    def write(self, field: Any, words: str) -> None:
        """Type into an empty or filled field."""
        field.fill(words)

    def tick(self, box: Any) -> None:
        """A box or one of few."""
        box.check()

    def choose(self, list: Any, label: str) -> None:
        """One of a list."""
        list.select_option(label=label)


class Keys(Pointer):
    """Somebody without one: Tab goes on, and what has the focus is seen to have it."""

    def _reach(self, what: Any) -> None:
        target = what.element_handle()
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                outline = target.evaluate("one => getComputedStyle(one).outlineStyle")
                assert outline != "none", target.evaluate("one => one.outerHTML.slice(0, 200)")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {what}")

    def press(self, what: Any) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def write(self, field: Any, words: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def tick(self, box: Any) -> None:
        if box.get_attribute("type") == "radio":
            self._reach_group(box)
            return
        self._reach(box)
        self.page.keyboard.press("Space")

    def _reach_group(self, radio: Any) -> None:
        """Tab leads to the one that is chosen; the arrows go round."""
        name = radio.get_attribute("name")
        for _ in range(MOST_TABS):
            if self.page.evaluate("document.activeElement.name") == name:
                break
            self.page.keyboard.press("Tab")
        for _ in range(10):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {radio}")

    def choose(self, list: Any, label: str) -> None:
        self._reach(list)
        self.page.keyboard.type(label.partition(" ·")[0])  # no key types that, and what is none goes to another field

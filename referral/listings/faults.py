"""What else is wrong with a row that has a fault already, so that all of it is mended in one round. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from referral.errors import UsageError
from referral.listings.checks import checked
from referral.listings.columns import Read, Write
from referral.listings.content import Content

Readers = Mapping[str, tuple[Read, Write]]

_POINT = frozenset({"lat", "lon"})
"""Each is missing where the other cannot be read."""


class Dependent(UsageError):
    """A cell that speaks of what another field says; where that one cannot be read, it is not at fault itself."""

    def __init__(self, text: str, on: str) -> None:
        super().__init__(text)
        self.on = on
        """The field it speaks of."""


def is_nowhere(content: Content) -> bool:
    """Whether it lacks a country; what is a listing already, or was exported, may have no office."""
    return not (content.offices or content.public_id) or any(not office.country for office in content.offices)


def further(
    cells: Mapping[str, str],
    readers: Readers,
    wrong: Collection[str],
    told: Collection[str],
    placed: Callable[[Content], Content],
) -> Iterator[tuple[str, str]]:
    """(field, fault) of the cells that cannot be stored though they can be read, besides the `wrong` fields.

    `cells` is field -> its cell, `told` what has been said of the row. What takes several cells to be wrong is left
    out: it may follow from those that are known to be.
    """
    left, said = {*wrong, *(_POINT if not _POINT.isdisjoint(wrong) else ())}, set(told)
    while text := _fault(placed(_without(cells, readers, left))):
        name = culprit(cells, readers, text, left)
        if not name:
            return
        left.add(name)
        if text not in said:
            yield name, text
        said.add(text)


def culprit(cells: Mapping[str, str], readers: Readers, text: str, wrong: Collection[str] = ()) -> str:
    """The field, none of the `wrong` ones, whose cell alone has the same fault; empty when it takes several."""
    for name, cell in cells.items():
        if name not in wrong and _alone(readers[name][0], name, cell) == text:
            return name
    return ""


def _alone(read: Read, name: str, cell: str) -> str:
    try:
        alone = read(Content("" if name == "name" else "x"), cell)
    except UsageError as error:
        return error.text
    return _fault(replace(alone, offices=tuple(replace(o, country=o.country or "US") for o in alone.offices)))


def _fault(content: Content) -> str:
    try:
        checked(content)
    except UsageError as error:
        return error.text
    return ""


def _without(cells: Mapping[str, str], readers: Readers, wrong: Collection[str]) -> Content:
    """What the row says but for the `wrong` fields; offices only where their country is known."""
    content = Content("x" if "name" in wrong else "", status="pending")
    for name, cell in cells.items():
        if name not in wrong:
            try:
                content = readers[name][0](content, cell)
            except UsageError:
                continue
    return content if all(office.country for office in content.offices) else replace(content, offices=())

"""The rows that the processes of a build leave to one another."""

from pathlib import Path

from referral.places.spool import Spool

PlaceRow = tuple[int, int, str, str, int | None, int | None, int, int, int, int | None, str | None, str | None]
NameRow = tuple[str, int, int, str, int]
VillageRow = tuple[str, int | None, int, int]
"""Name, region, point: the columns of `place` that villages have; which village it is goes by the order."""
VillageNameRow = tuple[str, int]
"""Folded name, which village."""
PostcodeRow = tuple[str, str, str, int, int, int]
"""As the table `postcode`, but for a village -1 - which."""


class Spools:
    """What the processes of a build leave to one another, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.cities: Spool[tuple[int, str, list[str], str, str, str, float, float, int]] = Spool(folder / "cities")
        """As read, see `sources.City`."""
        self.codes: Spool[tuple[str, str, str, str, float, float]] = Spool(folder / "codes")
        """The postcode table as read, see `sources.PostcodeRow`."""
        self.places: Spool[PlaceRow] = Spool(folder / "places")
        """Of towns."""
        self.called: Spool[tuple[int, str, str]] = Spool(folder / "called")
        """What towns are called in a language: the row number, the language, the name."""
        self.villages: Spool[VillageRow] = Spool(folder / "villages")
        self.names: Spool[NameRow] = Spool(folder / "names")
        """Of all but villages."""
        self.village_names: Spool[VillageNameRow] = Spool(folder / "village_names")
        self.sorted_names: Spool[NameRow] = Spool(folder / "sorted_names")
        """Of all countries, towns and villages apart."""
        self.postcodes: Spool[PostcodeRow] = Spool(folder / "postcodes")

"""Who a row of a table is: somebody listed already, or somebody else."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.listings.rosters import ADA, BEN, MAP, contents, roster, take


def test_a_row_without_a_number_is_known_by_name_and_point(session: Session, tmp_path: Path) -> None:
    mapping = MAP.removeprefix("id=id,")
    take(session, roster(tmp_path, ADA, BEN), mapping)

    report = take(session, roster(tmp_path, ADA.replace("Ada", "ADA"), BEN.replace("50.93", "50.94")), mapping)

    assert (report.changed, report.new, report.gone) == (["ADA Example"], ["Ben Example"], ["Ben Example"])


BY_PLACE = "name,email,country,locality,street\n"


def test_somebody_who_moved_is_the_same_person(session: Session, tmp_path: Path) -> None:
    before = ("Ada Example,ada@example.org,US,Austin,1 Oak Road\n", "Ben Example,ben@example.org,DE,Köln,\n")
    take(session, roster(tmp_path, *before, header=BY_PLACE), "")
    was = {one.name: one.public_id for one in contents(session)}
    after = ("ada example,ADA@example.org,US,Chicago,\n", before[1])

    report = take(session, roster(tmp_path, *after, header=BY_PLACE), "")
    again = take(session, roster(tmp_path, *after, header=BY_PLACE), "")

    assert (report.new, report.changed, report.gone) == ([], ["ada example"], [])
    assert {one.public_id for one in contents(session)} == set(was.values())
    ada = next(one for one in contents(session) if one.public_id == was["Ada Example"])
    assert (ada.offices[0].locality, ada.offices[0].street) == ("Chicago", "")
    assert (again.new, again.changed, again.gone, len(again.same)) == ([], [], [], 2)
    renewed = take(session, roster(tmp_path, after[0].replace("ADA@", "new@"), before[1], header=BY_PLACE), "")
    assert (renewed.new, renewed.changed) == ([], ["ada example"])


@pytest.mark.parametrize("turned", [False, True])
def test_a_second_place_beside_the_first_is_another_listing(session: Session, tmp_path: Path, turned: bool) -> None:
    first, second = (f"Ada Example,ada@example.org,US,{town},\n" for town in ("Austin", "Chicago"))
    take(session, roster(tmp_path, first, header=BY_PLACE), "")

    rows = (second, first) if turned else (first, second)
    report = take(session, roster(tmp_path, *rows, header=BY_PLACE), "")

    assert (report.new, report.same, report.bad, report.gone) == (["Ada Example"], ["Ada Example"], [], [])
    assert len(contents(session)) == 2


def test_two_people_of_one_name_or_one_address_stay_two(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, "Ada Example,practice@example.org,US,Austin,\n", header=BY_PLACE), "")

    rows = ("Ben Example,practice@example.org,US,Chicago,\n", "Ada Example,ada@example.org,US,Chicago,\n")
    report = take(session, roster(tmp_path, *rows, header=BY_PLACE), "")

    assert (report.new, report.changed) == (["Ben Example", "Ada Example"], [])


def test_a_name_may_stand_at_one_point_in_two_countries(session: Session, tmp_path: Path) -> None:
    both = ("Border House,BE,,51.4,4.9,\n", "Border House,NL,,51.4,4.9,\n")

    report = take(session, roster(tmp_path, *both, header="name,country,locality,lat,lon,street\n"), "")

    assert (len(report.new), report.bad) == (2, [])

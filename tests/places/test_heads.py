"""The best of a short prefix, of the world and of each country."""

from array import array

from referral.places.heads import COUNTRY_LETTERS, FEW, heads

WORLD = [("sanab" + f"{n:04}", -600, n, "US", 0) for n in range(FEW + 9)]
HOME = [("santo", -300, 9_001, "AT", 0), ("sano", -300, 9_002, "AT", 0), ("sanabria", -300, 9_003, "AT", 0)]


def _places(packed: bytes) -> list[int]:
    entries = array("I")
    entries.frombytes(packed)
    return list(entries[: len(entries) // 2])


def test_a_country_keeps_its_own_however_long_the_prefix_of_many_names_is() -> None:
    found = {(prefix, country): _places(packed) for prefix, country, packed in heads(sorted(WORLD + HOME))}

    assert {prefix for prefix, country in found if country == "AT"} == {"s", "sa", "san", "sana", "sanab"}
    assert set(found["san", "AT"]) == {9_001, 9_002, 9_003}
    assert found["sanab", "AT"] == [9_003]
    assert len("sanab") <= COUNTRY_LETTERS

"""What the packages' own words become before they are shown."""

import pytest

from referral.places.sources import plain


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Utrecht", "Utrecht"),
        ("Anhui, Provincie", "Anhui"),
        ("Tsjoengking, Stadsprovincie; Chongqing, Stadsprovincie", "Tsjoengking"),
        ("Santiago, Hoofdstedelijke Regio van", "Santiago"),
        ("Asturias, Principado de", "Asturias"),
        ("Illes Balears [Islas Baleares]", "Illes Balears"),
        ("Svalbard (Arktische Region)", "Svalbard"),
        ("Newry, Mourne et Down", "Newry, Mourne et Down"),
        ("San Andrés, Providencia y Santa Catalina", "San Andrés, Providencia y Santa Catalina"),
        (
            "Tierra del Fuego, Antártida, e Islas del Atlántico Sur",
            "Tierra del Fuego, Antártida, e Islas del Atlántico Sur",
        ),
        ("סן אנדרס, פרובידנסיה וסנטה קטלינה", "סן אנדרס, פרובידנסיה וסנטה קטלינה"),
        ("(only this)", "(only this)"),
    ],
)
def test_a_division_is_named_as_people_say_it(said: str, meant: str) -> None:
    assert plain(said) == meant

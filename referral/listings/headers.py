"""What people write above the columns of their files: which field a column seems to be. Reads no file."""

from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType

from index.folding import fold

CALLED = {
    "id": "number no nr nummer member_number mitgliedsnummer member_no",
    "public_id": "public_id",
    "name": "full_name member vorname_name nom nombre naam navn",
    "suffix": "titles title titel degrees",
    "email": "e_mail mail email_address e_mail_address courriel correo",
    "phone": "telephone tel telefon mobile handy téléphone teléfono telefoon",
    "website": "web url homepage site webseite www",
    "country": "land pays país",
    "region": "state province canton kanton bundesland",
    "locality": "city town ort stadt ville ciudad plaats place",
    "postcode": "zip zip_code postal_code plz code_postal postal",
    "street": "address strasse straße adresse rue",
    "language": "languages sprache sprachen langue langues",
    "level": "credential training certification qualification ausbildung abschluss",
    "issued_on": "issued issue_date certified_on since seit ausgestellt",
    "expires_on": "valid_until expires expiry expiry_date valid_to until gültig_bis",
    "credentials": "all_credentials",
}
"""Field -> what else people write above such a column."""


def guessed(
    header: Sequence[str], fields: Container[str], more: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Field -> the column that seems to be it, of these `fields`; each column and field once.

    `more` is what else a column may be called, as `plain` gives it -> field.
    """
    found: dict[str, str] = {}
    for column in header:
        name = plain(column)
        field = _BY_NAME.get(name) or more.get(name, "")
        if field in fields:
            found.setdefault(field, column)
    return found


def plain(column: str) -> str:
    """A name of a column as it is compared: "Member No." is "member_no"."""
    return "_".join(fold(column.replace("_", " ")).split())


_BY_NAME = {plain(name): field for field, names in CALLED.items() for name in (field, *names.split())}

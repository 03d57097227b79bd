"""Words that only say what kind of area a name is of: "Province", "State of", "oblast"."""

from functools import lru_cache

from referral.places.folding import fold

_GENERIC = frozenset(
    fold(word)
    for word in """
    region province provincia provincie provinz state estado oblast kray krai governorate muhafazah prefecture
    district distrito county department departamento departement parish canton kanton municipality municipio
    republic republica respublika territory emirate city island islands autonomous special administrative
    division voivodeship federal capital the of de del la el al du da do autonoma comunidad land wilayat wilaya
    rayon raion okrug metropolitan area regierungsbezirk kreis landkreis zone commune kabupaten kota ken fu to
    si shi sheng kraj zupanija judet voblasc voblast lan fylke maakond novads savivaldybe apskritis vilayet ili
    eparchia obcina opstina concelho vald gmina kommun gemeente gemeinde comuna comune oras
    principado principat principaute foral comunitat judetul regione regiao provinsi propinsi megye freistaat
    wojewodztwo област область край республика республіка рэспубліка автономная автономна автономный округ
    περιφερεια محافظه منطقه ولايه اماره استان מחוז مقاطعه
    """.split()
)
"""Words that say what a region is, not which."""

_SAID = _GENERIC | frozenset(
    fold(word)
    for word in """
    woj jud prov bundesland bundesstaat hansestadt edo dep dpto depto dept reg obl обл респ губ kt ct stat stato staat
    etat eyalet eyaleti bolgesi kingdom commonwealth sultanate royaume reino regno konigreich koninkrijk kongeriget
    republique republik republiek bundesrepublik federale federative islamic مملكه المملكه جمهوريه دوله سلطنه מדינת
    """.split()
)
"""The same, also short and of states, as people say them and no data writes them."""

_DISTRICTS = (" d c", " f d")
"""What the capitals of federations have behind their names."""


def core(name: str) -> str:
    """The folded name without the words that only say what kind of region it is."""
    words = fold(name).split(" ")
    return " ".join(w for w in words if w not in _GENERIC) or " ".join(words)


def bare(name: str) -> str:
    """The folded name without any word that says what kind of area it is, as people may say it: "woj. śląskie"."""
    words = fold(name).split(" ")
    return " ".join(w for w in words if w not in _SAID) or " ".join(words)


def is_own(town: str, region: str) -> bool:
    """Whether a region bears the name of a town: the State of Berlin, Basel-City, Bogotá D.C."""
    is_bare = town.isascii() and region.isascii()  # Riga and Rīga have nothing alike but for their marks
    return (not is_bare or town[1:4] in region or town[-3:] in region) and _is_own(town, region)


@lru_cache(maxsize=4096)
def _is_own(town: str, region: str) -> bool:
    name, whole = fold(town), fold(region)
    return bool(name) and name in (whole, core(region), *(whole.removesuffix(end) for end in _DISTRICTS))

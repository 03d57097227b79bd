"""Tables of listings for tests of what is read from them."""

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from referral.listings import imports, published
from referral.listings.content import Content
from referral.listings.report import Report
from tests.listings.towns import Towns
from tests.make import HEAD, NOW

HEADER = "id,name,country,city,state,lat,lon,phone,language\n"


MAP = "id=id,name=name,country=country,locality=city,region=state,lat=lat,lon=lon,phone=phone,language=language"


ADA = "1,Ada Example,US,Chicago,IL,41.88,-87.63,+1 312 555 0123,en;es\n"


BEN = "2,Ben Example,DE,Köln,Nordrhein,50.93,6.95,,German\n"


def roster(folder: Path, *rows: str, header: str = HEADER, name: str = "roster.csv") -> Path:
    path = folder / name
    path.write_text(header + "".join(rows), "utf-8")
    return path


def take(session: Session, path: Path, mapping: str = MAP, network: str = "net", **more: Any) -> Report:
    return imports.run(session, path, mapping, network, more.pop("gazetteer", Towns()), NOW, HEAD, **more)


def contents(session: Session) -> list[Content]:
    return [p.content for p in published.each(session, public=False)]

"""What tests of coordinators' pages do and look up."""

from typing import Any

from sqlalchemy import func, select

from referral.listings import published
from referral.model import Listing
from tests.client import CheckingClient
from tests.people import Write

KEY = "certified_imago_therapist.0"
HOME = "/coordination/imago-example"
FILE = "name,country,email,training,valid until\n"
ADA = "Ada Example,US,ada@example.org,certified,2028-05-01\n"


def send(me: CheckingClient, content: str, name: str = "roster.csv", path: str = f"{HOME}/import") -> Any:
    """Send a file as a browser does; in one piece, because the client leaves the parts of a large one open."""
    part = '--part\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    body = part.format("csrf_token", "", me.csrf_token()) + part.format("file", f'; filename="{name}"', content)
    return me.post(path, data=f"{body}--part--\r\n".encode(), content_type="multipart/form-data; boundary=part")


def count(write: Write, kind: Any, *which: Any) -> int:
    return int(write(lambda s: s.scalar(select(func.count()).select_from(kind).where(*which))) or 0)


def content(write: Write, listing: Listing) -> Any:
    return write(lambda s: published.load_any(s, [listing.id])[0].content)

"""How somebody is reached stands in sight on a phone: in writing, by telephone, or both."""

import re

import pytest

from tests.client import CheckingClient
from tests.make import make_listing
from tests.people import CHICAGO, Write

WRITE, RING, READ = "/write", "tel:+13125550123", "#reach"


@pytest.mark.parametrize(
    ("told", "ways"),
    [
        ({"email": "ada@example.org", "phone": "+13125550123"}, [WRITE, RING]),
        ({"email": "ada@example.org"}, [WRITE]),
        ({"phone": "+13125550123", "no_enquiries": True}, [RING]),
        ({"no_enquiries": True}, [READ]),
    ],
)
def test_the_bar_of_a_listing_has_each_way_to_reach_them(
    client: CheckingClient, write: Write, told: dict[str, object], ways: list[str]
) -> None:
    write(lambda session: make_listing(session, name="Ada", **told, **CHICAGO))

    bar = client.get("/therapists/ada").text.partition('class="reach-bar"')[2].partition("</p>")[0]

    links = re.findall(r'href="([^"]+)"', bar)
    assert [link.removeprefix("/therapists/ada") for link in links] == ways

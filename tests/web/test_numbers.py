"""Numbers that no row has are no fault of ours: nobody's page breaks on them."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.make import make_account
from tests.moderation.people import signed_in

HUGE = "9" * 25


@pytest.fixture
def moderator(client: CheckingClient, engine: Engine) -> CheckingClient:
    """Somebody whose pages are asked for by numbers."""
    with Session(engine) as session:
        id = make_account(session, "moderator").id
        session.commit()
    return signed_in(client, engine, id)


PATHS = ["revisions/{}", "log?before={}", "answers/{}", "networks/{}", f"revisions/{2**31}", f"log?before=-{2**63}"]


@pytest.mark.parametrize("path", PATHS)
def test_a_number_no_row_has_leads_to_a_page_all_the_same(moderator: CheckingClient, path: str) -> None:
    assert moderator.get(f"/moderation/{path.format(HUGE)}").status_code in (200, 404)


def test_a_box_that_holds_no_number_is_not_ticked(moderator: CheckingClient) -> None:
    assert moderator.post_form("/moderation/approve", revision=HUGE).status_code == 303

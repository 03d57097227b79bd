"""What a network asks to say of itself: read by a moderator, published or returned, and its author told."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import model
from referral.networks import facts, keeping
from tests.client import CheckingClient
from tests.coordinating.people import make_network
from tests.make import NOW, make_account
from tests.moderation.people import signed_in
from tests.people import Write


@pytest.fixture
def mod(client: CheckingClient, engine: Engine, write: Write) -> CheckingClient:
    return signed_in(client, engine, write(lambda s: make_account(s, "moderator", email="mod@example.org")).id)


def asked(write: Write, author: int | None = None, **fields: object) -> int:
    """The number of what a coordinator asks for."""

    def deed(session: Session) -> int:
        net = make_network(session)
        me = author or make_account(session, "coordinator", email="co@example.org").id
        keeping.submit(session, net.id, {**facts.facts(net), **fields}, 1, me, NOW)
        waits = keeping.waiting(session, net.id)
        assert waits is not None
        return waits.id

    return int(write(deed))


def letters(write: Write) -> list[tuple[str, str]]:
    return list(write(lambda s: s.execute(select(model.Letter.kind, model.Letter.to)).all()))


def test_it_waits_in_the_queue_and_is_published_as_it_was_read(mod: CheckingClient, write: Write) -> None:
    number = asked(write, areas=["US-IL", "CA"], offers="Workshops <b>")
    queue, page = mod.get("/moderation").text, mod.get(f"/moderation/networks/{number}").text
    assert "A network changes: What it offers" in queue and f"/moderation/networks/{number}" in queue
    assert "<ins>Workshops &lt;b&gt;</ins>" in page and "<ins>Canada</ins>" in page

    done = mod.post_form(f"/moderation/networks/{number}/approve")

    assert (done.status_code, done.location) == (303, "/moderation?done=published#said")
    assert "Workshops &lt;b&gt;" in mod.get("/networks/imago-example").text
    assert letters(write) == [("network_approved", "co@example.org")]
    assert "This was published" in mod.get(f"/moderation/networks/{number}").text
    assert mod.post_form(f"/moderation/networks/{number}/approve").status_code == 409
    assert mod.get("/moderation/networks/999").status_code == 404


def test_it_is_returned_only_with_a_reason(mod: CheckingClient, write: Write) -> None:
    number = asked(write, offers="Much")

    again = mod.post_form(f"/moderation/networks/{number}/return", reason=" ")
    done = mod.post_form(f"/moderation/networks/{number}/return", reason="What exactly?")

    assert (again.status_code, done.status_code) == (400, 303) and "Please say why" in again.text
    assert letters(write) == [("network_returned", "co@example.org")]
    assert "What exactly?" in mod.get(f"/moderation/networks/{number}").text


def test_who_asked_for_it_does_not_decide(client: CheckingClient, engine: Engine, write: Write) -> None:
    account = write(lambda s: make_account(s, "moderator"))
    me, number = signed_in(client, engine, account.id), asked(write, account.id, offers="Much")

    page = me.get(f"/moderation/networks/{number}").text

    assert "You asked for this yourself" in page and "/approve" not in page
    assert me.post_form(f"/moderation/networks/{number}/approve").status_code == 403
    assert me.post_form(f"/moderation/networks/{number}/return", reason="x").status_code == 403

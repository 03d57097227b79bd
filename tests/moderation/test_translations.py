"""What moderators see of translations that nobody has read."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import AuditEntry, QuestionText
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient


def test_a_moderator_notes_that_a_question_was_read(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, "moderator")
    with Session(engine) as session:
        text = session.scalars(select(QuestionText).limit(1)).one()
        number, title = text.id, text.title

    assert title in client.get("/moderation/translations").text
    answer = client.post_form(f"/moderation/translations/{number}")

    assert answer.status_code == 303
    with Session(engine) as session:
        assert session.get_one(QuestionText, number).reviewed
        assert session.scalars(select(AuditEntry).where(AuditEntry.action == "review")).one().account_id
    assert f'/moderation/translations/{number}"' not in client.get("/moderation/translations").text
    assert client.post_form("/moderation/translations/999999").status_code == 404


def test_nobody_else_sees_them(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)

    assert client.get("/moderation/translations").status_code == 403

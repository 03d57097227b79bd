"""Was this what you needed: counted, of nobody in particular."""

from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.guidance import counts, questions
from referral.model import Question
from tests.client import CheckingClient
from tests.make import TODAY

ALONE = "can-i-come-alone"


def test_a_visitor_says_so_without_a_cookie_and_is_thanked(client: CheckingClient, engine: Engine) -> None:
    assert 'name="needed"' in client.get(f"/questions/{ALONE}").text

    done = client.post(f"/questions/{ALONE}/needed", data={"needed": "yes"})

    assert (done.status_code, done.location) == (303, f"/questions/{ALONE}/thanks")
    assert "Thank you" in client.get(done.location).text
    with Session(engine) as session:
        assert not counts.needed(session, TODAY)  # one answer is not to be seen as it comes
        (told,) = counts.needed(session, TODAY + timedelta(weeks=1)).values()
    assert (told.yes, told.no) == ("under 10", "under 10")


def test_what_is_neither_yes_nor_no_is_not_counted(client: CheckingClient) -> None:
    assert client.post(f"/questions/{ALONE}/needed", data={"needed": "maybe"}).status_code == 400
    assert client.post("/questions/nothing/needed", data={"needed": "yes"}).status_code == 404
    assert client.get("/questions/nothing/thanks").status_code == 404


def test_one_address_cannot_say_so_all_day(client: CheckingClient) -> None:
    said = [
        client.post(f"/questions/{ALONE}/needed", data={"needed": "no"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
        for _n in range(21)
    ]

    assert [one.status_code for one in said] == [*[303] * 20, 429]


def test_only_many_are_told_and_only_of_the_last_weeks(session: Session) -> None:
    questions.load(session)
    number = session.scalars(select(Question.id).limit(1)).one()
    for _n in range(12):
        counts.note(session, number, True, TODAY)
        counts.note(session, number, False, TODAY - timedelta(weeks=30))

    told = counts.needed(session, TODAY + timedelta(weeks=1))[number]

    assert (told.yes, told.no) == ("12", "under 10")

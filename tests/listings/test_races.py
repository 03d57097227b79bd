"""Two who save at the same time: one wins, the other is shown both texts, nothing is lost."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import db, model
from referral.errors import UsageError
from referral.listings import attestations, published, revisions
from tests.make import NOW, make_account, make_listing

RACES = 500


def together(*deeds: Callable[[], object]) -> list[object]:
    """What each deed returned or raised, begun at one moment."""
    barrier, told = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int) -> None:
        barrier.wait()
        try:
            told[place] = deeds[place]()  # type: ignore[call-overload]
        except UsageError as error:
            told[place] = error  # type: ignore[call-overload]

    threads = [Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(told)


def save(engine: Engine, id: int, content: published.Content, base: int) -> revisions.Submitted:
    with db.writing(engine) as session:
        done = revisions.submit(session, id, content, base, None, NOW)
        session.commit()
        return done


def race(engine: Engine, id: int, number: int) -> None:
    """Two saves with one base: in every third race of a field that waits."""
    with db.reading(engine) as session:
        there = published.load_any(session, [id])[0]
    field = "website" if number % 3 == 0 else "bio"
    texts = [f"https://example.org/{number}/{who}" for who in ("one", "two")]
    wanted = [replace(there.content, **{field: text}) for text in texts]

    told = together(*(lambda c=c: save(engine, id, c, there.version) for c in wanted))  # type: ignore[misc]

    won = [t for t in told if isinstance(t, revisions.Submitted)]
    lost = [t for t in told if isinstance(t, revisions.Outdated)]
    assert (len(won), len(lost)) == (1, 1)
    place = told.index(won[0])
    with db.reading(engine) as session:
        after = published.load_any(session, [id])[0]
        waits = revisions.waiting(session, id)
    assert won[0].version == after.version == there.version + 1 == lost[0].current.version
    seen = waits.content.website if waits and field == "website" else after.content.bio
    assert seen == texts[place]
    assert lost[0].current.content == after.content  # one of both texts; the other is in the loser's own form


@pytest.mark.slow
def test_of_two_saves_with_one_base_exactly_one_wins(engine: Engine) -> None:
    with db.writing(engine) as session:
        id = make_listing(session).id
        session.commit()

    for number in range(RACES):
        race(engine, id, number)

    with db.reading(engine) as session:
        assert published.load_any(session, [id])[0].version == RACES + 1
        submitted = select(func.count()).where(model.AuditEntry.action == "submit")
        assert session.scalar(submitted) == RACES
        assert len(revisions.history(session, id, limit=RACES * 2)) == RACES + 1


def test_a_few_races_have_one_winner_each(engine: Engine) -> None:
    with db.writing(engine) as session:
        id = make_listing(session).id
        session.commit()

    for number in range(20):
        race(engine, id, number)


def test_of_two_moderators_one_decides(engine: Engine) -> None:
    with db.writing(engine) as session:
        id = make_listing(session).id
        one, two = make_account(session, "moderator").id, make_account(session, "moderator").id
        session.commit()

    def decide(approving: bool, revision_id: int) -> bool:
        with db.writing(engine) as session:
            if approving:
                revisions.approve(session, revision_id, one, NOW)
            else:
                revisions.send_back(session, revision_id, two, "Not yet.", NOW)
            session.commit()
            return approving

    for number in range(10):
        with db.reading(engine) as session:
            there = published.load_any(session, [id])[0]
        name = f"Ada {number}"
        waits = save(engine, id, replace(there.content, name=name), there.version).revision_id or 0

        told = together(lambda n=waits: decide(True, n), lambda n=waits: decide(False, n))  # type: ignore[misc]

        assert sum(isinstance(t, UsageError) for t in told) == 1
        with db.reading(engine) as session:
            after = published.load_any(session, [id])[0].content
        assert (after.name == name) == (told[0] is True)


def down(engine: Engine, id: int, moderator: int) -> Callable[[], None]:
    def deed() -> None:
        with db.writing(engine) as session:
            revisions.take_down(session, id, moderator, NOW)
            time.sleep(0.2)  # whoever comes now has to wait for the end of it
            session.commit()

    return deed


OTHERS: dict[str, Callable[[Session, int], object]] = {
    "said to be correct": lambda s, id: attestations.confirm(s, id, NOW),
    "made active": lambda s, id: revisions.set_status(s, id, "active", NOW),
    "paused": lambda s, id: revisions.pause(s, id, None, NOW),
    "resumed": lambda s, id: revisions.resume(s, id, NOW, 1),
    "vouched for": lambda s, id: vouch(s, id),
}


def vouch(session: Session, id: int) -> None:
    paper = published.load_any(session, [id])[0].content.credentials[0]
    checked = {paper: replace(paper, verified_by="Network", verified_on=NOW.date())}
    revisions.vouch(session, id, 1, checked, 1, NOW, action="vouch", detail={})


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_taken_down_in_the_same_moment_stays_down(engine: Engine, other: str) -> None:
    status = {"resumed": "paused", "vouched for": "pending"}.get(other, "unconfirmed")
    with db.writing(engine) as session:
        id = make_listing(session, status=status, consented_on=NOW.date()).id
        moderator = make_account(session, "moderator").id
        session.commit()

    def late() -> None:
        time.sleep(0.05)
        with db.writing(engine) as session:
            OTHERS[other](session, id)
            session.commit()

    taken, refused = together(down(engine, id, moderator), late)

    assert taken is None and (isinstance(refused, UsageError) or other == "vouched for")
    with db.reading(engine) as session:
        after = session.get_one(model.Listing, id)
        assert (after.status, after.held) == ("hidden", True)

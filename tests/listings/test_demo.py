"""Demonstration listings."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.order import CONFIRMED_DAYS
from referral import changes, db, model
from referral.config import ROOT
from referral.errors import UsageError
from referral.listings import attestations, cards, demo, indexing, published, revisions, standing
from referral.listings.checks import checked
from referral.listings.invented import _names, person, public_id
from referral.listings.published import Published
from referral.listings.towns import Towns as Choice
from referral.listings.towns import countries
from tests.listings.towns import TOWNS, Towns
from tests.make import NOW, TODAY, make_account, make_listing


def loaded(session: Session, count: int, seed: int = 1) -> list[Published]:
    demo.load(session, count, seed, Towns(), NOW)
    return list(published.each(session, public=False))


def dump(engine: Engine) -> list[object]:
    with db.reading(engine) as session:
        return [
            [tuple(row) for row in session.execute(select(table))]
            for table in model.Base.metadata.sorted_tables
            if table.name not in {"alembic_version"}
        ]


def test_equal_seeds_give_equal_rows(tmp_path: Path) -> None:
    rows = []
    for name in ("one", "two"):
        engine = db.open_engine(f"sqlite:///{tmp_path / name}.sqlite")
        db.upgrade(engine)
        with db.writing(engine) as session:
            demo.load(session, 60, 7, Towns(), NOW)
            session.commit()
        rows.append(dump(engine))
        engine.dispose()

    assert rows[0] == rows[1]


def test_another_seed_gives_other_people(session: Session) -> None:
    one, other = loaded(session, 30, 1), loaded(session, 30, 2)

    assert not {p.public_id for p in one} & {p.public_id for p in other}


def test_a_longer_list_begins_with_the_shorter_one(session: Session) -> None:
    few, many = loaded(session, 20), loaded(session, 60)

    told = {p.public_id: p.content for p in many}
    assert all(told[p.public_id] == p.content for p in few if not p.content.partner)


def test_only_dates_depend_on_the_day() -> None:
    choice = Choice(TOWNS)
    dates = ("attested_on", "next_due", "consented_on", "next_opening", "new_clients_confirmed_on")

    for number in range(80):
        here, later = person(1, number, choice, TODAY), person(1, number, choice, TODAY + timedelta(40))
        assert (here.name, here.bio, here.offices, here.terms) == (later.name, later.bio, later.offices, later.terms)
        for name in dates:
            one, other = getattr(here, name), getattr(later, name)
            assert (one is None) == (other is None) and (one is None or other - one == timedelta(40))


def test_loading_again_replaces_the_invented_and_nobody_else(session: Session) -> None:
    real = make_listing(session, name="Ada Example")
    first = {p.id for p in loaded(session, 40)}

    second = loaded(session, 25, seed=2)

    assert len(second) == 26
    assert real.id in first and real.id in {p.id for p in second}
    assert [p.content.name for p in second if not p.content.demonstration] == ["Ada Example"]


def test_no_number_of_somebody_erased_is_given_again(session: Session) -> None:
    loaded(session, 5)
    before = set(session.scalars(select(model.Listing.id)))

    loaded(session, 5)

    assert before.isdisjoint(session.scalars(select(model.Listing.id)))


def test_loading_none_takes_the_invented_away(session: Session) -> None:
    loaded(session, 10)

    assert loaded(session, 0) == []


def test_every_invented_person_is_marked_and_harmless(session: Session) -> None:
    for one in loaded(session, 300):
        told = one.content
        assert told.demonstration and cards.card(one, TODAY).demonstration
        assert told.email.endswith("@example.org")
        assert not told.website or ".example.org/" in told.website
        assert not told.phone or (told.phone.startswith("+1") and "55501" in told.phone)
        assert all(c.issuer == "Demonstration network" for c in told.credentials)
        assert "{" not in told.bio and len(told.bio) <= 1200
        assert told == checked(told)


def test_the_invented_name_prices_only_of_sessions_as_long_as_theirs_are(session: Session) -> None:
    told = [(one.content.chosen("session_length"), one.content.costs) for one in loaded(session, 120)]

    priced = [
        (set(map(int, lengths)), {cost.minutes for cost in costs}) for lengths, costs in told if lengths and costs
    ]
    assert priced and all(minutes <= lengths for lengths, minutes in priced)


def test_the_invented_are_of_every_kind(session: Session) -> None:
    people = [p.content for p in loaded(session, 1500)]
    believed = TODAY - timedelta(CONFIRMED_DAYS)

    def some(share: float, holds: object) -> bool:
        return sum(1 for told in people if holds(told)) >= share * len(people)  # type: ignore[operator]

    assert some(0.10, lambda c: not c.offices)  # online only
    assert some(0.03, lambda c: c.chosen("track") == ("facilitator",))
    assert some(0.03, lambda c: c.partner)
    assert some(0.03, lambda c: c.attested_on is None)
    assert some(0.05, lambda c: c.new_clients_confirmed_on is None)
    assert some(0.10, lambda c: c.new_clients_confirmed_on and c.new_clients_confirmed_on < believed)
    assert some(0.50, lambda c: c.new_clients_confirmed_on and c.new_clients_confirmed_on >= believed)
    assert some(0.03, lambda c: c.status == "unconfirmed")
    assert some(0.02, lambda c: c.status == "paused")
    assert some(0.002, lambda c: len(c.name) > 30)
    assert some(0.03, lambda c: not c.bio or len(c.offices) > 1)
    for visibility in ("full", "area", "none"):
        assert some(0.04, lambda c, v=visibility: any(o.address_visibility == v for o in c.offices))
    for language in ("en", "de", "fr", "nl", "es", "he"):
        assert any(c.bio_language == language for c in people)


def due(session: Session, day: date) -> Counter[str]:
    """What a night of that day would do, by its kind, were it the first since they were made."""
    steps = [attestations.due(one.facts, day) for one in attestations.stale(session, day)]
    return Counter(step.kind for step in steps if step)


def test_the_first_nights_ask_few_of_the_invented_and_hide_none(session: Session) -> None:
    loaded(session, 1000)

    assert 1 <= due(session, TODAY)["still_correct"] <= 25
    assert due(session, TODAY + timedelta(14))["hidden"] == 0


def statuses(session: Session) -> Counter[str]:
    return Counter(session.scalars(select(model.Listing.status)))


def test_a_demonstration_of_three_months_ago_is_as_fresh_as_a_new_one(session: Session) -> None:
    loaded(session, 1000)
    fresh, later = statuses(session), NOW + timedelta(92)
    for one in attestations.stale(session, later.date()):  # a night
        step = attestations.due(one.facts, later.date())
        if step and step.kind != "still_correct":
            standing.set_status(session, one.id, step.kind, later, standing.NOT_CONFIRMED)
    assert statuses(session)["active"] < 20

    moved = demo.refresh(session, later)

    assert moved == 1000 - fresh["paused"]
    assert statuses(session) == fresh
    assert 1 <= due(session, later.date())["still_correct"] <= 25
    assert due(session, later.date() + timedelta(14))["hidden"] == 0
    assert demo.refresh(session, later) == 0


def test_a_demonstration_of_a_few_days_stays_as_it_is(session: Session) -> None:
    loaded(session, 200)

    assert demo.refresh(session, NOW + timedelta(5)) == 0


def test_who_said_something_themselves_keeps_their_dates(session: Session) -> None:
    one, edited, owned, *_others = loaded(session, 200)
    make_account(session, practitioner_id=session.get_one(model.Listing, owned.id).practitioner_id)
    real = make_listing(session, name="Ada Example", attested_on=TODAY)
    attestations.confirm(session, one.id, NOW)
    session.get_one(model.Listing, edited.id).version = 2

    assert demo.refresh(session, NOW + timedelta(40)) > 100

    said = dict(session.execute(select(model.Listing.id, model.Listing.attested_on)).all())  # type: ignore[arg-type]
    assert (said[one.id], said[real.id], said[edited.id]) == (TODAY, TODAY, edited.content.attested_on)
    assert owned.content.attested_on and said[owned.id] > owned.content.attested_on


def test_the_index_is_told_of_who_was_made_fresh(session: Session) -> None:
    loaded(session, 50)
    before = changes.latest(session)

    moved = demo.refresh(session, NOW + timedelta(40))

    assert changes.latest(session) - before == moved > 30


def test_pairs_share_a_town_and_name_each_other(session: Session) -> None:
    pairs = {p.public_id: p.partner.public_id for p in loaded(session, 200) if p.partner}

    assert pairs and all(pairs[other] == one for one, other in pairs.items())


def test_most_live_where_most_networks_are(session: Session) -> None:
    lands = Counter(o.country for p in loaded(session, 800) for o in p.content.offices[:1])

    assert lands.most_common(1)[0][0] == "US"
    assert lands["US"] + lands["CA"] > 0.4 * lands.total()
    assert "TO" not in lands


def test_offices_lie_in_their_towns(session: Session) -> None:
    middle = {(t.country, t.name): t for t in TOWNS}

    for told in (p.content for p in loaded(session, 200)):
        for office in told.offices:
            town = middle[office.country, office.locality]
            assert office.region == town.region_code
            assert office.lat is not None and abs(office.lat - town.lat) < 0.5


def test_public_ids_are_of_the_usual_shape() -> None:
    ids = {public_id(1, n) for n in range(1000)}

    assert len(ids) == 1000 and all(len(id) == 12 and id.isascii() and id.isalnum() for id in ids)


def test_a_gazetteer_without_cities_says_what_to_do(session: Session) -> None:
    class Empty:
        def cities(self, countries: Collection[str], min_population: int) -> Iterable[object]:
            return ()

    with pytest.raises(UsageError, match="places build"):
        demo.load(session, 1, 1, Empty(), NOW)  # type: ignore[arg-type]


def test_every_country_has_names_and_sentences_that_exist() -> None:
    for entry in countries().values():
        assert set(entry.names) <= set(_names())
        assert entry.price[0] < entry.price[1]


def test_progress_is_told(session: Session) -> None:
    told: list[tuple[int, int]] = []

    demo.load(session, revisions.BATCH + 1, 1, Towns(), NOW, lambda done, all: told.append((done, all)))

    assert told == [(0, 1001), (1000, 1001), (1001, 1001)]


KILLED = """
import sys
from referral import db
from referral.listings import demo
from referral.listings.towns import Towns as Choice
from referral.listings.towns import countries
from tests.listings.towns import Towns
from tests.make import NOW

engine = db.open_engine(sys.argv[1])
with db.writing(engine) as session:
    def told(done, all):
        if done >= 2000:
            print("half-way", flush=True)
            sys.stdin.read()
    demo.load(session, 100000, 2, Towns(), NOW, told)
"""


def test_a_load_killed_half_way_leaves_what_was_there(engine: Engine, tmp_path: Path) -> None:
    with db.writing(engine) as session:
        demo.load(session, 30, 1, Towns(), NOW)
        session.commit()
    before = dump(engine)

    command = [sys.executable, "-c", KILLED, str(engine.url)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdout is not None and process.stdout.readline() == b"half-way\n"
        process.send_signal(signal.SIGKILL)

    assert process.returncode == -signal.SIGKILL
    assert dump(engine) == before
    with db.writing(engine) as session:
        assert demo.load(session, 5, 3, Towns(), NOW) == 5
        session.commit()
        assert indexing.count(session) <= 5

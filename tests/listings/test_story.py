"""Any sequence of edits and decisions against a model in plain dictionaries."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import model
from referral.errors import UsageError
from referral.listings import published, revisions
from referral.listings.content import Content, Office
from tests.make import NOW, make_account, make_listing

OFFICES = {"US1": "Springfield", "US2": "Chicago", "CA1": "Toronto", "DE1": "Berlin"}

EDITS = st.fixed_dictionaries(
    {},
    optional={
        "bio": st.sampled_from(["", "a", "b"]),
        "pronouns": st.sampled_from(["", "she/her"]),
        "website": st.sampled_from(["", "https://example.org/a", "https://example.org/b"]),
        "suffix": st.sampled_from(["", "MS", "PhD"]),
        "offices": st.lists(st.sampled_from(sorted(OFFICES)), max_size=3, unique=True).map(tuple),
    },
)
WHICH = st.integers(0, 30)
DEEDS = st.one_of(
    st.tuples(st.just("submit"), EDITS, st.booleans()),
    st.tuples(st.just("submit"), EDITS, st.just(False)),
    st.tuples(st.sampled_from(["approve", "send_back", "take_back"]), WHICH, st.booleans()),
    st.tuples(st.just("revert"), WHICH, st.just(False)),
)
AT_ONCE, WAIT = ("bio", "pronouns"), ("website", "suffix")


@dataclass
class Model:
    """What a listing should be."""

    shown: dict[str, Any] = field(
        default_factory=lambda: {"bio": "", "pronouns": "", "website": "", "suffix": "", "offices": ("US1",)}
    )
    waits: dict[str, Any] = field(default_factory=dict)
    stands_for: dict[str, str] = field(default_factory=dict)
    """Office that waits -> the one that is seen until it comes."""
    version: int = 1
    past: list[dict[str, Any]] = field(default_factory=list)
    """What was published by each version that published something."""

    def submit(self, wanted: dict[str, Any], stands_for: dict[str, str] | None = None) -> None:
        before = (dict(self.shown), dict(self.waits))
        near = {o[:2] for o in self.shown["offices"]} or {"US"}
        for name in AT_ONCE:
            self.shown[name] = wanted[name]
        if self.shown["website"] and not wanted["website"]:  # taken away, which no second reader is needed for
            self.shown["website"] = ""
            self.waits.pop("website", None)  # the one that waited is not wanted either
        self.waits |= {name: wanted[name] for name in WAIT if wanted[name] != self.shown[name]}
        if abroad := tuple(o for o in wanted["offices"] if o[:2] not in near):
            self.waits["offices"] = abroad
            self.stands_for = {new: old for new, old in (stands_for or {}).items() if new in abroad}
        seen = (o if o[:2] in near else self.stands_for.get(o, "") for o in wanted["offices"])
        self.shown["offices"] = tuple(dict.fromkeys(filter(None, seen)))
        self.waits = {n: v for n, v in self.waits.items() if self.joined(n, v) != self.shown[n]}
        if (self.shown, self.waits) != before:
            self.version += 1
        if self.shown != before[0]:
            self.past.append(dict(self.shown))

    def joined(self, name: str, value: Any) -> Any:
        if name != "offices":
            return value
        fresh = [o for o in value if o not in self.shown["offices"]]
        instead = {self.stands_for[o]: o for o in fresh if o in self.stands_for}
        placed = tuple(instead.get(o, o) for o in self.shown["offices"])
        return placed + tuple(o for o in fresh if o not in placed)

    def revert(self, place: int) -> None:
        """What was seen then is wished for again, each office in the place of one that was not there."""
        wanted = dict(self.past[place])
        left = (o for o in self.shown["offices"] if o not in wanted["offices"])
        fresh = [o for o in wanted["offices"] if o not in self.shown["offices"]]
        self.submit(wanted, dict(zip(fresh, left, strict=False)))

    def approve(self) -> None:
        self.shown |= {n: self.joined(n, v) for n, v in self.waits.items()}
        self.waits, self.version = {}, self.version + 1
        self.past.append(dict(self.shown))


def offices(names: tuple[str, ...]) -> tuple[Office, ...]:
    return tuple(Office(n[:2], locality=OFFICES[n]) for n in names)


def content(before: Content, wanted: dict[str, Any]) -> Content:
    return replace(before, **{**wanted, "offices": offices(wanted["offices"])})


def shown(content: Content) -> dict[str, Any]:
    plain = {name: getattr(content, name) for name in (*AT_ONCE, *WAIT)}
    named = {town: name for name, town in OFFICES.items()}
    return plain | {"offices": tuple(named[o.locality] for o in content.offices)}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=12))
def test_any_story_ends_as_the_model_says(engine: Engine, deeds: list[Any]) -> None:
    with Session(engine) as session:
        told = Model()
        id = make_listing(session, licences=["LMFT"], offices=[{"country": "US", "locality": "Springfield"}]).id
        moderator = make_account(session, "moderator").id
        proposals: list[int] = []
        told.past.append(dict(told.shown))

        for deed in deeds:
            happen(session, id, moderator, told, proposals, deed)
            agrees(session, id, told)


def happen(session: Session, id: int, moderator: int, told: Model, proposals: list[int], deed: Any) -> None:
    kind, what, other = deed
    there = published.load_any(session, [id])[0]
    if kind == "submit":
        wanted = told.shown | what
        if other:
            with pytest.raises(revisions.Outdated):
                revisions.submit(session, id, content(there.content, wanted), told.version - 1, moderator, NOW)
            return
        done = revisions.submit(session, id, content(there.content, wanted), told.version, moderator, NOW)
        told.submit(wanted)
        assert (done.version, set(done.waiting)) == (told.version, set(told.waits))
    elif kind == "revert":
        approved = [p for p in revisions.history(session, id)[::-1] if p.state == "approved"]
        place = what % len(approved)
        done = revisions.revert(session, id, approved[place].revision_id, told.version, moderator, NOW)
        told.revert(place)
    else:
        decide(session, moderator, told, proposals, deed)
        return
    if done.revision_id and done.revision_id not in proposals:
        proposals.append(done.revision_id)


def decide(session: Session, moderator: int, told: Model, proposals: list[int], deed: Any) -> None:
    """Decide on what waits, or on what waited once."""
    kind, what, old = deed
    if not proposals:
        return
    number = proposals[what % len(proposals)] if old else proposals[-1]
    do = {
        "approve": lambda: revisions.approve(session, number, moderator, NOW),
        "send_back": lambda: revisions.send_back(session, number, moderator, "No.", NOW),
        "take_back": lambda: revisions.take_back(session, number, moderator, NOW),
    }[kind]
    if not (told.waits and number == proposals[-1]):
        with pytest.raises(UsageError, match="in the meantime"):
            do()
        return
    do()
    if kind == "approve":
        told.approve()
    told.waits = {}


def agrees(session: Session, id: int, told: Model) -> None:
    there = published.load_any(session, [id])[0]
    assert (shown(there.content), there.version) == (told.shown, told.version)
    waits = revisions.waiting(session, id)
    assert (set(waits.fields) if waits else set()) == set(told.waits)
    if waits:
        assert shown(waits.content) == told.shown | {n: told.joined(n, v) for n, v in told.waits.items()}
    proposed = select(func.count()).where(model.Revision.listing_id == id, model.Revision.state == "proposed")
    assert session.scalar(proposed) == (1 if told.waits else 0)
    approved = [p for p in revisions.history(session, id)[::-1] if p.state == "approved"]
    assert [shown(p.content) for p in approved] == told.past

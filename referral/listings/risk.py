"""What of an edit is published at once and what waits for a moderator: a rule for every field of a content. Pure.

DESIGN section 3: what goes stale is the therapist's to keep true by the minute; what says who somebody is, what they
are allowed to do, or where else in the world they work, is read by a second person first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from referral import terms
from referral.listings import abroad
from referral.listings.content import Answer, Content, Credential, Licence, as_json, from_json

OURS, AT_ONCE, WAITS, PARTLY = "ours", "at once", "waits", "partly"

RULES: Mapping[str, str] = {
    "name": WAITS,
    "public_id": OURS,
    "status": OURS,
    "source": OURS,
    "sort_name": WAITS,
    "suffix": WAITS,  # "MS, LMFT" says what somebody is
    "pronouns": AT_ONCE,
    "identity": AT_ONCE,
    "demonstration": OURS,
    "new_clients": AT_ONCE,
    "new_clients_confirmed_on": AT_ONCE,
    "next_opening": AT_ONCE,
    "waitlist": AT_ONCE,
    "intro_call_minutes": AT_ONCE,
    "bio": AT_ONCE,
    "bio_language": AT_ONCE,
    "website": PARTLY,  # another one waits; taking it away shows nobody anything new
    "phone": AT_ONCE,
    "email": WAITS,  # couples' letters go there
    "no_enquiries": AT_ONCE,
    "photo": PARTLY,  # likewise
    "photo_alt": PARTLY,  # waits together with the photo it describes
    "partner": PARTLY,  # it shows somebody else's name; taking it away needs no second reader
    "consented_on": OURS,
    "attested_on": OURS,
    "next_due": OURS,
    "offices": PARTLY,  # those in another country wait, and what they replace is seen until then
    "terms": PARTLY,  # the track waits: a facilitator is never labelled therapist
    "costs": AT_ONCE,
    "served": AT_ONCE,
    "credentials": WAITS,
    "licences": WAITS,
}
"""Field of Content -> what becomes of a change: ours is not the therapist's to change."""

TAKEN_AWAY = ("website", "photo", "partner")
"""Fields that can be emptied without a second reader; whatever else they say waits."""

GUARDED = frozenset({"track", "credential"})
"""The facets that say what somebody is: a therapist or a facilitator, and certified as what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An edit, sorted."""

    content: Content
    """What may be published at once."""
    published: tuple[str, ...]
    """The fields in which it differs from what is there."""
    waiting: Mapping[str, Any]
    """Field -> what waits, as JSON; of offices and terms only the part that waits."""


def asked(current: Content, wanted: Content, waiting: Mapping[str, Any]) -> Asked:
    """What becomes of the wish that `current` be `wanted`, while `waiting` waits already.

    What waits already goes on waiting unless the wish says something else in its place: who takes a partner away asks
    for no other one. A listing that nobody has applied for yet (a draft) has nothing that waits: it will be read as a
    whole.
    """
    wanted = _ordered_by_name(current, _proven(current, _ours(current, wanted)))
    wanted = abroad.unmarked(wanted) if current.status == "draft" else abroad.marked(current, wanted)
    calm = wanted if current.status == "draft" else _calm(current, wanted, "photo" in waiting)
    risky = {} if current.status == "draft" else _risky(current, wanted, calm)
    gone = {name for name in TAKEN_AWAY if getattr(current, name) and not getattr(calm, name)}
    if "photo" in gone:
        gone.add("photo_alt")
    left = {name: value for name, value in waiting.items() if name not in gone}
    merged = {name: value for name, value in {**left, **risky}.items() if _says_more(calm, name, value)}
    return Asked(calm, differing(current, calm), merged)


def granted(current: Content, waiting: Mapping[str, Any], fields: Sequence[str]) -> Content:
    """`current` with the `fields` of what waits; everything else, and what was edited since, stays."""
    told = from_json(waiting)
    return replace(current, **{name: _joined(current, told, name) for name in fields})


def differing(one: Content, other: Content) -> tuple[str, ...]:
    """The fields in which the two differ, in the order of Content."""
    return tuple(name for name in RULES if getattr(one, name) != getattr(other, name))


def _ours(current: Content, wanted: Content) -> Content:
    kept = {name: getattr(current, name) for name, rule in RULES.items() if rule == OURS}
    return replace(wanted, **kept)


def _ordered_by_name(current: Content, wanted: Content) -> Content:
    """Somebody who stood under their name stands under their new one."""
    unsaid = current.sort_name == wanted.sort_name == current.name
    return replace(wanted, sort_name=wanted.name) if unsaid else wanted


def _proven(current: Content, wanted: Content) -> Content:
    """Only what was verified before is verified: nobody says it of their own papers."""
    return replace(
        wanted,
        credentials=tuple(_as_verified(one, current.credentials) for one in wanted.credentials),
        licences=tuple(_as_verified(one, current.licences) for one in wanted.licences),
    )


def _as_verified(one: Any, before: Sequence[Credential] | Sequence[Licence]) -> Any:
    bare = replace(one, verified_by="", verified_on=None)
    return next((b for b in before if replace(b, verified_by="", verified_on=None) == bare), bare)


def _calm(current: Content, wanted: Content, photo_waits: bool) -> Content:
    """`wanted` with everything that waits as it is in `current`."""
    kept = {name: getattr(current, name) for name, rule in RULES.items() if rule == WAITS}
    kept |= {name: getattr(current, name) for name in TAKEN_AWAY if getattr(wanted, name)}
    if wanted.photo and (photo_waits or wanted.photo != current.photo):
        kept["photo_alt"] = current.photo_alt
    tracks = _tracks(current) if set(_tracks(current)) != set(_tracks(wanted)) else _tracks(wanted)
    kept["terms"] = _terms(tracks, wanted)
    kept["offices"] = abroad.seen(current, wanted)
    return replace(wanted, **kept)


def _risky(current: Content, wanted: Content, calm: Content) -> dict[str, Any]:
    """Field -> what of it waits, as JSON."""
    foreign = tuple(office for office in wanted.offices if abroad.is_abroad(office, current))
    part = replace(wanted, offices=foreign, terms=_tracks(wanted))
    told = as_json(part)
    return {name: told.get(name, _nothing(name)) for name in differing(wanted, calm)}


def _nothing(name: str) -> Any:
    return [] if isinstance(getattr(from_json({}), name), tuple) else ""


def _says_more(calm: Content, name: str, value: Any) -> bool:
    return bool(getattr(granted(calm, {name: value}, [name]), name) != getattr(calm, name))


def _joined(current: Content, told: Content, name: str) -> Any:
    if name == "offices":
        return abroad.joined(current, told.offices)
    return _terms(_tracks(told), current) if name == "terms" else getattr(told, name)


def _tracks(content: Content) -> tuple[Answer, ...]:
    return tuple(a for a in content.terms if a.facet in GUARDED)


def _terms(tracks: tuple[Answer, ...], content: Content) -> tuple[Answer, ...]:
    """The terms of `content` with these in the place of its own guarded ones."""
    places = {facet: place for place, facet in enumerate(terms.facets())}
    others = (a for a in content.terms if a.facet not in GUARDED)
    return tuple(sorted((*others, *tracks), key=lambda a: places[a.facet]))

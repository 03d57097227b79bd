"""Who may do what to which thing, as one table. Pure: no database, no web, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRIVILEGED = frozenset({"moderator", "operator"})
"""Roles that change what others wrote: nothing without a second factor."""

KEPT = frozenset({"draft", "pending", "active", "paused", "unconfirmed", "hidden", "held"})
"""Every state of a listing but removed; "held" is one a moderator took down, whatever its status."""

ANY: frozenset[str] = frozenset()
"""No state is asked for."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks."""

    role: str
    account_id: int
    listing_id: int | None = None
    """Their own listing's, if they have one, whatever their role."""
    networks: frozenset[str] = frozenset()
    """Slugs of the networks a coordinator looks after."""
    second_factor: bool = False
    """Whether this browser has shown one."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked about."""

    kind: str
    """One of "listing", "revision", "answer" (under one's own name), "report", "network", "network_revision",
    "membership", "question", "queue", "audit", "account"."""
    listing_id: int | None = None
    """The listing it is, or belongs to."""
    networks: frozenset[str] = frozenset()
    """The networks the listing belongs to, or the one network it is, or is about."""
    state: str = ""
    account_id: int | None = None
    """The account it is, or that asked for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one thing."""

    who: frozenset[str]
    """Of "owner", "coordinator" (of one of its networks), "moderator", "operator"."""
    states: frozenset[str] = ANY
    others_only: bool = False
    """Nobody decides about what is their own."""


def _rule(who: str, states: str = "", *, others_only: bool = False) -> Rule:
    return Rule(frozenset(who.split()), KEPT if states == "kept" else frozenset(states.split()), others_only)


RULES: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        ("listing", "see"): _rule("owner coordinator moderator operator"),
        ("listing", "edit"): _rule("owner", "kept"),
        ("listing", "confirm"): _rule("owner", "active paused unconfirmed hidden"),
        ("listing", "pause"): _rule("owner", "active paused unconfirmed"),
        ("listing", "resume"): _rule("owner", "paused"),
        ("listing", "leave"): _rule("owner", "kept"),
        ("listing", "erase"): _rule("operator"),
        ("listing", "history"): _rule("owner coordinator moderator operator"),
        ("listing", "revert"): _rule("owner", "kept"),
        ("listing", "counts"): _rule("owner"),
        ("listing", "apply"): _rule("owner", "kept"),
        ("listing", "answer"): _rule("owner", "active unconfirmed"),
        ("listing", "take_down"): _rule(
            "moderator operator", "draft pending active paused unconfirmed hidden", others_only=True
        ),
        ("listing", "bring_back"): _rule("moderator operator", "held", others_only=True),
        ("listing", "verify"): _rule("coordinator", "kept", others_only=True),
        ("revision", "see"): _rule("owner coordinator moderator operator"),
        ("revision", "approve"): _rule("moderator operator", "proposed", others_only=True),
        ("revision", "send_back"): _rule("moderator operator", "proposed", others_only=True),
        ("revision", "take_back"): _rule("owner", "proposed"),
        ("answer", "see"): _rule("owner moderator operator"),
        ("answer", "approve"): _rule("moderator operator", "proposed", others_only=True),
        ("answer", "send_back"): _rule("moderator operator", "proposed approved", others_only=True),
        ("answer", "take_back"): _rule("owner", "proposed approved"),
        ("report", "see"): _rule("moderator operator", others_only=True),
        ("report", "decide"): _rule("moderator operator", "open", others_only=True),
        ("network", "see"): _rule("coordinator moderator operator"),
        ("network", "import"): _rule("coordinator operator"),
        ("network", "edit"): _rule("coordinator"),
        ("network", "announce"): _rule("coordinator"),
        ("network_revision", "see"): _rule("coordinator moderator operator"),
        ("network_revision", "approve"): _rule("moderator operator", "proposed", others_only=True),
        ("network_revision", "send_back"): _rule("moderator operator", "proposed", others_only=True),
        ("network_revision", "take_back"): _rule("coordinator", "proposed"),
        ("membership", "see"): _rule("coordinator moderator operator"),
        ("membership", "confirm"): _rule("coordinator", "applied", others_only=True),
        ("membership", "decline"): _rule("coordinator", "applied", others_only=True),
        ("membership", "renew"): _rule("coordinator", "member", others_only=True),
        ("membership", "end"): _rule("coordinator", "member", others_only=True),
        ("membership", "readmit"): _rule("coordinator", "former", others_only=True),
        ("question", "edit"): _rule("moderator operator"),
        ("queue", "see"): _rule("moderator operator"),
        ("audit", "see"): _rule("moderator operator"),
        ("account", "change"): _rule("owner"),
        ("account", "set_role"): _rule("operator", others_only=True),
        ("account", "suspend"): _rule("operator", others_only=True),
    }
)
"""(kind, action) -> its rule; what does not stand here, nobody may."""


def may(actor: Actor, action: str, thing: Thing) -> bool:
    """Whether `actor` may do `action` to `thing`, in the state it is in."""
    rule = RULES.get((thing.kind, action))
    if rule is None or (actor.role in PRIVILEGED and not actor.second_factor):
        return False
    if rule.states and thing.state not in rule.states:
        return False
    if rule.others_only and owns(actor, thing):
        return False
    return bool(rule.who & _relations(actor, thing))


def owns(actor: Actor, thing: Thing) -> bool:
    """Whether the thing is the actor's own: their account, what they asked of a network, their listing or a part."""
    if thing.kind in ("account", "network_revision"):
        return thing.account_id == actor.account_id
    return thing.listing_id is not None and thing.listing_id == actor.listing_id


def _relations(actor: Actor, thing: Thing) -> frozenset[str]:
    """What the actor is to the thing."""
    found = {actor.role} & PRIVILEGED
    if owns(actor, thing):
        found |= {"owner"}
    if actor.role == "coordinator" and actor.networks & thing.networks:
        found |= {"coordinator"}
    return frozenset(found)

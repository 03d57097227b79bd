"""Who may do what: the whole matrix of roles, actions, things and states, against a table written out by hand."""

from itertools import product

import pytest

from referral.accounts.permissions import RULES, Actor, Thing, may

MINE, THEIRS = 1, 2
NETWORK, OTHER = frozenset({"irna"}), frozenset({"igi"})

LISTING = ("draft", "pending", "active", "paused", "unconfirmed", "hidden", "held", "removed")
REVISION = ("proposed", "approved", "returned", "withdrawn")
REPORT = ("open", "upheld", "dismissed")
MEMBERSHIP = ("applied", "member", "former")
STATES = {
    "listing": LISTING, "revision": REVISION, "answer": REVISION, "report": REPORT, "network_revision": REVISION,
    "membership": MEMBERSHIP,
}  # fmt: skip
OF_LISTINGS = ("listing", "revision", "answer", "report", "membership")
OF_ACCOUNTS = ("account", "network_revision")
NEAR = (*OF_LISTINGS, "network", "network_revision")

# D draft, P pending, A active, Z paused, U unconfirmed, H hidden, X held, R removed; p a r w: revisions; o u d: reports
# s m f: memberships that somebody says they have, has, had
LETTERS = {
    "listing": dict(zip("DPAZUHXR", LISTING, strict=True)),
    "revision": dict(zip("parw", REVISION, strict=True)),
    "answer": dict(zip("parw", REVISION, strict=True)),
    "report": dict(zip("oud", REPORT, strict=True)),
    "network_revision": dict(zip("parw", REVISION, strict=True)),
    "membership": dict(zip("smf", MEMBERSHIP, strict=True)),
}

TABLE = """
    thing     action      own       network   moderator  operator
    listing   see         DPAZUHXR  DPAZUHXR  DPAZUHXR   DPAZUHXR
    listing   edit        DPAZUHX   -         -          -
    listing   confirm     AZUH      -         -          -
    listing   pause       AZU       -         -          -
    listing   resume      Z         -         -          -
    listing   leave       DPAZUHX   -         -          -
    listing   erase       -         -         -          DPAZUHXR
    listing   history     DPAZUHXR  DPAZUHXR  DPAZUHXR   DPAZUHXR
    listing   revert      DPAZUHX   -         -          -
    listing   apply       DPAZUHX   -         -          -
    listing   counts      DPAZUHXR  -         -          -
    listing   answer      AU        -         -          -
    listing   take_down   -         -         DPAZUH     DPAZUH
    listing   bring_back  -         -         X          X
    listing   verify      -         DPAZUHX   -          -
    revision  see         parw      parw      parw       parw
    revision  approve     -         -         p          p
    revision  send_back   -         -         p          p
    revision  take_back   p         -         -          -
    answer    see         parw      -         parw       parw
    answer    approve     -         -         p          p
    answer    send_back   -         -         pa         pa
    answer    take_back   pa        -         -          -
    report    see         -         -         oud        oud
    report    decide      -         -         o          o
    network   see         -         yes       yes        yes
    network   import      -         yes       -          yes
    network   edit        -         yes       -          -
    network   announce    -         yes       -          -
    network_revision see       -    parw      parw       parw
    network_revision approve   -    -         p          p
    network_revision send_back -    -         p          p
    network_revision take_back -    p         -          -
    membership see        -         smf       smf        smf
    membership confirm    -         s         -          -
    membership decline    -         s         -          -
    membership renew      -         m         -          -
    membership end        -         m         -          -
    membership readmit    -         f         -          -
    question  edit        -         -         yes        yes
    queue     see         -         -         yes        yes
    audit     see         -         -         yes        yes
    account   change      yes       -         -          -
    account   set_role    -         -         -          yes
    account   suspend     -         -         -          yes
"""
"""In which states: for the owner, for a coordinator of its network, for a moderator and an operator with their second
factor. What is one's own is decided about by nobody else's right: see NOT_ONES_OWN."""

NOT_ONES_OWN = {
    ("listing", "take_down"), ("listing", "bring_back"), ("listing", "verify"), ("revision", "approve"),
    ("network_revision", "approve"), ("network_revision", "send_back"), ("membership", "confirm"),
    ("membership", "decline"), ("membership", "renew"), ("membership", "end"), ("membership", "readmit"),
    ("answer", "approve"), ("answer", "send_back"),
    ("revision", "send_back"), ("report", "see"), ("report", "decide"), ("account", "set_role"), ("account", "suspend"),
}  # fmt: skip

COLUMNS = ("own", "network", "moderator", "operator")
ROWS = {
    (kind, action): dict(zip(COLUMNS, cells, strict=True))
    for kind, action, *cells in (line.split() for line in TABLE.strip().splitlines()[1:])
}
KINDS = sorted({kind for kind, _action in ROWS})
ACTIONS = sorted({action for _kind, action in ROWS} | {"fly"})
ROLES = ("therapist", "coordinator", "moderator", "operator")


def allowed(kind: str, action: str, column: str, state: str) -> bool:
    """Whether the table has `state` in this cell."""
    cell = ROWS.get((kind, action), {}).get(column, "-")
    return cell == "yes" or (cell != "-" and state in {LETTERS[kind][c] for c in cell})


def expected(actor: Actor, kind: str, action: str, state: str, *, own: bool, near: bool) -> bool:
    """What the table says, read as a person would."""
    if actor.role in ("moderator", "operator") and not actor.second_factor:
        return False
    if own and (kind, action) in NOT_ONES_OWN:
        return False
    columns = [actor.role] if actor.role in COLUMNS else []
    columns += ["own"] if own else []
    columns += ["network"] if near and actor.role == "coordinator" else []
    return any(allowed(kind, action, column, state) for column in columns)


def thing(kind: str, state: str, *, own: bool, near: bool) -> Thing:
    """A thing of this kind, the actor's own or near them."""
    listing = (MINE if own else THEIRS) if kind in OF_LISTINGS else None
    account = (MINE if own else THEIRS) if kind in OF_ACCOUNTS else None
    networks = (NETWORK if near else OTHER) if kind in NEAR else frozenset()
    return Thing(kind, listing, networks, state, account)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_matrix(role: str, kind: str) -> None:
    wrong = []
    for action, state, own, near, factor in product(ACTIONS, STATES.get(kind, ("",)), *[(True, False)] * 3):
        actor = Actor(role, MINE, MINE, NETWORK if role == "coordinator" else frozenset(), factor)
        mine = own and kind in (*OF_LISTINGS, *OF_ACCOUNTS)
        asked = thing(kind, state, own=mine, near=near)
        belongs = {"own": mine, "near": near and kind in NEAR}
        if may(actor, action, asked) != expected(actor, kind, action, state, **belongs):
            wrong.append((action, state, own, near, factor))

    assert wrong == []


def test_every_rule_stands_in_the_table() -> None:
    assert set(RULES) == set(ROWS)


def test_somebody_without_a_listing_owns_nothing_that_has_none() -> None:
    assert not may(Actor("therapist", MINE, None), "edit", Thing("listing", None, state="active"))


def test_a_moderator_is_a_therapist_for_their_own_listing() -> None:
    moderator = Actor("moderator", MINE, MINE, second_factor=True)

    assert may(moderator, "edit", Thing("listing", MINE, state="active"))
    assert not may(moderator, "approve", Thing("revision", MINE, state="proposed"))
    assert may(moderator, "approve", Thing("revision", THEIRS, state="proposed"))


def test_a_coordinator_sees_only_their_networks() -> None:
    one = Actor("coordinator", MINE, None, NETWORK)

    assert may(one, "see", Thing("listing", THEIRS, NETWORK, "pending"))
    assert not may(one, "see", Thing("listing", THEIRS, OTHER, "pending"))

"""What the audit log says was done, in words. Every action that is written has a line here; a test says so."""

from collections.abc import Mapping
from typing import Any

from referral.listings import differences
from referral.networks import facts
from referral.text import N_, _, listed

_NOTHING: Mapping[str, Any] = {}

ACTIONS: Mapping[str, str] = {
    "sign_in": N_("signed in"),
    "sign_out_everywhere": N_("signed out everywhere"),
    "account": N_("account added"),
    "role": N_("role changed"),
    "email": N_("e-mail address changed"),
    "passkey": N_("passkey added"),
    "passkey_removed": N_("passkey removed"),
    "second_factor_set_up": N_("second factor set up"),
    "second_factor_removed": N_("second factor removed"),
    "second_factors_reset": N_("second factors reset"),
    "account_suspended": N_("account suspended"),
    "account_restored": N_("account let in again"),
    "recovery_codes": N_("new recovery codes"),
    "never_used": N_("account never used, deleted"),
    "publish": N_("published"),
    "submit": N_("change asked for"),
    "approve": N_("approved"),
    "send_back": N_("returned"),
    "take_back": N_("taken back"),
    "take_down": N_("taken down"),
    "put_back": N_("put back"),
    "admit": N_("listing accepted"),
    "pinpoint": N_("place found from the address"),
    "attest": N_("confirmed as still correct"),
    "consent": N_("agreed to be listed"),
    "erase": N_("erased"),
    "pause": N_("paused"),
    "resume": N_("pause ended"),
    "expired": N_("credential expired"),
    "ended": N_("membership over"),
    "not_yet": N_("wrong date put right"),
    "vouch": N_("confirmed by the network"),
    "renew": N_("credential renewed"),
    "enrol": N_("added to the roster"),
    "apply": N_("applied to a network"),
    "readmit": N_("membership begun again"),
    "decline": N_("membership declined"),
    "end_membership": N_("membership ended"),
    "import": N_("roster imported"),
    "export": N_("roster exported"),
    "add": N_("question added"),
    "save": N_("question changed"),
    "hide": N_("question hidden"),
    "show": N_("question shown again"),
    "review": N_("translation read"),
    "propose_answer": N_("answer proposed"),
    "approve_answer": N_("answer published"),
    "send_back_answer": N_("answer returned"),
    "take_back_answer": N_("answer taken back"),
    "workshop_added": N_("workshop announced"),
    "workshop_changed": N_("workshop changed"),
    "workshop_withdrawn": N_("workshop called off"),
    "upheld": N_("report upheld"),
    "dismissed": N_("report dismissed"),
}
"""Action of the log -> what people call it."""


BROUGHT: Mapping[str, tuple[str, str]] = {
    "roster": (N_("brought by a roster"), N_("changed by a roster")),
    "import": (N_("brought by an import"), N_("changed by an import")),
    "applied": (N_("applied for a listing"), N_("applied for a listing")),
}
"""First word of why a whole listing was written -> what people call that of somebody new, and of somebody known: most
of them nobody sees yet.
"""


def called(action: str, detail: Mapping[str, Any] = _NOTHING) -> str:
    """What people call the action, of which the log holds this `detail`."""
    why = str(detail.get("reason", "")).partition(" ")[0]
    if action == "publish" and why in BROUGHT:
        return _(BROUGHT[why][0 if detail.get("new", True) else 1])
    if action == "publish" and not detail.get("seen", True):
        return _("saved, not shown yet")
    return _(ACTIONS.get(action, action))


def of_what(kind: str, detail: Mapping[str, Any]) -> str:
    """The fields an action of this `kind` of thing was about, by name alone; empty where the log holds none."""
    named = detail.get("fields") or [*detail.get("published", ()), *detail.get("asked", detail.get("waiting", ()))]
    if kind == "question":
        return ""
    label = facts.field_label if kind == "network" else differences.field_label
    return listed(dict.fromkeys(label(str(field)) for field in named))

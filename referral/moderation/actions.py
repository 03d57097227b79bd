"""What the audit log says was done, in words. Every action that is written has a line here; a test says so."""

from collections.abc import Mapping

from referral.text import N_, _

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


def called(action: str) -> str:
    """What people call the action."""
    return _(ACTIONS.get(action, action))

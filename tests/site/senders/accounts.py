"""What somebody sends who has an account, or comes to it."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import model
from referral.accounts import signin
from referral.model import Account
from referral.web.security import Person, extension
from tests.accounts.people import letters, link_of, make_account
from tests.accounts.test_passkeys import add_key
from tests.accounts.test_second_factor import code
from tests.site.senders.world import Form, World


def _email(w: World) -> Form:
    new = w.email()
    return Form(w.browser(w.account()), "/account/email", {"email": new}, typed=new)


def _moved(w: World, kind: str) -> Form:
    client, new = w.browser(w.account()), w.email()
    client.post_form("/account/email", email=new)
    link = link_of(letters(w.engine, "email_change")[-1])
    if kind == "email_changed":
        client.post_form(link)
        link = link_of(letters(w.engine, kind)[-1])
    return Form(w.visitor(), link, done=200)


def _stop(w: World, email: str) -> Form:
    head = w.app.extensions["referral"].letterhead
    path = head.stop("pair", email).link.removeprefix(head.base_url)
    return Form(w.visitor(), path, {"List-Unsubscribe": "One-Click"}, done=200)


def _again(w: World) -> Form:
    account = w.account()
    _stop(w, account.email).send(0)
    return Form(w.browser(account), "/account/letters/again", {"topic": "pairs"})


def _key(w: World, what: str, **told: str) -> Form:
    account = w.account()
    number = add_key(w.engine, account.email, account.email)
    return Form(w.browser(account), f"/account/passkeys/{number}/{what}", told, typed=told.get("name", ""))


def _ceremony(w: World, begin: str, end: str) -> Form:
    """A key that says nothing: that it was asked for is used up all the same."""
    client = w.browser(w.account()) if begin == "begin" else w.visitor()
    state = client.post_form(f"/account/passkeys/{begin}").json["state"]
    return Form(client, f"/account/passkeys/{end}", {"state": state, "credential": "{}"}, done=400)


def _with_codes(w: World) -> tuple[Account, str, list[str]]:
    def deed(session: Session) -> tuple[Account, str, list[str]]:
        account = make_account(session, w.email(), "therapist")
        secret = extension().totp_factory.generate_totp_secret()
        account.tf_primary_method, account.tf_totp_secret = "authenticator", secret
        return account, secret, extension().mf_recovery_codes_util.create_recovery_codes(Person(account))

    with w.app.test_request_context():
        return w.write(deed)  # type: ignore[no-any-return]


def _code(w: World) -> Form:
    account, secret, _codes = _with_codes(w)
    return Form(w.browser(account, second_factor=False), "/account/second-factor/code", {"code": code(w.app, secret)})


def _recovery(w: World) -> Form:
    account, _secret, codes = _with_codes(w)
    client = w.browser(account, second_factor=False)
    return Form(client, "/account/second-factor/recovery", {"recovery": codes[0]})


def _set_up(w: World) -> Form:
    client = w.browser(w.account())
    state = client.get("/account/second-factor/set-up").text.partition('name="state" value="')[2].partition('"')[0]
    with w.app.test_request_context():
        secret = extension().tf_setup_serializer.loads(state)[1]
    return Form(client, "/account/second-factor/set-up", {"state": state, "code": code(w.app, secret)}, done=200)


def _session(w: World) -> Form:
    account = w.account()
    w.browser(account)
    with Session(w.engine) as session:
        mine = select(model.SignIn.public_id).where(model.SignIn.account_id == account.id)
        other = session.scalars(mine).one()
    return Form(w.browser(account), f"/account/sessions/{other}/end")


def _signing_in(w: World) -> Form:
    account = w.account()
    secret = w.secret(signin.PURPOSE, account.email, account_id=account.id, detail={"to": ""})
    return Form(w.visitor(), f"/account/sign-in/{secret}")


FORMS: Mapping[str, Callable[[World], Form]] = {
    "address.ask": _email,
    "address.change": lambda w: _moved(w, "email_change"),
    "address.undo": lambda w: _moved(w, "email_changed"),
    "accounts.speak": lambda w: Form(w.browser(w.account()), "/account/language", {"language": "de"}),
    "letters.again": _again,
    "passkeys.remove": lambda w: _key(w, "remove"),
    "passkeys.rename": lambda w: _key(w, "rename", name="The one in the kitchen"),
    "passkeys.begin": lambda w: Form(w.browser(w.account()), "/account/passkeys/begin", done=200),
    "passkeys.add": lambda w: _ceremony(w, "begin", "add"),
    "passkeys.start": lambda w: Form(w.visitor(), "/account/passkeys/start", done=200),
    "passkeys.show": lambda w: _ceremony(w, "start", "show"),
    "second_factor.code": _code,
    "second_factor.recover": _recovery,
    "second_factor.new_codes": lambda w: Form(
        w.browser(_with_codes(w)[0]), "/account/second-factor/recovery-codes", done=200
    ),
    "second_factor.remove": lambda w: Form(w.browser(_with_codes(w)[0]), "/account/second-factor/remove"),
    "second_factor.forget": lambda w: Form(w.browser(_with_codes(w)[0]), "/account/second-factor/forget"),
    "second_factor.set_up": _set_up,
    "accounts.end": _session,
    "accounts.ask": lambda w: Form(w.visitor(), "/account/sign-in", {"email": w.account().email}),
    "accounts.use": _signing_in,
    "accounts.sign_out": lambda w: Form(w.browser(w.account()), "/account/sign-out"),
    "accounts.sign_out_everywhere": lambda w: Form(w.browser(w.account()), "/account/sign-out/everywhere"),
    "letters.stop": lambda w: _stop(w, w.email()),
}

"""Commands for who may sign in."""

import click

from referral import db
from referral.accounts import addresses, roles, signin
from referral.cli.saying import Group
from referral.errors import UsageError
from referral.model.account import ROLES
from referral.networks import areas
from referral.web import rooms

people = Group("accounts", help="Who may sign in.")


@people.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--listing", metavar="PUBLIC_ID", default="", help="Their own listing.")
@click.option("--network", "networks", metavar="SLUG", multiple=True, help="A network a coordinator looks after.")
def add_account(email: str, role: str, listing: str, networks: tuple[str, ...]) -> None:
    """Give EMAIL an account, or another role; prints a link to sign in with."""
    here = rooms()
    with db.writing(here.engine) as session:
        if unknown := sorted(set(networks) - areas.slugs(session)):
            raise UsageError(f"There is no network “{unknown[0]}”. The addresses under /networks end in their names.")
        before = [one.email for one in roles.owners(session, listing)]
        account = roles.add(session, addresses.clean(email), role, here.now(), listing=listing, networks=networks)
        link = signin.link(session, account, here.now(), here.config.base_url)
        lost = [one for one in before if one != account.email]
        session.commit()
    for one in lost:
        click.echo(f"{one} had this listing, has it no more, and is signed out.")
    click.echo(f"{role}: sign in within {signin.MINUTES} minutes, once, at\n{link}")


@people.command("reset")
@click.argument("email")
def reset_account(email: str) -> None:
    """Let EMAIL in again who lost phone and recovery codes; prints a link. Make sure first that it is them."""
    here = rooms()
    with db.writing(here.engine) as session:
        account = roles.reset(session, addresses.clean(email), here.now(), here.config.base_url)
        link = signin.link(session, account, here.now(), here.config.base_url)
        session.commit()
    click.echo(f"Second factors and sessions ended. Sign in within {signin.MINUTES} minutes, once, at\n{link}")


@people.command("suspend")
@click.argument("email")
@click.option("--lift", is_flag=True, help="Let them in again.")
def suspend_account(email: str, lift: bool) -> None:
    """Let EMAIL in no more, at once: signed out everywhere, and no link lets them in. Their listing stays as it is."""
    here = rooms()
    with db.writing(here.engine) as session:
        roles.suspend(session, addresses.clean(email), here.now(), lift=lift)
        session.commit()
    click.echo("They can sign in again." if lift else "Suspended and signed out. To hide a listing, take it down.")

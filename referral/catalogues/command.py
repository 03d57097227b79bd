"""The command that brings the catalogues in step with the texts."""

import sys

import click

from referral import text


@click.command("translations")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a language that is offered lacks something.")
@click.argument("languages", nargs=-1)
def translate(check: bool, languages: tuple[str, ...]) -> None:
    """Bring the catalogues (or those of LANGUAGES, also new ones) in step with the texts, and say what they lack."""
    from referral.catalogues import keeping  # reads half of Babel, which no other command needs

    if check and (unknown := sorted(set(languages) - set(text.catalogues()))):
        raise click.BadParameter(f"There is no catalogue of “{unknown[0]}”. Without --check one is begun.")
    wanted = keeping.template()
    look = keeping.state if check else keeping.update
    states = [look(code, wanted) for code in languages or text.catalogues()]
    for one in states:
        marks = f"{'offered' if one.is_offered else 'not offered yet'}, {'' if one.is_reviewed else 'not '}reviewed"
        click.echo(f"{one.language}: {one.messages - len(one.faults)} of {one.messages}; {marks}")
        for fault in one.faults if check else ():
            click.echo(f"  {fault}")
    sys.exit(int(check and any(one.is_offered and one.faults for one in states)))

"""Letters from the shell: `letter` drafts one, hands it on and records it; `proof` reads any text for mistakes."""

from __future__ import annotations

from collections.abc import Mapping

import click

from followup_tui.cli.completing import file_names
from followup_tui.cli.doing import guarded
from followup_tui.cli.kinds import Command
from followup_tui.cli.session import Session
from followup_tui.cli.words import OVERRIDE, Word, one_id, with_session

FORMATS = ("text", "eml", "mailto", "print")


@click.command(cls=Command)
@one_id
@click.option("--template", metavar="NAME", default="", help="Which letter; else the one that suits now.")
@click.option("--to", metavar="NAME", help="Whom it goes to: a part of the name.")
@click.option(
    "--set", "fields", metavar="FIELD=TEXT", multiple=True, help="What a letter lacks: topic=the roadmap."
)
@click.option("--attach", metavar="FILE", multiple=True, shell_complete=file_names, help="Send a file along.")
@click.option("--draft", is_flag=True, help="The newest draft, instead of a new letter.")
@click.option("--keep", is_flag=True, help="Keep it as a draft.")
@click.option("--discard", is_flag=True, help="Throw the newest draft away.")
@click.option("--format", "form", type=Word(FORMATS), default="text", help="How it is printed.")
@click.option("-o", "output", metavar="FILE", shell_complete=file_names, help="Into a new file, or a folder.")
@click.option("--send", is_flag=True, help="Send it by the mail account of the settings, and record it.")
@click.option("--into-drafts", is_flag=True, help="Put it among that account's drafts.")
@click.option(
    "--sent", "sent_by", type=Word(["email", "post", "message"]), help="It went out by this way: record it."
)
@click.option("--templates", is_flag=True, help="List the templates, the most suitable first.")
@OVERRIDE
@with_session
def letter(session: Session, id: str, **typed: object) -> int:
    """Draft a letter or a script for an application, hand it on, and record it once it is sent.

    Prints the letter; nothing is saved but by --keep, --send, --into-drafts, --sent and --discard. What it lacks
    is named; --set says it for this letter, and your name and number belong into the settings. `--template call`
    is the script of a call, `--template voicemail` what to say after the beep.
    """
    from followup_tui.cli.letters import Order, carry_out

    _insist_one_way(typed)
    settings = session.load_settings()
    order = Order(fields=_fields(typed.pop("fields")), **typed)  # type: ignore[arg-type]
    with session.writing() if order.writes else session.reading() as tracker, guarded():
        return carry_out(order, tracker, tracker.find(id), settings)


_WAYS = {
    "send": "--send",
    "into_drafts": "--into-drafts",
    "sent_by": "--sent",
    "discard": "--discard",
    "templates": "--templates",
}
"""What a letter can't be told at the same time."""


def _insist_one_way(typed: Mapping[str, object]) -> None:
    named = [option for name, option in _WAYS.items() if typed[name]]
    alone = [option for option in ("--discard", "--templates") if option in named]
    if alone:
        named += [f"{'-o' if name == 'output' else f'--{name}'}" for name in ("keep", "output") if typed[name]]
    if len(named) > 1:
        raise click.UsageError(f"{' and '.join(named)} can't stand together: one at a time.")


def _fields(typed: object) -> Mapping[str, str]:
    from followup_tui.domain.letters.template_fields import FIELDS

    found: dict[str, str] = {}
    for pair in typed if isinstance(typed, tuple) else ():
        name, sign, text = str(pair).partition("=")
        if not sign or name not in FIELDS or not FIELDS[name].is_asked:
            known = ", ".join(name for name, field in FIELDS.items() if field.is_asked)
            raise click.UsageError(f"--set takes FIELD=TEXT, where FIELD is one of {known}.")
        found[name] = text
    return found


@click.command(cls=Command)
@click.argument("file", metavar="FILE|-", shell_complete=file_names)
@click.option("--for", "about", metavar="ID", help="The application it is written for: its names are known then.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@click.option("--ignore", metavar="TEXT", multiple=True, help="Never find this text again, in no letter.")
@click.option("--heed", metavar="TEXT", multiple=True, help="Find it again.")
@with_session
def proof(
    session: Session,
    file: str,
    about: str | None,
    as_json: bool,
    ignore: tuple[str, ...],
    heed: tuple[str, ...],
) -> int:
    """Read a text for mistakes, offline; the exit code is 3 where something was found.

    It is 1 where nothing was found because not all could be checked; stderr says why. The objects of --json have
    line and column (from 1, in characters), text, rule, message and suggestions.
    """
    from followup_tui.cli.proofing import proofread, say_proof, text_of
    from followup_tui.domain.model.text import clean_block

    text = text_of(file)
    cleaned = clean_block(text, "text").text
    with session.writing() if ignore or heed else session.reading() as tracker:
        id = tracker.find(about) if about else None
        proof = proofread(tracker, cleaned, id, session.load_settings(), ignore, heed)
    return say_proof(proof, text, as_json=as_json)

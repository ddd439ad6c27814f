"""Letters from the shell: `letter` drafts one, hands it on and records it; `proof` reads any text for mistakes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from followup_tui.cli import FINE, SOMETHING
from followup_tui.cli.completing import file_names
from followup_tui.cli.doing import guarded
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say, say_json, tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import OVERRIDE, Word, one_id, with_session
from followup_tui.domain.errors import BadInput, Refused
from followup_tui.domain.text import shown_line

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
@click.option("-o", "output", metavar="FILE", shell_complete=file_names, help="Into a file, which must be new.")
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

    settings = session.load_settings()
    order = Order(fields=_fields(typed.pop("fields")), **typed)  # type: ignore[arg-type]
    with session.writing() if order.writes else session.reading() as tracker, guarded():
        return carry_out(order, tracker, tracker.find(id), settings)


def _fields(typed: object) -> Mapping[str, str]:
    from followup_tui.domain.letter_fields import FIELDS

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

    The objects of --json have line and column (from 1, in characters), text, rule, message and suggestions.
    """
    from followup_tui.cli.letters import finding_line, proofread

    text = _text_of(file)
    with session.writing() if ignore or heed else session.reading() as tracker:
        proof = proofread(
            tracker, text, tracker.find(about) if about else None, session.load_settings(), ignore, heed
        )
    findings = proof.findings
    places = [finding.place_in(text) for finding in findings]
    if as_json:
        say_json(
            [
                {
                    "line": line,
                    "column": column,
                    "text": finding.text,
                    "rule": finding.rule,
                    "message": finding.message,
                    "suggestions": list(finding.suggestions),
                }
                for finding, (line, column) in zip(findings, places, strict=True)
            ]
        )
    else:
        for finding, (line, column) in zip(findings, places, strict=True):
            say(f"{line}:{column} {finding_line(finding)}")
    if proof.missing:
        tell(proof.missing)
    return SOMETHING if findings else FINE


def _text_of(file: str) -> str:
    """The text of a file, or of the input; raises a sentence where it can't be read or is too long."""
    from followup_tui.domain.text import BLOCK_LIMIT, clean_block

    most = BLOCK_LIMIT * 4
    try:
        content = sys.stdin.buffer.read(most + 1) if file == "-" else _content_of(Path(file), most)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise Refused(f"{shown_line(file)} can't be read ({error.strerror}); nothing was proofread.") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{shown_line(file)} isn't UTF-8 text in line {line}; nothing was proofread.", "file"
        ) from None
    return clean_block(text, "text").text


def _content_of(path: Path, most: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(most + 1)

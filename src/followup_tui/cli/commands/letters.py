"""Letters from the shell: `letter` drafts one, hands it on and records it; `proof` reads any text for mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followup_tui.cli import OK
from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext
from followup_tui.cli.output import write, write_message, write_result, write_table
from followup_tui.cli.params import OVERRIDE, ForgivingChoice, command, guard_errors, id_argument
from followup_tui.domain.commands.letters import addressee, require_plausible, require_sendable
from followup_tui.domain.format import in_words
from followup_tui.domain.letters.addressee import say_to
from followup_tui.domain.letters.description import describe_letter_to, describe_recorded_letter
from followup_tui.domain.letters.template_fields import FIELDS, FieldOwner
from followup_tui.domain.letters.typed_fields import doubt_of, require_fitting
from followup_tui.domain.model.contact import contacts_named
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.guard import Blocked
from followup_tui.letters.delivery import smtp
from followup_tui.letters.delivery.mail_login import (
    MailError,
    OutcomeUnknown,
    get_password,
    imap_server,
    smtp_server,
)
from followup_tui.letters.delivery.message import eml_bytes, mailto_link, plain_text, print_page
from followup_tui.letters.delivery.save_file import file_names, save_file
from followup_tui.tracker.regions import sender_of

if TYPE_CHECKING:
    from followup_tui.domain.model.touch import Letter
    from followup_tui.settings import Settings
    from followup_tui.tracker.composition import Composition
    from followup_tui.tracker.tracker import Tracker

FORMATS = ("text", "eml", "mailto", "print")


@command()
@id_argument
@click.option("--template", metavar="NAME", default="", help="Which letter; by default the one that fits now.")
@click.option("--to", metavar="NAME", help="The recipient: part of the name.")
@click.option("--set", "fields", metavar="FIELD=TEXT", multiple=True, help="Fill in a blank: topic=the roadmap.")
@click.option("--attach", metavar="FILE", multiple=True, shell_complete=complete_file, help="Attach a file.")
@click.option("--draft", is_flag=True, help="Use the newest draft instead of a new letter.")
@click.option("--keep", is_flag=True, help="Save it as a draft.")
@click.option("--discard", is_flag=True, help="Discard the newest draft.")
@click.option("--format", "form", type=ForgivingChoice(FORMATS), default="text", help="The format of the output.")
@click.option(
    "-o", "output", metavar="FILE", shell_complete=complete_file, help="Write it to a new file, or into a folder."
)
@click.option("--send", is_flag=True, help="Send it with the mail account in the settings, and record it.")
@click.option("--into-drafts", is_flag=True, help="Save it in the drafts folder of that account.")
@click.option(
    "--sent",
    "sent_by",
    type=ForgivingChoice([Channel.EMAIL, Channel.LINKEDIN, Channel.POST, Channel.MESSAGE]),
    help="Record that you sent it this way.",
)
@click.option("--templates", is_flag=True, help="List the templates, best match first.")
@OVERRIDE
def letter(session: CliContext, id: str, **typed: object) -> int:
    """Draft a letter or a call script for an application, send it, and record that it was sent.

    Prints the letter; only --keep, --send, --into-drafts, --sent and --discard save anything. If something is
    missing, it is named: --set fills it in for this letter, and your name and number belong in the settings.
    `--template call` is a call script, `--template voicemail` what to say after the beep.
    """

    _require_one_way(typed)
    settings = session.load_settings()
    order = LetterOptions(fields=_fields(typed.pop("fields")), **typed)  # type: ignore[arg-type]
    with session.writing() if order.writes else session.reading() as tracker, guard_errors():
        return run_letter(order, tracker, tracker.queries.find(id), settings)


_WAYS = {
    "send": "--send",
    "into_drafts": "--into-drafts",
    "sent_by": "--sent",
    "discard": "--discard",
    "templates": "--templates",
}
"""What a letter can't be told at the same time."""


def _require_one_way(typed: Mapping[str, object]) -> None:
    named = [option for name, option in _WAYS.items() if typed[name]]
    alone = [option for option in ("--discard", "--templates") if option in named]
    if alone:
        named += [f"{'-o' if name == 'output' else f'--{name}'}" for name in ("keep", "output") if typed[name]]
    if len(named) > 1:
        raise click.UsageError(f"{' and '.join(named)} can't be combined: use one at a time.")


def _fields(typed: object) -> Mapping[str, str]:
    values: dict[str, str] = {}
    for pair in typed if isinstance(typed, tuple) else ():
        name, sign, text = str(pair).partition("=")
        if not sign or name not in FIELDS or not FIELDS[name].is_asked:
            names = ", ".join(name for name, field in FIELDS.items() if field.is_asked)
            raise click.UsageError(f"--set takes FIELD=TEXT, where FIELD is one of {names}.")
        values[name] = text
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOptions:
    """What `letter` was told, option by option."""

    template: str
    to: str | None
    fields: Mapping[str, str]
    attach: tuple[str, ...]
    draft: bool
    keep: bool
    discard: bool
    form: str
    output: str | None
    send: bool
    into_drafts: bool
    sent_by: Channel | None
    templates: bool
    override: str

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.keep or self.discard or self.send or self.into_drafts or self.sent_by is not None


def run_letter(order: LetterOptions, tracker: Tracker, id: str, settings: Settings) -> int:
    """Do what was ordered for an application; the exit code."""
    if order.templates:
        return _list_templates(order, tracker, id)
    if order.discard:
        return write_result(tracker.letters.discard(_draft(order, tracker, id).id))
    letter = _compose(order, tracker, id, settings)
    if order.writes:
        _require_deliverable(order, tracker, letter, settings)
    if order.output is not None or not order.writes:
        _print(order, tracker, letter, settings)
    if not order.writes:
        return OK
    password = get_password(settings.mail) if order.send or order.into_drafts else ""
    kept = tracker.letters.save(_as_kept(tracker, letter))
    if order.send:
        return _send(order, tracker, kept, settings, password)
    if order.sent_by:
        return _record(order, tracker, kept, order.sent_by)
    if order.into_drafts:
        _put_into_drafts(tracker, kept, settings, password)
    subject = f", “{kept.subject}”" if kept.subject else ""
    write_message(
        f"Kept as a draft: {describe_letter_to(kept, tracker.queries.details(id))}{subject};"
        " `--draft` takes it up again."
    )
    return OK


def _list_templates(order: LetterOptions, tracker: Tracker, id: str) -> int:
    written = tracker.letters.templates(id, to=_contact(tracker, id, order.to))
    templates = (*written, *tracker.letters.templates(id, spoken=True))
    rows = [(template.name, "yours" if template.is_own else "shipped", template.title) for template in templates]
    write_table(rows, heading=("NAME", "WHOSE", "LETTER"), cut=(2,))
    for problem in tracker.letters.library.problems:
        write_message(str(problem))
    return OK


def _compose(order: LetterOptions, tracker: Tracker, id: str, settings: Settings) -> Letter:
    """The draft, or a new letter with nothing missing."""
    files = tuple(_file(name) for name in order.attach)
    if order.draft:
        draft = _draft(order, tracker, id)
        return replace(draft, attachments=(*draft.attachments, *files)) if files else draft
    to = _contact(tracker, id, order.to)
    details = tracker.queries.details(id)
    suited = tracker.letters.recommended(details, to=to)[1]
    if suited.unsure and not order.template:
        choices = in_words(suited.choices, "or")
        raise Refused(f"{suited.unsure} Nothing was drafted; say which letter with --template: {choices}.")
    composition = tracker.letters.compose(
        id,
        sender_of(settings),
        template=order.template,
        to=to,
        asked=order.fields,
        spoken=bool(order.template) and tracker.letters.library.get(order.template).kind.is_spoken,
        details=details,
    )
    _check_fields(order.fields, composition, tracker, settings)
    if composition.early and not order.writes:
        write_message(composition.early)
    for problem in composition.problems:
        write_message(problem)
    _require_complete(composition)
    return replace(composition.letter, attachments=files)


def _check_fields(
    fields: Mapping[str, str], composition: Composition, tracker: Tracker, settings: Settings
) -> None:
    """Refuse what makes no sentence in a letter, and say what is odd about the rest."""
    details = composition.details
    for name, value in fields.items():
        require_plausible(FIELDS[name].setting, value)
        addressed = say_to(name, value, addressee(details, composition.letter), details.contacts)
        english, offer = sender_of(settings).english, open_offer(details)
        require_fitting(name, addressed.text, tracker.clock(), tracker.schedule.zone, english, offer)
        doubt = doubt_of(name, addressed)
        if doubt:
            write_message(doubt)


def _as_kept(tracker: Tracker, letter: Letter) -> Letter:
    """The draft that says the same already, with these files; else the letter as it is."""
    key = attrgetter("template", "contact_id", "subject", "body")
    drafts = tracker.letters.drafts(letter.application_id)
    same = next((draft for draft in drafts if key(draft) == key(letter)), letter)
    return replace(same, attachments=letter.attachments)


def _require_complete(composition: Composition) -> None:
    if not composition.missing:
        return
    needed = ", ".join(f"{FIELDS[name].label.lower()} (--set {name}=…)" for name in composition.missing)
    fields = [FIELDS[name] for name in composition.missing]
    settings = [field.setting for field in fields if field.kept is FieldOwner.SENDER and field.setting]
    commands = " and ".join(f'`followup-tui settings {name} "…"`' for name in settings)
    for_all = f" For all letters: {commands}." if commands else ""
    raise Refused(f"This letter needs {needed}; nothing was drafted.{for_all}")


def _draft(order: LetterOptions, tracker: Tracker, id: str) -> Letter:
    """The newest draft, of the template and to the person that were named."""
    to = _contact(tracker, id, order.to)
    drafts = [
        letter
        for letter in tracker.letters.drafts(id)
        if order.template in ("", letter.template) and to in (None, letter.contact_id)
    ]
    if not drafts:
        raise Refused("There is no such draft; nothing was changed, `followup-tui letter ID --keep` makes one.")
    return drafts[0]


def _contact(tracker: Tracker, id: str, name: str | None) -> str | None:
    if name is None:
        return None
    people = tracker.queries.details(id).contacts
    matches = contacts_named(people, name)
    if len(matches) != 1:
        labels = ", ".join(person.label for person in people) or "nobody"
        which = "could be several people" if matches else "is nobody"
        raise BadInput(
            f"“{shown_line(name)}” {which} there (known: {labels}); nothing was drafted, name one.", "to"
        )
    return matches[0].id


def _file(name: str) -> str:
    path = Path(name).absolute()
    if not path.is_file():
        raise BadInput(f"There is no file {shown_line(str(path))}; nothing was drafted, check the path.", "attach")
    return str(path)


def _require_deliverable(order: LetterOptions, tracker: Tracker, letter: Letter, settings: Settings) -> None:
    """Refuse before anything is kept where the guard says no, there is no mail account, or a script would go."""
    require_sendable(letter)
    if order.send:
        smtp_server(settings.mail)
    elif order.into_drafts:
        imap_server(settings.mail)
    if order.send or order.sent_by:
        verdict = tracker.letters.may_send(letter)
        undone = f"Nothing was {'sent' if order.send else 'recorded'}"
        if not verdict.allowed and not order.override:
            raise Blocked(f"{verdict.why} {undone}.", verdict)
        doubts = () if order.override else tracker.letters.doubts(letter)
        if doubts and order.send:
            raise Refused(f"{doubts[0]} {undone}; mend it, or give a reason with --override.")
        for doubt in doubts:
            write_message(doubt)


# The ways out


def _print(order: LetterOptions, tracker: Tracker, letter: Letter, settings: Settings) -> None:
    mailing = tracker.letters.outgoing(letter, sender_of(settings))
    forms: Mapping[str, Callable[[], bytes]] = {
        "text": lambda: plain_text(mailing, with_subject=bool(letter.subject)).encode(),
        "mailto": lambda: mailto_link(mailing).encode() + b"\n",
        "print": lambda: print_page(mailing).encode(),
        "eml": lambda: eml_bytes(mailing),
    }
    content = forms[order.form]()
    if order.output is None:
        write(content.decode(), end="")
    else:
        suffix = ".eml" if order.form == "eml" else ".txt"
        path = save_file(content, _place(order.output), file_names(mailing, suffix))
        write_message(f"Written to {shown_line(str(path))}: {letter.label}")


def _place(typed: str) -> Path:
    place = Path(typed)
    if not typed or (typed.endswith("/") and not place.is_dir()):
        raise BadInput(
            f"There is no folder {shown_line(typed) or 'without a name'}; nothing was written, name"
            " one that exists.",
            "output",
        )
    return place


def _send(order: LetterOptions, tracker: Tracker, letter: Letter, settings: Settings, password: str) -> int:
    mailing = tracker.letters.outgoing(letter, sender_of(settings))
    try:
        smtp.send(mailing, settings.mail, password)
    except MailError as trouble:
        raise Refused(f"{trouble.sentence} It is kept as a draft; `--draft --send` tries it again.") from None
    except OutcomeUnknown as trouble:
        tracker.letters.save(replace(letter, unanswered_at=letter.changed_at))
        arrived = "`--draft --sent email` records that it arrived, `--draft --send --override WHY` sends it again."
        raise Refused(f"{trouble.sentence} It is kept as a draft: {arrived}") from None
    addresses = (mailing.to_email, *(address for _, address in mailing.copies))
    return _record(order, tracker, letter, Channel.EMAIL, f"sent to {in_words(addresses)}")


def _record(order: LetterOptions, tracker: Tracker, letter: Letter, by: Channel, *more: str) -> int:
    """Record it, and say which one it was: of a panel each has a letter."""
    words = describe_recorded_letter(letter, tracker.queries.details(letter.application_id))
    return write_result(tracker.letters.send(letter, by=by, override=order.override), words, *more)


def _put_into_drafts(tracker: Tracker, letter: Letter, settings: Settings, password: str) -> None:
    # Not at the top: most letters go neither out nor into a mailbox.
    from followup_tui.letters.delivery.imap import save_to_drafts

    folder = save_to_drafts(tracker.letters.outgoing(letter, sender_of(settings)), settings.mail, password)
    write_message(f"It's in {shown_line(folder)} of your mail account.")

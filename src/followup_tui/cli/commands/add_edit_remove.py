"""Applications: `add` and `edit`; `delete`, `merge` and `forget`; and what one leads to: `open` its link,
`copy` an address."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from followup_tui.cli import FAILED, OK
from followup_tui.cli.commands.import_export import confirm
from followup_tui.cli.context import CliContext
from followup_tui.cli.output import is_terminal, write, write_message, write_result
from followup_tui.cli.params import (
    ForgivingChoice,
    Function,
    command,
    find_ids,
    id_argument,
    ids_argument,
    parse_interview,
)
from followup_tui.domain.commands.applications import form_for, with_met
from followup_tui.domain.commands.merge import describe_difference
from followup_tui.domain.format import describe_distance, plural
from followup_tui.domain.model.application import Pace, WorkMode
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person, named_people, with_people
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import job_key, shown_line
from followup_tui.domain.model.when import When, format_when
from followup_tui.domain.parsing.day_rules import day_rules
from followup_tui.domain.parsing.job_words import plain_referrer
from followup_tui.domain.parsing.typed_people import parse_people
from followup_tui.domain.views.options import COPYABLE, copyable, openable
from followup_tui.tracker.regions import describe_region, known_region

if TYPE_CHECKING:
    from types import ModuleType

    from followup_tui.domain.model.interview import Booking
    from followup_tui.domain.views.card import Card
    from followup_tui.tracker.commands import ForgetResult
    from followup_tui.tracker.commit import CommandResult
    from followup_tui.tracker.tracker import Tracker

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--interview",
        metavar="WHEN",
        help="When, with whom and how you meet: “fri 14:00, with Dana Ruiz, via Zoom”.",
    ),
    click.option(
        "--with",
        "people",
        metavar="PERSON",
        multiple=True,
        help="Whom you met: “Dana Ruiz <dana@acme.example>, hiring manager”.",
    ),
    click.option(
        "--contact",
        "contacts",
        metavar="PERSON",
        multiple=True,
        help="A person to add, or new details about one: “Tom Fox, recruiter, best by phone, friendly voice”.",
    ),
    click.option("--url", metavar="URL", help="The job's link."),
    click.option("--location", metavar="TEXT", help="Where the job is."),
    click.option("--source", metavar="TEXT", help="Where you found it."),
    click.option("--referrer", metavar="NAME", help="Who told you about it or recommended you."),
    click.option("--pay", metavar="TEXT", help="The pay, in their words."),
    click.option("--work-mode", type=ForgivingChoice([*WorkMode, ""]), help="Where you would work."),
    click.option("--tags", metavar="TAG,TAG", help="Tags, separated by commas."),
    click.option("--notes", "--note", metavar="TEXT", help="Notes on the application itself."),
    click.option("--region", metavar="DE", help="Country or region, for its public holidays."),
    click.option("--pace", type=ForgivingChoice(Pace), help="How fast they decide."),
)
_PARSED: Mapping[str, Callable[[str], Any]] = {
    "referrer": plain_referrer,
    "tags": lambda typed: tuple(tag.strip() for tag in typed.split(",") if tag.strip()),
    "region": known_region,
    "work_mode": lambda typed: typed or None,
}
"""How the text of an option becomes what the draft holds."""


def _draft_options(function: Function) -> Function:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command()
@click.argument("words", nargs=-1, required=True, metavar="COMPANY ROLE")
@_draft_options
@click.option(
    "--applied",
    metavar="[DATE]",
    is_flag=False,
    flag_value="",
    help="You only applied, on DATE: it waits in Awaiting and asks for nothing until an interview is recorded.",
)
def add(session: CliContext, words: tuple[str, ...], **options: Any) -> int:
    """Add an application: COMPANY, then ROLE; or all in one line, as the board's quick add takes it.

    In one line: `add "Otter Maps, Platform engineer, fri 14:00, with Dana Ruiz"`. A weekday alone is
    today or the coming one; “next friday” is the first one after today, “last friday” the last one before it.
    If the output isn't a terminal, it is the new ID.
    """
    applied = options.pop("applied")
    with session.writing() as tracker:
        region = known_region(options["region"] or "")
        days = day_rules(tracker.schedule.rules_for(region).calendar)
        typed, understood = _add_line().read_line(words, session, days)
        typed, options = _beside_line(typed, options)
        draft = _changed(session, tracker, typed, options)
        if applied is not None:
            day = _add_line().read_applied_on(applied, session, days) if applied.strip() else draft.applied_on
            draft = replace(draft, applied_only=True, applied_on=day)
        result = tracker.commands.add(draft)
    card = result.cards[0]
    if not is_terminal(sys.stdout):
        write(str(card.number))
    booked = "" if typed.interview else _echo(session, draft.interview)
    code = write_result(result, f"ID {card.number}", understood, booked)
    job = job_key(card.company, card.role)
    twins = [related for related in result.related if job_key(related.company, related.role) == job]
    if twins:
        write_message(_describe_twin(card, min(twins, key=lambda twin: (twin.outcome is not None, twin.number))))
    return code


def _describe_twin(card: Card, twin: Card) -> str:
    """Say that an application for the same job was there before, and what to do about it."""
    merge = f"`merge {twin.number} {card.number}` makes them one"
    if twin.outcome is None:
        return f"It is there already as ID {twin.number}: {merge}, `undo` takes this one back."
    before = f"You applied for this job before, ID {twin.number}, {twin.outcome.label}"
    return f"{before}: {merge} if it is the same application, `undo` takes this one back."


@command()
@id_argument
@click.option("--company", metavar="NAME", help="The employer.")
@click.option("--role", metavar="TEXT", help="The job.")
@_draft_options
def edit(session: CliContext, id: str, **options: Any) -> int:
    """Edit an application; an empty text clears a field.

    --with names everybody: whoever is left out is removed from the application. --interview moves the latest
    interview.
    """
    if all(value is None or value == () for value in options.values()):
        raise BadInput('Say what to change, such as --role "Platform engineer"; nothing was changed.')
    with session.writing() as tracker:
        id = tracker.queries.find(id)
        details = tracker.queries.details(id)
        draft = form_for(details)
        if options["contacts"]:
            draft = with_met(details, draft)
        draft = _changed(session, tracker, draft, options)
        result: CommandResult = tracker.commands.edit(id, draft, {id: details.application.version})
    return write_result(result, _echo(session, draft.interview if options["interview"] else None))


def _changed(
    session: CliContext, tracker: Tracker, draft: ApplicationForm, options: dict[str, Any]
) -> ApplicationForm:
    """The draft with what the options say; those that weren't given leave it as it is."""
    values = {name: value for name, value in options.items() if value is not None and value != ()}
    interview = values.pop("interview", None)
    contacts = [person for text in values.pop("contacts", ()) for person in parse_people(text)]
    if "people" in values:
        values["people"] = _people(values["people"], draft.people)
        values["met"] = values["people"] if contacts else None
    for name in _PARSED.keys() & values.keys():
        values[name] = _PARSED[name](values[name])
    if values.get("region"):
        write_message(f"Region: {describe_region(values['region'])}.")
    draft = replace(draft, **values)
    draft = replace(draft, people=with_people(draft.people, contacts))
    if interview is None:
        return draft
    if not interview.strip():
        return replace(draft, interview=None)
    return _booked(draft, parse_interview(session, tracker, draft.region, interview)[0])


def _booked(draft: ApplicationForm, booking: Booking) -> ApplicationForm:
    """The draft with what was said about its interview; its link stands where one meets."""
    return replace(
        draft,
        interview=booking.when,
        people=with_people(draft.people, booking.people),
        met=None if draft.met is None else (*draft.met, *booking.people),
        kind=booking.kind or draft.kind,
        referrer=draft.referrer or booking.referrer,
        place=", ".join(filter(None, (booking.place, booking.link))) or draft.place,
        notes="\n".join(filter(None, (draft.notes, booking.notes))),
    )


def _people(typed: tuple[str, ...], people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people of `--with`, with what is known of them; one empty text means nobody."""
    if typed == ("",):
        return ()
    return named_people(people, [person for text in typed for person in parse_people(text)])


def _beside_line(line: ApplicationForm, options: dict[str, Any]) -> tuple[ApplicationForm, dict[str, Any]]:
    """The form with the people of the options, and the other options with what the line says already."""
    if line.interview and options["interview"]:
        raise BadInput("The interview is in the line and in --interview; nothing was saved, say it once.")
    people = _people(options["people"], ())
    met = () if line.met is None and options["contacts"] else line.met
    form = replace(line, people=with_people(line.people, people), met=None if met is None else (*met, *people))
    options = {**options, "people": ()}
    if options["notes"] and line.notes:
        options["notes"] = f"{line.notes}\n{options['notes']}"
    if options["tags"] and line.tags:
        options["tags"] = ",".join((*line.tags, options["tags"]))
    return form, options


def _add_line() -> ModuleType:
    # Not at the top: it loads arrow, and `--help` goes without it.
    from followup_tui.cli import add_line

    return add_line


def _echo(session: CliContext, interview: When | None) -> str:
    if interview is None:
        return ""
    far = describe_distance(interview.day, session.now().date())
    return f"interview {format_when(interview, session.zone)}, {far}"


@command()
@ids_argument
def delete(session: CliContext, ids: tuple[str, ...]) -> int:
    """Delete applications that were added by mistake; undo brings them back.

    For an application that ended use `close`; to erase one for good, `forget`.
    """
    with session.writing() as tracker:
        return write_result(
            tracker.removal.delete(find_ids(tracker, ids)), "`followup-tui undo` brings everything back"
        )


@command()
@id_argument
@click.argument("other", metavar="ID")
@click.option("--yes", is_flag=True, help="Don't ask about jobs at different employers.")
def merge(session: CliContext, id: str, other: str, yes: bool) -> int:
    """Merge a job that was entered twice: the second ID goes into the first.

    Its people, interviews, history, answers and letters move over; what both have stays once. Empty fields of the
    first are filled, notes are joined, and the later stage counts; a booked interview or an open offer keeps it
    open. One undo separates them again. Jobs at different employers are asked about.
    """
    with session.writing() as tracker:
        kept, gone = tracker.queries.find(id), tracker.queries.find(other)
        different = describe_difference(*(tracker.queries.details(id).application for id in (kept, gone)))
        if different and not yes:
            confirm(f"{different} Merge them anyway?", "nothing was changed")
        return write_result(tracker.removal.merge(kept, gone))


@command()
@id_argument
@click.option("--backups", is_flag=True, help="Also delete the backups that have it; a new one is made.")
@click.option("--yes", is_flag=True, help="Don't ask.")
def forget(session: CliContext, id: str, backups: bool, yes: bool) -> int:
    """Erase an application for good, from the journal and the file too; this can't be undone.

    Backups still have it unless you say --backups.
    """
    with session.writing() as tracker:
        id = tracker.queries.find(id)
        companies = {known_id: company for known_id, _, company, _ in tracker.queries.identities()}
        if not yes:
            confirm(f"Erase {companies[id]} for good? This can't be undone.", "nothing was changed")
        result = tracker.removal.forget(id, with_backups=backups)
        if result.holding and not yes and click.confirm(_about_backups(result), err=True):
            result = tracker.removal.forget_backups(result)
    for sentence in result.sentences:
        write_message(sentence)
    return OK


def _about_backups(result: ForgetResult) -> str:
    number = len(result.holding)
    return f"{plural(number, 'backup')} still {'holds' if number == 1 else 'hold'} it. Delete them too?"


@command("open")
@id_argument
def open_link(session: CliContext, id: str) -> int:
    """Open an application's link in the browser: http and https only, and none that contains a password."""
    with session.reading() as tracker:
        application = tracker.queries.details(tracker.queries.find(id)).application
    link = openable(application.url, application.company)
    if not webbrowser.open(link):
        write_message("No browser could be opened; this is the link.")
        write(link)
        return FAILED
    write_message(f"Opened {link}")
    return OK


@command()
@id_argument
@click.argument("what", type=ForgivingChoice(COPYABLE), required=False)
def copy(session: CliContext, id: str, what: str | None) -> int:
    """Print an address, phone number, link or name to copy; by default the first of them that is known.

    To the clipboard: followup-tui copy acme mail | wl-copy
    """
    with session.reading() as tracker:
        details = tracker.queries.details(tracker.queries.find(id))
    for kind in (what,) if what else COPYABLE:
        values = copyable(details)[kind]
        if values:
            write("\n".join(map(shown_line, values)))
            return OK
    raise Refused(f"{details.name} has no {what}; nothing was done, `followup-tui edit` adds one.")

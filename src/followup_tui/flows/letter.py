"""The flows of letters and calls: which letter, what it lacks, from which template, to whom, with which files."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from followup_tui.domain.commands.letters import addressee as addressee_of
from followup_tui.domain.commands.letters import require_plausible
from followup_tui.domain.format import capitalized, in_own_order, uncapitalized
from followup_tui.domain.letters.addressee import Addressed, say_to
from followup_tui.domain.letters.description import describe_letter
from followup_tui.domain.letters.template_choice import Recommendation, template_for_another
from followup_tui.domain.letters.template_fields import FIELDS, FOLLOWS, FieldOwner
from followup_tui.domain.letters.typed_fields import doubt_of, field_in_sentence, require_fitting
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import CallOutcome, Letter, LetterKind
from followup_tui.flows.delivery import file_path
from followup_tui.flows.question import (
    LIST_KEYS,
    Answered,
    Attach,
    Choice,
    Effect,
    Flow,
    OpenCall,
    OpenLetter,
    Option,
    Run,
    Save,
    SaveSettings,
    Selection,
    Text,
)
from followup_tui.flows.touches import log_contact, unanswered_call
from followup_tui.tracker.composition import Composition
from followup_tui.tracker.regions import sender_of

NOTHING_ANSWERED = Answered()


def letter(selection: Selection) -> Flow:
    """Ask which draft to continue if there are any, or compose a new letter."""
    _require_one(selection, "Write to one employer at a time; nothing was changed.")
    drafts = selection.tracker.letters.drafts(selection.id)
    if drafts:
        options: list[Option] = []
        for key, draft in zip(LIST_KEYS, drafts, strict=False):
            words = describe_letter(draft, selection.details, selection.now)
            options.append((key, shown_line(capitalized(words)), draft))
        chosen = yield selection.choice("which letter?", options=[*options, ("n", "A new letter", None)])
        if chosen is not None:
            return OpenLetter(composition=selection.tracker.letters.open_draft(chosen))
    return (yield from compose(selection))


def call(selection: Selection) -> Flow:
    """Compose what to say on the phone."""
    _require_one(selection, "Call one employer at a time; nothing was changed.")
    return (yield from compose(selection, spoken=True))


def _require_one(selection: Selection, refusal: str) -> None:
    if len(selection.cards) > 1:
        raise Refused(refusal)


def compose(
    selection: Selection,
    *,
    template: str = "",
    to: str | None = None,
    spoken: bool = False,
    is_ringing: bool = False,
    answered: Answered = NOTHING_ANSWERED,
) -> Flow:
    """Compose a letter or a script, asking which where several may be meant, and for each field that it lacks."""
    tracker = selection.tracker
    if not (template or spoken):
        suited = tracker.letters.recommended(selection.details, to=to)[1]
        template = (yield _which_letter(selection, suited, to)) if suited.choices else ""
    composition: Composition | None = None
    steps = 0
    while True:
        composition = composition or tracker.letters.compose(
            selection.id,
            sender_of(selection.settings),
            template=template,
            to=to,
            asked=answered.values,
            spoken=spoken,
            details=selection.details,
        )
        lacking = composition.asks(answered.asked)
        if not lacking:
            break
        name = lacking[0]
        answered = Answered(answered.values, answered.asked | {name})
        steps += 1
        text = yield _field_question(selection, composition, name, (steps, steps - 1 + len(lacking)))
        if text is not None:
            to = (yield from _save_field(selection, composition, name, text)) or to
            if composition.home(name) not in (FieldOwner.SENDER, FieldOwner.LETTER):
                selection = selection.about(*selection.cards)
            answered = Answered({**answered.values, name: text}, answered.asked)
            composition = None
    is_own = any(composition.home(name) is FieldOwner.LETTER for name in answered.values)
    composition = replace(composition, is_answered=is_own)
    if composition.letter.kind is LetterKind.SENDING and "attached" in composition.letter.body:
        composition = yield from _with_file(composition)
    if spoken:
        return OpenCall(composition=composition, answered=answered, is_ringing=is_ringing)
    return OpenLetter(composition=composition, answered=answered)


def _with_file(composition: Composition) -> Generator[Effect | Text, Any, Composition]:
    path = yield Text(
        question="Attach which file?",
        parse=file_path,
        placeholder="~/Documents/references.pdf",
        enter="continues (optional)",
        may_be_empty=True,
        is_foreseen=False,
    )
    return replace(composition, letter=replace(composition.letter, attachments=(path,))) if path else composition


def _which_letter(selection: Selection, suited: Recommendation, to: str | None) -> Choice:
    """Ask which of the letters that may be meant; line mode takes every other one by its name, too."""
    titles = {
        template.name: template.title for template in selection.tracker.letters.templates(selection.id, to=to)
    }
    return selection.choice(
        "which letter?",
        options=[
            (key, shown_line(titles[name]), name) for key, name in zip(LIST_KEYS, suited.choices, strict=False)
        ],
        unlisted=[(name, "", name) for name in titles],
        refusal=suited.unsure,
    )


FEW = 2
"""Questions of a letter of which none is counted."""


def _field_question(selection: Selection, composition: Composition, name: str, step: tuple[int, int]) -> Text:
    needed, field = name in composition.missing, FIELDS[name]
    of_letter = composition.home(name) in (FieldOwner.LETTER, FieldOwner.INTERVIEW)
    label = f"{field.label}, for the {composition.letter.label}" if of_letter else field.label
    place = (selection.now, selection.zone, sender_of(selection.settings).english)
    offer = open_offer(composition.details)
    whom = addressee_of(composition.details, composition.letter)
    if of_letter and whom is not None and whom.name and len(composition.details.contacts) > 1:
        label += f" to {shown_line(whom.name)}"
    told_doubts = {""}

    def addressed(text: str) -> Addressed:
        return say_to(name, text, whom, composition.details.contacts)

    def parse(text: str) -> str:
        require_plausible(field.setting, text.strip())
        require_fitting(name, addressed(text).text, *place, offer)
        doubt = doubt_of(name, addressed(text))
        if doubt not in told_doubts:
            told_doubts.add(doubt)
            raise BadInput(f"{doubt} Enter again takes it as it is.", name)
        return text.strip()

    def echo(text: str) -> str:
        return field_in_sentence(name, addressed(text).text, *place)

    return selection.text(
        uncapitalized(label),
        parse=parse,
        echo=echo,
        lead=in_own_order(field.help) + _where_kept(composition, name),
        enter="continues" if needed else "continues (optional)",
        may_be_empty=not needed,
        # Only what is asked about each letter is expected; a name or a number is asked for once.
        is_foreseen=name not in FOLLOWS and of_letter,
        line_question=f"{label}? {in_own_order(field.help)}",
        step="{} of {}".format(*step) if step[1] > FEW else "",
    )


def _where_kept(composition: Composition, name: str) -> str:
    """Where a value about the user is kept for all letters."""
    setting = FIELDS[name].setting
    if composition.home(name) is not FieldOwner.SENDER or not setting:
        return ""
    return " It is kept for all letters, in the settings."


def _save_field(
    selection: Selection, composition: Composition, name: str, text: str
) -> Generator[Effect, Any, str | None]:
    """Save what is true beyond this letter; the id of the contact that was created with it, or None."""
    home = composition.home(name)
    if home is FieldOwner.SENDER:
        yield SaveSettings({FIELDS[name].setting: text})
    if home in (FieldOwner.SENDER, FieldOwner.LETTER):
        return None
    yield Save(partial(selection.tracker.letters.fill_field, composition, name, text), selection.id)
    return selection.tracker.letters.new_contact(composition.details)


# On an open letter


def template(selection: Selection, letter: Letter, answered: Answered = NOTHING_ANSWERED) -> Flow:
    """Ask for another template, and compose the letter again from it."""
    templates = selection.tracker.letters.templates(letter.application_id, to=letter.contact_id)
    options: list[Option] = []
    for key, choice in zip(LIST_KEYS, templates, strict=False):
        options.append((key, _marked(choice.title, choice.name == letter.template), choice.name))
    name = yield Choice(
        question="Start over as",
        options=options,
        unlisted=[(choice.name, "", choice.name) for choice in templates],
    )
    return (yield from compose(selection, template=name, to=letter.contact_id, answered=answered))


def addressee(selection: Selection, letter: Letter, answered: Answered = NOTHING_ANSWERED) -> Flow:
    """Ask for another person, and compose the letter again for them."""
    people = selection.details.contacts
    if len(people) < 2:
        raise BadInput("There are no other contacts there; edit the application to add people.", "to")
    options: list[Option] = []
    for key, person in zip(LIST_KEYS, people, strict=False):
        options.append((key, _marked(person.label, person.id == letter.contact_id), person.id))
    to = yield Choice(question="Write it to", options=options)
    unthanked = [person.id for person in selection.history.unthanked if person is not None]
    name = template_for_another(letter, to, unthanked)
    return (yield from compose(selection, template=name, to=to, answered=answered))


def _marked(label: str, is_this_one: bool) -> str:
    return f"{shown_line(label)} (this one)" if is_this_one else shown_line(label)


def attach(selection: Selection, letter: Letter) -> Flow:
    """Ask for a file to send along, or for an attached file to leave out."""
    files = letter.attachments
    if files:
        options: list[Option] = [
            (key, f"Leave {Path(file).name} here", file) for key, file in zip(LIST_KEYS, files, strict=False)
        ]
        removed = yield Choice(question="Attached", options=[*options, ("n", "Attach another file", None)])
        if removed is not None:
            return Attach(tuple(file for file in files if file != removed))
    path = yield Text(
        question="Attach a file", parse=file_path, echo=file_path, placeholder="~/Documents/references.pdf"
    )
    return Attach((*(file for file in files if file != path), path))


# On an open call


def other_script(
    selection: Selection, letter: Letter, kind: LetterKind, answered: Answered = NOTHING_ANSWERED
) -> Flow:
    """Compose the other script of a call under way; the number was asked for with the first one."""
    answered = Answered(answered.values, answered.asked | {"phone"})
    return (
        yield from compose(
            selection, template=kind.value, to=letter.contact_id, spoken=True, is_ringing=True, answered=answered
        )
    )


def is_voicemail(opened: OpenCall) -> bool:
    """Whether a script is what to say after the beep."""
    return opened.composition.letter.kind is LetterKind.VOICEMAIL


def call_result(selection: Selection, opened: OpenCall, way: str) -> Run:
    """Record how a call went; `way` is the id of the call screen's action.

    A voicemail that the user begins with belongs to a call that was recorded before.
    """
    if way != "voicemail":
        outcome = CallOutcome.SPOKE if way == "spoke" else CallOutcome.NO_ANSWER
        return log_contact(selection, "call", outcome=outcome)
    return unanswered_call(selection) if opened.is_ringing else log_contact(selection, "voicemail")


def finish_call(selection: Selection, opened: OpenCall) -> Flow:
    """Ask how a call went, as the keys of the call screen do; opens the voicemail's script if nobody answers."""
    after_beep = is_voicemail(opened)
    question, voicemail = "how did it go?", "No answer: what to say on their voicemail"
    if after_beep:
        question, voicemail = "and the voicemail?", "I left the voicemail: record it"
    way = yield selection.choice(
        question,
        options=[
            ("s", "We spoke", "spoke"),
            ("v", voicemail, "voicemail"),
            ("x", "No answer, and no message left", "no_answer"),
        ],
    )
    if way == "voicemail" and not after_beep:
        letter = opened.composition.letter
        return (yield from other_script(selection, letter, LetterKind.VOICEMAIL, opened.answered))
    return call_result(selection, opened, way)

"""Composing: which letter suits now, and the letter that a template makes of what is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from followup_tui.domain.commands.letters import addressee, fill, judge_letter
from followup_tui.domain.commands.touches import round_to_thank_for, under_way
from followup_tui.domain.format import format_day
from followup_tui.domain.letters.template_choice import Recommendation, spoken_script, written_letter
from followup_tui.domain.letters.template_fields import FIELDS, WELCOME, FieldOwner
from followup_tui.domain.letters.template_values import template_values
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, met_alone
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.letter import Letter, LetterKind, OutgoingLetter, Sender
from followup_tui.domain.model.text import clean_block
from followup_tui.domain.rules.action import Action
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.places import templates_folder
from followup_tui.tracker.lettering import Lettering
from followup_tui.tracker.outcome import Done

if TYPE_CHECKING:  # templates are loaded with the first letter
    from followup_tui.letters.library import TemplateLibrary
    from followup_tui.letters.template import Template

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A letter to begin with, or a draft to go on with, and what belongs to it.

    `missing` are the names of the fields that it can't do without, in whose places their labels stand in
    brackets; `unused` those it could have said more with. `most_words` is how long it may be, 0 where nothing
    says; `early` is a sentence on why it comes early, empty where it doesn't; `problems` are sentences on what is
    wrong with the user's own templates.
    """

    letter: Letter
    details: ApplicationDetails
    most_words: int = 0
    early: str = ""
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_kept: bool = False

    def asks(self, offered: Collection[str]) -> tuple[str, ...]:
        """The fields to ask for but for those that were offered: what is missing, then what is welcome."""
        needed = [name for name in self.missing if FIELDS[name].is_asked]
        welcome = [name for name in self.unused if name == WELCOME.get(self.letter.kind)]
        return tuple(name for name in (*needed, *welcome) if name not in offered)

    def home(self, name: str) -> FieldOwner:
        """Where the value of a field that was asked for is kept.

        A round's own notes are not replaced; what was talked about with one of several is for one letter alone.
        """
        about = FIELDS[name]
        if about.kept is FieldOwner.SENDER or (about.kept is FieldOwner.CONTACT and about.setting):
            return about.kept
        round = next((one for one in self.details.interviews if one.id == self.letter.interview_id), None)
        if name != "topic" or round is None or round.notes:
            return FieldOwner.LETTER
        return (
            FieldOwner.INTERVIEW if met_alone(round, self.details, self.letter.contact_id) else FieldOwner.LETTER
        )


class Composing(Lettering):
    """A database in which letters are composed from templates, the user's own before the shipped ones."""

    @property
    def shelf(self) -> TemplateLibrary:
        """All templates as they are now; what is wrong with the user's own is among its problems."""
        from followup_tui.letters.library import open_library

        return open_library(templates_folder(self.outlooks.place))

    def suited(self, id: str, *, spoken: bool = False, to: str | None = None) -> Recommendation:
        """The templates for an application, the most suitable first, and whom the letter goes to.

        `to` is the id of a contact where somebody was chosen; `spoken` are the scripts.
        """
        details = self.details(id)
        book, now = self._book(details), self.clock()
        choose = spoken_script if spoken else written_letter
        contact = next((one for one in details.contacts if one.id == to), None)
        return choose(details, next_action(details, *book, now), book=book, now=now, contact=contact)

    def templates(self, id: str, *, spoken: bool = False, to: str | None = None) -> tuple[Template, ...]:
        """The templates to choose from, the most suitable first, those of the user that no rule knows last."""
        return self.shelf.choices(self.suited(id, spoken=spoken, to=to).names, spoken=spoken)

    def compose(
        self,
        id: str,
        sender: Sender,
        *,
        template: str = "",
        to: str | None = None,
        asked: Mapping[str, str] = NOTHING,
        spoken: bool = False,
    ) -> Composition:
        """A letter from a template, the most suitable one where none is named; nothing is saved.

        `to` is the id of whom it goes to, `asked` what was typed for this letter alone, by field. Refuses a
        thank-you for an interview that still lies ahead.
        """
        suited, shelf = self.suited(id, spoken=spoken, to=to), self.shelf
        details, now = self.details(id), self.clock()
        book = self._book(details)
        history = history_of(details, *book, now)
        about = history.round or under_way(history, book.calendar)
        facts = template_values(
            details, sender, contact=suited.to, book=book, now=now, interview=about, asked=asked
        )
        filled = shelf.fill(template or suited.names[0], facts)
        made, rendered = filled.template, filled.rendered
        if made.kind is LetterKind.THANK_YOU:
            round_to_thank_for(history, book.calendar)
        letter = Letter(
            application_id=id,
            kind=made.kind,
            template=made.name,
            contact_id=suited.to.id if suited.to else None,
            interview_id=about.id if about else None,
            channel=made.channel,
            subject=rendered.subject,
            body=rendered.body,
            created_at=now,
            changed_at=now,
        )
        problems = (*shelf.problems, *([filled.problem] if filled.problem else ()))
        return Composition(
            letter=letter,
            details=details,
            most_words=made.words,
            missing=rendered.missing,
            unused=rendered.unused,
            early=_why_early(details, letter, now, book),
            problems=tuple(map(str, problems)),
        )

    def composition(self, letter: Letter) -> Composition:
        """A draft with what belongs to it."""
        template = self.shelf.templates.get(letter.template)
        return Composition(
            letter=letter,
            details=self.details(letter.application_id),
            most_words=template.words if template else 0,
            is_kept=True,
        )

    def fill_field(self, composition: Composition, name: str, text: str) -> Done:
        """Write down a field that was asked for with the person or the round where its home is."""
        letter, of_person = composition.letter, composition.home(name) is FieldOwner.CONTACT
        return self.fill(
            letter.application_id, {FIELDS[name].setting if of_person else name: text}, to=letter.contact_id
        )

    def whom_now(self, before: ApplicationDetails) -> str | None:
        """The contact that came with a field that was filled since; None where nobody did."""
        known = {contact.id for contact in before.contacts}
        now_there = self.details(before.application.id).contacts
        return next((contact.id for contact in now_there if contact.id not in known), None)

    def fill(self, id: str, values: Mapping[str, str], *, to: str | None = None) -> Done:
        """Write down what a letter lacked, with the person or the round: see `domain.filling.fill`."""
        dropped = 0
        clean: dict[str, str] = {}
        for name, value in values.items():
            text = clean_block(value, name)
            clean[name], dropped = text.text.strip(), dropped + text.dropped

        def move(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
            contact: Contact | None = next((one for one in details.contacts if one.id == to), None)
            return fill(details, now, clean, contact=contact, interview=_round(details, book, now))

        return self._each("fill", [id], move, None, dropped)

    def mailing(self, letter: Letter, sender: Sender) -> OutgoingLetter:
        """A letter as it goes out, with nothing left to look up; refuses one without a word in it."""
        details = self.details(letter.application_id)
        if not letter.body.strip():
            raise Refused("There is nothing in this letter yet; nothing was sent.")
        person = addressee(details, letter)
        return OutgoingLetter(
            sender=sender,
            to_name=person.name if person else "",
            to_email=person.email if person else "",
            to_address=person.address if person else "",
            company=details.application.company,
            subject=letter.subject,
            body=letter.body,
            attachments=letter.attachments,
            written_at=self.clock().astimezone(self.outlooks.zone),
        )


_LATER = (Action.CHECK_IN, Action.CALL, Action.WAIT)
"""What the playbook asks for where it has a later day for a check-in."""


def _why_early(details: ApplicationDetails, letter: Letter, now: datetime, book: Rulebook) -> str:
    """Why a check-in comes early, in a sentence: what the guard says of it, else what the playbook waits for."""
    if letter.kind is not LetterKind.CHECK_IN:
        return ""
    verdict, action = judge_letter(details, letter, now, book), next_action(details, *book, now)
    if not verdict.allowed:
        return f"This comes early: {verdict.why}"
    if action is None or action.is_due or action.action not in _LATER:
        return ""
    return f"This comes early: wait until {format_day(action.due_on, now.date())}. {action.why}"


def _round(details: ApplicationDetails, book: Rulebook, now: datetime) -> Interview | None:
    """The round with which is kept what was missing: the latest that is over, else the one ahead."""
    history = history_of(details, *book, now)
    return history.round or history.ahead

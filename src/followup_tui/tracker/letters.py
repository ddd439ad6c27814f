"""Letters: composed from templates, saved as they are typed, checked, and recorded once they are sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from followup_tui.domain.commands.letters import TO_ALL, addressee, copied, discard, fill, judge_letter, send
from followup_tui.domain.commands.touches import round_to_thank_for, under_way
from followup_tui.domain.format import format_day
from followup_tui.domain.letters.claims import doubt, maybe_sent, referrer, too_long_for, untrue_claim
from followup_tui.domain.letters.finding import Finding, ProofContext, ignored_key
from followup_tui.domain.letters.template_choice import (
    LETTERS_REMEMBERED,
    Recommendation,
    seed_of,
    spoken_script,
    used_sentences,
    written_letter,
)
from followup_tui.domain.letters.template_fields import FIELDS, FieldOwner
from followup_tui.domain.letters.template_values import template_values
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import DRAFT_GONE, GONE, NotFound, Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.touch import Channel, Letter, LetterKind, OutgoingLetter, Sender
from followup_tui.domain.rules.action import ActionKind, NextAction, next_of
from followup_tui.domain.rules.guard import Verdict
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.next_action import current_step
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import day_of_interview
from followup_tui.domain.rules.rule_context import RuleContext, context_of
from followup_tui.files import templates_folder
from followup_tui.letters.library import open_library
from followup_tui.store.reader import Reader
from followup_tui.tracker.commit import CommandResult, Committer, Versions
from followup_tui.tracker.composition import Composition, about_letter, with_names
from followup_tui.tracker.queries import Queries
from followup_tui.tracker.schedule import ActionSchedule

if TYPE_CHECKING:  # templates are loaded with the first letter
    from followup_tui.letters.library import FilledTemplate, TemplateLibrary
    from followup_tui.letters.template import Template

NOTHING: Mapping[str, str] = {}
_CHOOSE = {False: written_letter, True: spoken_script}


class Letters:
    """The letters of one database: drafts, what was sent, and what the proofreader ignores."""

    def __init__(
        self,
        reader: Reader,
        schedule: ActionSchedule,
        committer: Committer,
        queries: Queries,
        clock: Callable[[], datetime],
    ) -> None:
        self._reader = reader
        self._schedule = schedule
        self._committer = committer
        self._queries = queries
        self._clock = clock

    # Drafts and what was sent

    def of(self, id: str) -> tuple[Letter, ...]:
        """Return the letters of an application, drafts and sent ones, oldest first."""
        return self._reader.letters(id)

    def drafts(self, id: str) -> list[Letter]:
        """Return the drafts of an application that can be continued, newest first."""
        drafts = (letter for letter in self.of(id) if letter.sent_at is None and not letter.kind.is_spoken)
        return sorted(drafts, key=lambda draft: draft.changed_at, reverse=True)

    def get(self, letter_id: str) -> Letter:
        """Return one letter as it was saved last; raises `NotFound` if it no longer exists."""
        letter = self._reader.letter(letter_id)
        if letter is None:
            raise NotFound(DRAFT_GONE)
        return letter

    def save(self, letter: Letter) -> Letter:
        """Save a draft; returns it as it was saved, without control characters and with its new version.

        Raises `Conflict` if it was changed, sent or deleted from another window meanwhile, and `NotFound` if its
        application is gone.
        """
        subject, body = clean_line(letter.subject, "subject"), clean_block(letter.body, "letter")
        clean = replace(letter, subject=subject.text, body=body.text, changed_at=self._clock())
        with self._committer.transaction() as transaction:
            if not self._reader.has(letter.application_id):
                raise NotFound(GONE)
            return transaction.save_draft(clean)

    def discard(self, letter_id: str) -> CommandResult:
        """Delete a draft; undo brings it back."""
        letter = self.get(letter_id)
        return self._committer.run(
            "discard", [letter.application_id], lambda details, at, rules: discard(details, at, letter)
        )

    def may_send(self, letter: Letter, details: ApplicationDetails | None = None) -> Verdict:
        """Return the guard's verdict on sending a letter now; `details` are read unless they are given."""
        history, rules = self._history(letter, details)
        return judge_letter(history, letter, rules)

    def doubts(self, letter: Letter, details: ApplicationDetails | None = None) -> tuple[str, ...]:
        """Return what a letter says that isn't so, or lacks, in sentences; `details` are read unless given."""
        history, _ = self._history(letter, details)
        return (*maybe_sent(self.drafts(letter.application_id), letter, history.at), *_doubts(history, letter))

    def _history(self, letter: Letter, details: ApplicationDetails | None) -> tuple[History, Rulebook]:
        details = details or self._queries.details(letter.application_id)
        rules = self._queries.rules_for(details)
        return history_of(details, *rules, self._clock()), rules

    def send(
        self,
        letter: Letter,
        *,
        by: Channel | None = None,
        at: datetime | None = None,
        override: str = "",
        versions: Versions | None = None,
    ) -> CommandResult:
        """Record a saved letter as sent, by the channel it was written for or by another.

        The touch, the new stage and the draft that becomes a letter are one change. Asks the guard, unless there
        is an `override`.
        """
        why = clean_block(override, "reason")
        return self._committer.run(
            "send",
            [letter.application_id],
            lambda details, now, rules: send(details, now, letter, rules, by=by, at=at, override=why.text),
            versions,
            why.dropped,
        )

    def outgoing(self, letter: Letter, sender: Sender) -> OutgoingLetter:
        """Return a letter as it is sent, with the addresses looked up; refuses an empty one."""
        details = self._queries.details(letter.application_id)
        return _outgoing(details, letter, sender, self._clock().astimezone(self._schedule.zone))

    # Templates

    @property
    def library(self) -> TemplateLibrary:
        """All templates as they are now; what is wrong with the user's own is among its problems."""
        # Here and not at the top: templates are loaded with the first letter.
        return open_library(templates_folder(self._schedule.settings_place))

    def templates(self, id: str, *, spoken: bool = False, to: str | None = None) -> tuple[Template, ...]:
        """Return the templates to choose from: the most suitable first, the user's further ones last.

        Those that would say what isn't so are left out. `to` is the id of the contact if the user chose one;
        `spoken` are the call scripts.
        """
        context, suited = self.recommended(self._queries.details(id), spoken=spoken, to=to)
        templates = self.library.choices(suited.names, spoken=spoken)
        return tuple(template for template in templates if not untrue_claim(template.name, context.history))

    def recommended(
        self, details: ApplicationDetails, *, spoken: bool = False, to: str | None = None
    ) -> tuple[RuleContext, Recommendation]:
        """Return which letter or script suits now, with the context that tells it."""
        context = context_of(details, self._queries.rules_for(details), self._clock())
        return context, _suited(context, _next_action(context), spoken=spoken, to=to)

    def compose(
        self,
        id: str,
        sender: Sender,
        *,
        template: str = "",
        to: str | None = None,
        asked: Mapping[str, str] = NOTHING,
        spoken: bool = False,
        details: ApplicationDetails | None = None,
    ) -> Composition:
        """Compose a letter from a template, by default the most suitable one; nothing is saved.

        `to` is the id of the contact, `asked` what was typed for this letter alone, by field. `details` are read
        unless they are given. Refuses a thank-you for an interview that is still ahead.
        """
        details, library = details or self._queries.details(id), self.library
        rules = self._queries.rules_for(details)
        context = context_of(details, rules, self._clock())
        history, action = context.history, _next_action(context)
        suited = _suited(context, action, spoken=spoken, to=to)
        name, contact = template or suited.names[0], suited.to
        if name == "referrer" and to is None:
            contact = referrer(details)
            asked = asked if contact else {"name": details.application.referrer, **asked}
        whom = contact.id if contact else None
        about = history.held_for(whom).interview or under_way(history, rules.calendar)
        facts = template_values(history, sender, contact=contact, book=rules, interview=about, asked=asked)
        used = used_sentences(
            self._reader.letters_to_compare(id, LETTERS_REMEMBERED), template=name, application_id=id, to=whom
        )
        filled = library.fill(name, facts, seed=seed_of(details.application.number, name), used=used)
        kind = filled.template.kind
        if kind in (LetterKind.THANK_YOU, LetterKind.PASS_ON):
            round_to_thank_for(history, rules.calendar)
        untrue = untrue_claim(filled.template.name, history)
        if untrue:
            raise Refused(f"{untrue} Nothing was drafted; choose another letter.")
        letter = _new_letter(filled, id, whom, history.ahead if name in TO_ALL else about, history.at)
        return Composition(
            letter=letter,
            details=details,
            most_words=filled.template.words,
            missing=filled.rendered.missing,
            unused=filled.rendered.unused,
            early=_why_early(context, action, letter) or doubt(filled.template.name, kind, history),
            problems=tuple(map(str, filter(None, (*library.problems, filled.problem)))),
        )

    def open_draft(self, letter: Letter) -> Composition:
        """Return a draft with what belongs to it."""
        template = self.library.templates.get(letter.template)
        return Composition(
            letter=letter,
            details=self._queries.details(letter.application_id),
            most_words=template.words if template else 0,
            is_kept=True,
        )

    def fill_field(self, composition: Composition, name: str, text: str) -> CommandResult:
        """Save the value of a field that was asked for with the contact or the interview it belongs to."""
        letter = composition.letter
        key = FIELDS[name].setting if composition.home(name) is FieldOwner.CONTACT else name
        return self.fill(letter.application_id, {key: text}, to=letter.contact_id)

    def fill(self, id: str, values: Mapping[str, str], *, to: str | None = None) -> CommandResult:
        """Save what a letter lacked, with the contact or the interview: see `domain.commands.letters.fill`."""
        dropped = 0
        clean: dict[str, str] = {}
        for name, value in values.items():
            text = clean_block(value, name)
            clean[name] = text.text.strip()
            dropped += text.dropped

        def command(details: ApplicationDetails, now: datetime, rules: Rulebook) -> Change:
            contact = next((contact for contact in details.contacts if contact.id == to), None)
            return fill(details, now, clean, contact=contact, interview=_interview(details, rules, now))

        return self._committer.run("fill", [id], command, None, dropped)

    def new_contact(self, before: ApplicationDetails) -> str | None:
        """Return the id of the contact that a filled field has added since, or None."""
        ids_before = {contact.id for contact in before.contacts}
        contacts = self._queries.details(before.application.id).contacts
        return next((contact.id for contact in contacts if contact.id not in ids_before), None)

    # The proofreader

    def proof_context(
        self,
        letter: Letter | None,
        application_id: str | None,
        sender: Sender,
        details: ApplicationDetails | None = None,
    ) -> ProofContext:
        """Return what the proofreader must know about a letter, about a text for an application, or about any.

        `details` of the application are read unless they are given.
        """
        ignored = frozenset(self.ignored_findings())
        today = self._schedule.day_of(self._clock())
        context = ProofContext(sender=sender.name, english=sender.english, ignored=ignored, today=today)
        id = letter.application_id if letter is not None else application_id
        if id is None:
            return context
        details = details or self._queries.details(id)
        context = with_names(context, details, self._reader.people())
        return context if letter is None else about_letter(context, letter, details)

    def ignored_findings(self) -> tuple[str, ...]:
        """Return the keys of the findings that are always ignored, oldest first."""
        return self._reader.ignored_findings()

    def ignore_finding(self, finding: Finding) -> str:
        """Ignore a finding in every text from now on; returns its key, with which that can be reversed."""
        if not finding.text.strip():
            raise Refused("What is missing can't be ignored for good; nothing was changed, fill it in.")
        key = ignored_key(finding.rule, finding.text)
        with self._committer.transaction() as transaction:
            transaction.ignore_finding(key, self._clock())
        return key

    def stop_ignoring(self, keys: Collection[str]) -> int:
        """Report findings again that were ignored; returns how many of them had been."""
        with self._committer.transaction() as transaction:
            return transaction.stop_ignoring(keys)


NOTHING_ATTACHED = "The letter says that something is attached, and nothing is."
_LATER = (ActionKind.CHECK_IN, ActionKind.CALL, ActionKind.WAIT)
"""What the playbook asks for if it has a later day for a check-in."""


def _suited(context: RuleContext, action: NextAction | None, *, spoken: bool, to: str | None) -> Recommendation:
    contacts = context.history.details.contacts
    contact = next((contact for contact in contacts if contact.id == to), None)
    return _CHOOSE[spoken](context, action, contact=contact)


def _next_action(context: RuleContext) -> NextAction | None:
    step = current_step(context)
    return next_of(step, context.today) if step else None


def _new_letter(filled: FilledTemplate, id: str, to: str | None, about: Interview | None, now: datetime) -> Letter:
    """Return a new letter to a contact about an interview, as its template was filled."""
    return Letter(
        application_id=id,
        kind=filled.template.kind,
        template=filled.template.name,
        contact_id=to,
        interview_id=about.id if about else None,
        channel=filled.template.channel,
        subject=filled.rendered.subject,
        body=filled.rendered.body,
        created_at=now,
        changed_at=now,
    )


def _doubts(history: History, letter: Letter) -> tuple[str, ...]:
    # Not at the top: the patterns take 0.1 s to load, and few letters go out.
    from followup_tui.letters.proofreader.patterns import speaks_of_attachment

    lacks_file = not letter.attachments and speaks_of_attachment(letter.body)
    sentences = (
        untrue_claim(letter.template, history) or doubt(letter.template, letter.kind, history),
        NOTHING_ATTACHED if lacks_file else "",
        too_long_for(letter.channel, letter.body),
    )
    return tuple(filter(None, sentences))


def _why_early(context: RuleContext, action: NextAction | None, letter: Letter) -> str:
    """Say why a check-in comes early: what the guard says, else what the playbook waits for; else empty."""
    if letter.kind is not LetterKind.CHECK_IN:
        return ""
    history = context.history
    if history.ahead is not None:
        day = format_day(day_of_interview(history.ahead, context.calendar), history.today)
        return f"This comes early: your interview there is still ahead ({day})."
    verdict = judge_letter(history, letter, context.book)
    if not verdict.allowed:
        return f"This comes early: {verdict.why}"
    if action is None or action.is_due or action.action not in _LATER:
        return ""
    return f"This comes early: wait until {format_day(action.due_on, history.at.date())}. {action.why}"


def _interview(details: ApplicationDetails, rules: Rulebook, now: datetime) -> Interview | None:
    """Return the interview with which missing values are saved: the latest that is over, else the coming one."""
    history = history_of(details, *rules, now)
    return history.round or history.ahead


def _outgoing(details: ApplicationDetails, letter: Letter, sender: Sender, written_at: datetime) -> OutgoingLetter:
    if not letter.body.strip():
        raise Refused("There is nothing in this letter yet; nothing was sent, write it first.")
    person = addressee(details, letter)
    return OutgoingLetter(
        sender=sender,
        to_name=person.name if person else "",
        to_email=person.email if person else "",
        to_address=person.address if person else "",
        copies=tuple((contact.name, contact.email) for contact in copied(details, letter)),
        company=details.application.company,
        subject=letter.subject,
        body=letter.body,
        attachments=letter.attachments,
        written_at=written_at,
    )

"""A letter that was composed from a template, what belongs to it, and what is known where it is proofread."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from followup_tui.domain.commands.letters import addressee
from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.letters.template_fields import FIELDS, FOLLOWS, WELCOME, FieldOwner
from followup_tui.domain.model.details import ApplicationDetails, interview_days, met_alone
from followup_tui.domain.model.touch import Letter
from followup_tui.store.reader import KnownPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A letter to begin with, or a draft to continue, and what belongs to it.

    `missing` are the names of the fields that it needs, whose labels are in brackets in their places; `unused`
    those with which it could have said more. `most_words` is how long it may be, 0 for no limit; `early` is a
    sentence on why it comes early, empty if it doesn't; `problems` are sentences on what is wrong with the user's
    own templates. `is_kept` is a draft on disk, `is_answered` one in which the user's answers are.
    """

    letter: Letter
    details: ApplicationDetails
    most_words: int = 0
    early: str = ""
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_kept: bool = False
    is_answered: bool = False

    def asks(self, offered: Collection[str]) -> tuple[str, ...]:
        """Return the fields to ask for, without those that were offered: what is missing, then what is welcome."""
        needed = [name for name in self.missing if FIELDS[name].is_asked]
        welcome = [name for name in WELCOME.get(self.letter.kind, ()) if name in self.unused]
        wanted = [name for name in welcome if FOLLOWS.get(name) not in welcome]
        return tuple(name for name in (*needed, *wanted) if name not in offered)

    def home(self, name: str) -> FieldOwner:
        """Return where the value of a field that was asked for is kept.

        The notes of an interview are not replaced; what was discussed with one of several is for one letter.
        """
        field = FIELDS[name]
        if field.kept is FieldOwner.SENDER or (field.kept is FieldOwner.CONTACT and field.setting):
            return field.kept
        interviews = self.details.interviews
        round = next((interview for interview in interviews if interview.id == self.letter.interview_id), None)
        if name != "topic" or round is None or round.notes:
            return FieldOwner.LETTER
        is_alone = met_alone(round, self.details, self.letter.contact_id)
        return FieldOwner.INTERVIEW if is_alone else FieldOwner.LETTER


def with_names(context: ProofContext, details: ApplicationDetails, known: Iterable[KnownPerson]) -> ProofContext:
    """Return also the names and days that belong in a letter, and the names of other applications, which don't."""
    application = details.application
    own = {application.company.casefold(), *(contact.name.casefold() for contact in details.contacts)}
    others = [person for person in known if person.application_id != application.id]
    companies = dict.fromkeys(other.company for other in others if other.company.casefold() not in own)
    people = dict.fromkeys(other.person for other in others if other.person and other.person.casefold() not in own)
    roles = dict.fromkeys(other.role for other in others if other.role.casefold() != application.role.casefold())
    return replace(
        context,
        company=application.company,
        role=application.role,
        people=tuple(contact.name for contact in details.contacts if contact.name),
        other_companies=tuple(companies),
        other_people=tuple(people),
        other_roles=tuple(roles),
        interview_days=interview_days(details),
    )


def about_letter(context: ProofContext, letter: Letter, details: ApplicationDetails) -> ProofContext:
    """Return what is known about a letter itself as well."""
    recipient = addressee(details, letter)
    return replace(
        context,
        recipient=recipient.name if recipient else "",
        kind=letter.kind,
        attachments=len(letter.attachments),
    )

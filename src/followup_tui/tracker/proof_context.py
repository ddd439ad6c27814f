"""What the proofreader must know about an application and a letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from followup_tui.domain.commands.letters import addressee
from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.model.details import ApplicationDetails, interview_days
from followup_tui.domain.model.letter import Letter
from followup_tui.store.reader import KnownPerson


def names_for(details: ApplicationDetails, known: Iterable[KnownPerson]) -> ProofContext:
    """Return the names and days that belong in a letter, and the names of other applications, which don't."""
    application = details.application
    own = {application.company.casefold(), *(contact.name.casefold() for contact in details.contacts)}
    others = [one for one in known if one.application_id != application.id]
    companies = dict.fromkeys(one.company for one in others if one.company.casefold() not in own)
    people = dict.fromkeys(one.person for one in others if one.person and one.person.casefold() not in own)
    roles = dict.fromkeys(one.role for one in others if one.role.casefold() != application.role.casefold())
    return ProofContext(
        company=application.company,
        role=application.role,
        people=tuple(contact.name for contact in details.contacts if contact.name),
        other_companies=tuple(companies),
        other_people=tuple(people),
        other_roles=tuple(roles),
        interview_days=interview_days(details),
    )


def about_letter(known: ProofContext, letter: Letter, details: ApplicationDetails) -> ProofContext:
    """Return what is known about a letter itself as well."""
    recipient = addressee(details, letter)
    return replace(
        known,
        recipient=recipient.name if recipient else "",
        kind=letter.kind,
        attachments=len(letter.attachments),
    )

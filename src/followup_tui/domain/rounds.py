"""Which round counts, who was in it, and from when a stage counts."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.interview import Interview
from followup_tui.domain.stage import Stage


def latest_interview(dossier: Dossier) -> Interview | None:
    """The round that starts last and isn't cancelled."""
    booked = [interview for interview in dossier.interviews if interview.cancelled_at is None]
    return max(booked, key=lambda interview: interview.starts_at, default=None)


def people_in(interview: Interview, dossier: Dossier) -> tuple[Contact, ...]:
    """Who was in the room, in the order in which the people were named."""
    met = {link.contact_id for link in dossier.interviewers if link.interview_id == interview.id}
    return tuple(contact for contact in dossier.contacts if contact.id in met)


def met_alone(interview: Interview, dossier: Dossier, contact_id: str | None) -> bool:
    """Whether nobody else took part in a round, so that its notes tell what was talked about with this person."""
    return all(person.id == contact_id for person in people_in(interview, dossier))


def stage_start(dossier: Dossier, stage: Stage, now: datetime) -> datetime:
    """From when a stage counts that is entered now: Interviewed from the interview, where there is one."""
    interview = latest_interview(dossier)
    if stage is Stage.INTERVIEWED and interview is not None:
        return interview.starts_at
    return now

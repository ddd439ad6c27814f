"""Guess company and role of an interview from title, domains and text; a person confirms the guess."""

from __future__ import annotations

import re
from typing import NamedTuple

from followup_tui.exchange.invitations.company_guess import company_evidence
from followup_tui.exchange.invitations.evidence import words_key
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invitation_text import page_text, text_of, without_jobs
from followup_tui.exchange.invitations.invited_people import Invited
from followup_tui.exchange.invitations.role_guess import clean_role, role_evidence, says_role
from followup_tui.exchange.invitations.title_parts import Chunk, bare_title, chunks_of, is_subject

_LABELLED_TITLE = re.compile(
    r"(?im)^[^\w\n]{0,8}(?:event(?: name)?|topic|subject|betreff|thema|what|objet|asunto|oggetto"
    r"|onderwerp)\s*:[ \t]*(?P<title>[^\n]{2,150})$"
)


class Guess(NamedTuple):
    """What an invitation seems to be about; an empty text if nothing tells, or sources contradict each other."""

    company: str
    role: str


def guess_application(invitation: Invitation, invited: Invited) -> Guess:
    """Return the company and the role that an invitation is most likely about.

    The employer comes first: what else a title names is then the role.
    """
    text = text_of(invitation)
    page = page_text("\n".join((invitation.description, invitation.background)))
    titles = [
        bare_title(title)
        for title in (invitation.title, *(found["title"] for found in _LABELLED_TITLE.finditer(page)))
    ]
    others = [person.name for person in invited.people if person.name]
    own = invited.own_names
    chunks = [chunk for title in titles for chunk in chunks_of(title, others, own)]
    companies = company_evidence(invitation, invited, chunks, text, titles)
    company = companies.best() if companies else ""
    titles = [without_jobs(re.sub(r" [-–—] ", " | ", title), others) for title in titles]
    body = without_jobs(_LABELLED_TITLE.sub("", text.body), others)
    left = [chunk for title in titles for chunk in chunks_of(title, others, own, company)]
    subjects = {words_key(one.text) for one in left if is_subject(one.text)}
    roles = role_evidence(
        left, "\n".join(titles), body, company, {*own, *others}, is_alone=bool(company) and len(subjects) == 1
    )
    role = roles.best()
    if companies and len(companies.names()) < 2 and not company:
        company = _only_other(chunks, role)
    return Guess(company, clean_role(role, company))


def _only_other(chunks: list[Chunk], role: str) -> str:
    """Return what a title names besides the role, where that is one thing alone."""
    others = {
        one.text
        for one in chunks
        if one.text[0].isupper()
        and is_subject(one.text)
        and words_key(one.text) != words_key(role)
        and not says_role(one.text)
    }
    return others.pop() if role and len(others) == 1 else ""

"""Senders, recipients and facts for tests, and letters rendered as the program renders them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from followup_tui.domain.format import English
from followup_tui.domain.letters.template_values import NOTHING_ASKED, TemplateValue, template_values
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import Sender
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import RuleContext, context_of
from followup_tui.letters.library import TemplateLibrary, open_library
from followup_tui.letters.renderer import RenderedLetter, render
from playbook.history import History, history
from playbook.moments import Moment

ME = Sender(name="Alex Kim", email="alex@kim.example", phone="+1 646 555 0134")
BRITON = replace(ME, english=English.BRITISH)
PANEL = ("Dana Ruiz", "Sam Okafor", "Mira Lindt", "Jo Park", "Ada Berg")
LIBRARY: TemplateLibrary = open_library()
SEEDS = tuple(sum(number << 5 * place for place in range(6)) for number in range(11))
"""Numbers that choose every wording of every template at least once, as a test proves."""
NAMES = tuple(LIBRARY.templates)
MOST = {
    name: max(
        (part.count("{% or %}") + 1 for part in re.findall(r"(?s){% either %}.*?{% endeither %}", template.body)),
        default=1,
    )
    for name, template in LIBRARY.templates.items()
}
"""How many wordings a template has of the sentence that has most."""
SENT = tuple(name for name, template in LIBRARY.templates.items() if not template.kind.is_spoken)
ASKED = {"thing": "two references", "wish": "a base salary of 95,000"}
"""The required fields, besides the sender."""


def book_of(moment: Moment) -> Rulebook:
    return Rulebook(moment.playbook, moment.calendar)


def context_at(moment: Moment) -> RuleContext:
    return context_of(moment.details, book_of(moment), moment.now)


def met(*people: str, answer: Answer | None = None, by: str = "") -> History:
    """Return a history with an interview on Wednesday, 18 November 2026."""
    story = history().interview("Wed 18 Nov 2026 14:00", *people)
    return story.said(answer, by) if answer else story


def with_notes(moment: Moment, notes: str) -> Moment:
    """Return the moment with these notes on every interview."""
    interviews = tuple(replace(one, notes=notes) for one in moment.details.interviews)
    return replace(moment, details=replace(moment.details, interviews=interviews))


def with_titles(moment: Moment, *titles: str) -> Moment:
    """Return the moment with these titles for the contacts, in order."""
    known = moment.details.contacts
    contacts = tuple(replace(one, title=title) for one, title in zip(known, titles, strict=False))
    return replace(moment, details=replace(moment.details, contacts=(*contacts, *known[len(contacts) :])))


def first_contact(details: ApplicationDetails) -> Contact | None:
    return details.contacts[0] if details.contacts else None


def facts(
    moment: Moment,
    *,
    to: Contact | None = None,
    sender: Sender = ME,
    asked: Mapping[str, str] = NOTHING_ASKED,
) -> Mapping[str, TemplateValue]:
    """Return the facts for a letter to a contact, by default the first one of the application."""
    to = to or first_contact(moment.details)
    return template_values(context_at(moment).history, sender, contact=to, book=book_of(moment), asked=asked)


def letter(
    name: str,
    moment: Moment,
    *,
    to: Contact | None = None,
    sender: Sender = ME,
    asked: Mapping[str, str] = ASKED,
    seed: int = 0,
) -> RenderedLetter:
    return render(LIBRARY.get(name), facts(moment, to=to, sender=sender, asked=asked), seed=seed)

"""Who writes to whom in the tests of letters, and a letter made as the program makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.letter import English, Sender
from followup_tui.domain.letter_facts import NOTHING_ASKED, Fact, facts_of
from followup_tui.domain.next_step import Answer
from followup_tui.domain.rulebook import Rulebook
from followup_tui.letters.rendering import Rendered, render
from followup_tui.letters.shelf import Shelf, open_shelf
from playbook.history import History, history
from playbook.reading import Moment

ME = Sender(name="Alex Kim", email="alex@kim.example", phone="+1 646 555 0134")
BRITON = replace(ME, english=English.BRITISH)
PANEL = ("Dana Ruiz", "Sam Okafor", "Mira Lindt", "Jo Park", "Ada Berg")
SHELF: Shelf = open_shelf()
NAMES = tuple(SHELF.templates)
SENT = tuple(name for name, template in SHELF.templates.items() if not template.kind.is_spoken)
ASKED = {"thing": "two references"}
"""What a letter can't do without, beside the sender."""


def book_of(moment: Moment) -> Rulebook:
    return Rulebook(moment.playbook, moment.calendar)


def met(*people: str, answer: Answer | None = None, by: str = "") -> History:
    """An interview on Wednesday, 18 November 2026."""
    story = history().interview("Wed 18 Nov 2026 14:00", *people)
    return story.said(answer, by) if answer else story


def noted(moment: Moment, notes: str) -> Moment:
    """The same with notes to every interview."""
    interviews = tuple(replace(one, notes=notes) for one in moment.dossier.interviews)
    return replace(moment, dossier=replace(moment.dossier, interviews=interviews))


def titled(moment: Moment, *titles: str) -> Moment:
    """The same with titles to the people, in their order."""
    known = moment.dossier.contacts
    contacts = tuple(replace(one, title=title) for one, title in zip(known, titles, strict=False))
    return replace(moment, dossier=replace(moment.dossier, contacts=(*contacts, *known[len(contacts) :])))


def first_of(dossier: Dossier) -> Contact | None:
    return dossier.contacts[0] if dossier.contacts else None


def facts(
    moment: Moment,
    *,
    to: Contact | None = None,
    sender: Sender = ME,
    asked: Mapping[str, str] = NOTHING_ASKED,
) -> Mapping[str, Fact]:
    """What is known for a letter to a person, the first of the application where none is told."""
    to = to or first_of(moment.dossier)
    return facts_of(moment.dossier, sender, contact=to, book=book_of(moment), now=moment.now, asked=asked)


def letter(
    name: str,
    moment: Moment,
    *,
    to: Contact | None = None,
    sender: Sender = ME,
    asked: Mapping[str, str] = ASKED,
) -> Rendered:
    return render(SHELF.take(name), facts(moment, to=to, sender=sender, asked=asked))

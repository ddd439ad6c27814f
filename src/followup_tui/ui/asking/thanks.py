"""By which way a thank-you was sent, to whom, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followup_tui.domain.commands.touches import Thanks, describe_postal_time, postal_warning, thank
from followup_tui.domain.format import format_moment
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.touch import Channel, Touch
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.options import LATER, MOST_PEOPLE, WAYS
from followup_tui.ui.asking.about import About
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Followed, Title
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import VerbScreen


@dataclass(frozen=True, slots=True)
class _Sending:
    """What was decided so far: to `person` alone, at another time than now."""

    about: About
    waiting: tuple[Contact, ...] = ()
    person: Contact | None = None
    at: datetime | None = None


def ask_thanks(screen: VerbScreen, cards: Sequence[Card]) -> Choose[Channel | Contact | None]:
    """The way it was sent. Raises the refusal where nobody waits for one."""
    about = About(screen, cards)
    return _ask_way(_Sending(about, _waiting(about) if len(cards) == 1 else ()))


def _waiting(about: About) -> tuple[Contact, ...]:
    """Who would be thanked now, found out by doing it without writing it down; an override asks no guard."""
    details = about.details()
    change = thank(details, about.screen.followup.now(), Thanks(override="only to see"), about.book())
    ids = {edit.after.contact_id for edit in change.edits if isinstance(edit.after, Touch)}
    return tuple(contact for contact in details.contacts if contact.id in ids)


def _ask_way(sending: _Sending) -> Choose[Channel | Contact | None]:
    async def finish(chosen: Channel | Contact | None) -> Followed:
        if chosen is None:
            return _ask_time(sending)
        if isinstance(chosen, Contact):
            return _ask_way(replace(sending, person=chosen))
        return await _thanked(sending, chosen)

    now = "" if sending.at else ", now"
    options: list[tuple[str, str, Channel | Contact | None]] = [
        (key, words + (now if channel is Channel.EMAIL else ""), channel) for key, words, channel in WAYS
    ]
    if sending.at is None:
        options.append((*LATER, None))
    if sending.person is None and len(sending.waiting) > 1:
        options += [
            (str(number), f"Only {person.name or person.email}…", person)
            for number, person in enumerate(sending.waiting[:MOST_PEOPLE], 1)
        ]
    return Choose(_title(sending), options, finish)


def _title(sending: _Sending) -> Title:
    people = (sending.person,) if sending.person else sending.waiting
    names = [person.name or person.email for person in people]
    whom = f" to {' and '.join(names)}" if 1 <= len(names) <= 2 else f" to all {len(names)}" if names else ""
    when = f", {format_moment(sending.at, sending.about.screen.followup.now())}" if sending.at else ""
    return sending.about.title(f"thank-you{whom}{when}")


def _ask_time(sending: _Sending) -> Prompt:
    about = sending.about

    async def finish(text: str) -> Followed:
        return _ask_way(replace(sending, at=about.behind(text)))

    return Prompt(
        about.title("when was the thank-you sent?"),
        finish,
        placeholder="yesterday 16:00, fri",
        hint="Enter goes on · Esc closes",
        echo=lambda text: _said(about, text),
    )


def _said(about: About, text: str) -> str:
    return format_moment(about.behind(text), about.screen.followup.now())


async def _thanked(sending: _Sending, channel: Channel) -> Followed:
    screen = sending.about.screen
    tracker = screen.followup.tracker
    to = (_named(sending.person, sending.about),) if sending.person else ()
    return await screen.perform(
        lambda ids, seen, why: tracker.thank(ids, to=to, by=channel, at=sending.at, override=why, versions=seen),
        sending.about.cards,
        remark=_of_post(sending) if channel is Channel.POST else "",
    )


def _of_post(sending: _Sending) -> str:
    """That a card may come too late, else that it takes days."""
    about = sending.about
    book = about.book()
    late = postal_warning(about.details(), sending.at or about.screen.followup.now(), book)
    return late or describe_postal_time(book.playbook)


def _named(person: Contact, about: About) -> str:
    """The person by name, by which a repeated verb finds them elsewhere too; by id where the name is several's."""
    name = person.name or person.email
    same = [one for one in about.details().contacts if name.casefold() in f"{one.name} {one.email}".casefold()]
    return name if len(same) == 1 else person.id

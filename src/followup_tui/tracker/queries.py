"""Queries: the board, one application, what comes next, what the guard says, how spread the search is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from followup_tui.domain.commands.applications import commitments_before
from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.change import JournalEntry
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.errors import GONE, NotFound
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.text import employer_key, fold_name, name_among
from followup_tui.domain.rules.action import ActionKind, NextAction
from followup_tui.domain.rules.basket import Basket
from followup_tui.domain.rules.contact_meaning import judge_contact, proposed
from followup_tui.domain.rules.guard import Verdict, verdict_on
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.domain.views.board import Board, Sort, build_board
from followup_tui.domain.views.card import Card, upcoming_action
from followup_tui.domain.views.insights import (
    LOAD_DAYS,
    AskingStep,
    Insights,
    compute_insights,
    load_by_day,
)
from followup_tui.domain.views.summary import Summary, summarize
from followup_tui.store.insights_query import read_activity
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import FOREVER
from followup_tui.store.sql import without_garbage_collection
from followup_tui.tracker.listing import Identity, find
from followup_tui.tracker.schedule import ActionSchedule, computed_basket

_MOST_NAMED = 3


class Queries:
    """Reads one database and changes nothing."""

    def __init__(self, reader: Reader, schedule: ActionSchedule, clock: Callable[[], datetime]) -> None:
        self._reader = reader
        self._schedule = schedule
        self._clock = clock

    def board(self, sort: Sort = Sort.DUE) -> Board:
        """Return the board as it is on disk now."""
        at = self._clock()
        return build_board(self._schedule.cards(at), sort, self._schedule.day_of(at))

    def next_change_at(self) -> datetime | None:
        """The next moment at which an application asks for something else, or None."""
        return self._reader.next_change_at(self._clock())

    def details(self, id: str) -> ApplicationDetails:
        """Return one application in full; raises `NotFound` if it no longer exists."""
        details = self._reader.details(id)
        if details is None:
            raise NotFound(GONE)
        return details

    def rules_for(self, details: ApplicationDetails) -> Rulebook:
        """Return the playbook and the calendar for an application."""
        return self._schedule.rules_for(details.application.region)

    def summary(self, id: str, at: datetime | None = None) -> Summary:
        """Return an application with its rules and what comes next, now or at a moment; it is read once."""
        return self.summary_of(self.details(id), at or self._clock())

    def summary_of(self, details: ApplicationDetails, at: datetime) -> Summary:
        """Return the summary of an application that was read already, with what else is live beside an offer."""
        others = self.live_others([details.application.id]) if open_offer(details) is not None else ()
        return summarize(details, self.rules_for(details), at, others)

    def next_action(self, id: str) -> NextAction | None:
        """Return what comes next for an application; None if it has moved on and needs nothing."""
        return self.summary(id).action

    def may_contact(self, id: str, by: str = "") -> Verdict:
        """Return the guard's verdict on what `log` would record now with the word `by`, or on what is proposed."""
        details, at = self.details(id), self._clock()
        rules = self.rules_for(details)
        context = context_of(details, rules, at)
        if by:
            kind, _, channel = LOGGABLE[by]
            return judge_contact(context, kind, channel)
        action = next_action(details, *rules, at)
        kind = proposed(action, context)
        return verdict_on(context, kind, action.step.contact_id if action else None)

    def interview_ahead(self, id: str) -> Interview | None:
        """Return the next interview of an application that isn't over yet, or None."""
        details = self.details(id)
        return context_of(details, self.rules_for(details), self._clock()).history.ahead

    def basket(self, cards: Collection[Card] | None = None) -> Basket:
        """Return how spread the search is; `cards` are those of the whole board, if already read."""
        return computed_basket(self._reader, self._schedule, self._clock(), cards)

    def offered(self) -> list[ApplicationDetails]:
        """Return the applications whose offer waits for an answer, by number."""
        cards = sorted(self._schedule.cards(self._clock()), key=lambda card: card.number)
        return self._reader.load_details([card.id for card in cards if card.action is ActionKind.ANSWER_OFFER])

    def live_others(self, ids: Collection[str]) -> list[Card]:
        """Return the cards of the applications besides these that are still live, by number."""
        cards = self._schedule.cards(self._clock())
        live = (card for card in cards if card.stage is not Stage.MOVED_ON and not card.is_applied)
        return sorted((card for card in live if card.id not in ids), key=lambda card: card.number)

    def coming(self, cards: Collection[Card]) -> str:
        """Say what comes next after today: "Acme, interview Tue 24 Nov 14:00"; empty if nothing does."""
        today = self._schedule.day_of(self._clock())
        after = upcoming_action(cards, today)
        return after.words(today, name_among(after.card, cards)) if after else ""

    def commitments_before(self, ids: Sequence[str], until: date | None) -> str:
        """Name what is fixed before a day, in a sentence; empty if nothing is."""
        if until is None:
            return ""
        at = self._clock()
        fixed: list[str] = []
        for details in self._reader.load_details(ids, without_damaged=True):
            words = commitments_before(details, at, until, self.rules_for(details))
            fixed += [f"{details.name}: {commitment}" for commitment in words]
        if not fixed:
            return ""
        more = f" and {len(fixed) - _MOST_NAMED} more" if len(fixed) > _MOST_NAMED else ""
        day = format_day(until, self._schedule.day_of(at))
        return f"Before {day} comes {'; '.join(fixed[:_MOST_NAMED])}{more}."

    def insights(self, basket: Basket | None = None) -> Insights:
        """Return how the search goes, in numbers; `basket` is the one of now, computed if not given."""
        return insights_of(self._reader, self._schedule, self._clock(), basket)

    def find(self, typed: str, besides: str = "") -> str:
        """Return the id of the application that the user typed, not `besides`; see `tracker.listing.find`."""
        return find(typed, [identity for identity in self._reader.identities() if identity[0] != besides])

    def identities(self) -> list[Identity]:
        """Return the id, number, company and role of every application, by number."""
        return self._reader.identities()

    def at_same_employer(self, id: str) -> list[tuple[str, str]]:
        """Return id and name of the others that may be at the same employer, those of the same role first."""
        identities = {identity[0]: identity for identity in self.identities()}
        _, _, own_company, own_role = identities.pop(id)
        same = [
            identity for identity in identities.values() if employer_key(identity[2]) == employer_key(own_company)
        ]
        same.sort(key=lambda identity: fold_name(identity[3]) != fold_name(own_role))
        return [
            (id, f"#{number} {', '.join(filter(None, (company, role)))}") for id, number, company, role in same
        ]

    def history(self, limit: int | None, application_id: str | None = None) -> list[JournalEntry]:
        """Return the journal, newest first: of all applications, or of one."""
        return self._reader.journal(limit=limit, application_id=application_id)

    def changed_elsewhere(self) -> bool:
        """Whether another process has changed the file since the last call."""
        return self._reader.changed()


def insights_of(reader: Reader, schedule: ActionSchedule, at: datetime, basket: Basket | None = None) -> Insights:
    """Return the insights at a moment, days being the user's; `basket` is the one at that moment, or computed."""
    now = at.astimezone(schedule.zone)
    playbook, calendar = schedule.rules_for("")
    until = calendar.begin_of(calendar.day_of(now) + timedelta(days=LOAD_DAYS))
    with without_garbage_collection():
        activity = read_activity(reader.path, playbook.interview_minutes, now, until)
        steps: Iterable[AskingStep] | None = activity.steps if schedule.is_current(now) else None
        if steps is None:
            steps = _computed_steps(reader, schedule, now)
        basket = basket or computed_basket(reader, schedule, now)
        load = load_by_day(steps, calendar, now)
        insights = compute_insights(activity.courses, load, basket.words, playbook, calendar, now)
    return replace(insights, damaged=activity.damaged)


def _computed_steps(reader: Reader, schedule: ActionSchedule, now: datetime) -> Iterator[AskingStep]:
    """Compute all steps by the rules in force: after an upgrade, or with other rules."""
    ids = [id for id, *_ in reader.identities()]
    for details, steps, _ in schedule.scheduled(reader.load_details(ids, without_damaged=True), now):
        for step in steps:
            until_at = step.until_at or FOREVER
            yield details.application.id, step.action.value, step.asks_on, step.from_at, until_at

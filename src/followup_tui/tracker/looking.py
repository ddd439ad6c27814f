"""Looking: the board, one application, what comes next, what the guard says, how spread the search is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.model.change import JournalEntry
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.action import Action, NextAction
from followup_tui.domain.rules.basket import Basket, basket_of
from followup_tui.domain.rules.guard import Verdict, may_contact
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.views.board import Board, Sort, build_board
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.explanation import upcoming_action
from followup_tui.tracker.committing import Committing
from followup_tui.tracker.finding import find


class Looking(Committing):
    """A database that can be looked at; whatever is said of the next step comes from one engine."""

    def board(self, sort: Sort = Sort.DUE) -> Board:
        """The board as it is on disk, at this moment."""
        at = self.clock()
        return build_board(self.outlooks.cards(at), sort, at.astimezone(self.outlooks.zone).date())

    def next_turn(self) -> datetime | None:
        """The next moment at which an application asks for something else, though nothing happened but time."""
        return self._reader.next_change_at(self.clock())

    def details(self, id: str) -> ApplicationDetails:
        """Everything about one application; raises `NotFound` where it no longer exists."""
        details = self._reader.details(id)
        if details is None:
            raise NotFound("This application no longer exists; it was taken back from another window.")
        return details

    def next_action(self, id: str) -> NextAction | None:
        """What comes next for an application; None for one that has moved on and needs nothing."""
        details = self.details(id)
        return next_action(details, *self._book(details), self.clock())

    def may_contact(self, id: str, by: str = "") -> Verdict:
        """The guard's verdict on a contact now: `by` a word of `LOGGABLE`, else what the playbook proposes."""
        details = self.details(id)
        book, at = self._book(details), self.clock()
        action = next_action(details, *book, at)
        kind, to = _meant(by, action)
        return may_contact(details, kind, at, *book, to)

    def basket(self, cards: Collection[Card] | None = None) -> Basket:
        """How spread the search is; `cards` are those of the whole board, where they have been read already."""
        at = self.clock()
        zone = self.outlooks.zone
        today = at.astimezone(zone).date()
        found = self.outlooks.cards(at) if cards is None else cards
        live = [card for card in found if card.stage is not Stage.MOVED_ON]
        rule = self.outlooks.rules.playbook.basket
        new_since = datetime.combine(today - timedelta(days=rule.new_within_days - 1), time(), zone)
        newest_at = max((card.created_at for card in found), default=None)
        return basket_of(
            live=len(live),
            new=sum(card.created_at >= new_since for card in found),
            newest_on=newest_at.astimezone(zone).date() if newest_at else None,
            touches=self._reader.touch_counts_since(at - timedelta(days=rule.window_days)),
            companies={card.id: card.company for card in live},
            due=[card.id for card in live if card.asks_on is not None and card.asks_on <= today],
            rule=rule,
            today=today,
        )

    def coming_words(self, cards: Collection[Card]) -> str:
        """What comes next after today by all cards: "Acme, interview Tue 24 Nov 14:00"; empty for nothing."""
        at = self.clock()
        after = upcoming_action(cards, self.outlooks.day_of(at))
        if after is None:
            return ""
        hour = ""
        if after.card.action is Action.ASK_NEXT_STEP and not after.card.is_held:
            details = self.details(after.card.id)
            ahead = history_of(details, *self._book(details), at).ahead
            if ahead is not None and ahead.time_known:
                hour = f"{ahead.starts_at.astimezone(self.outlooks.zone):%H:%M}"
        return after.words(self.outlooks.day_of(at), hour)

    def find(self, typed: str) -> str:
        """The id of the application that a person typed; see `tracker.finding`."""
        return find(typed, self._reader.identities())

    def history(self, limit: int | None, application_id: str | None = None) -> list[JournalEntry]:
        """The journal, newest first."""
        return self._reader.journal(limit=limit, application_id=application_id)

    def changed_elsewhere(self) -> bool:
        """Whether the file has changed by another hand since the last call."""
        return self._reader.changed()


def _meant(by: str, action: NextAction | None) -> tuple[TouchKind, str | None]:
    """The contact that is meant, and to whom: where a thank-you is open, writing means thanking."""
    thanking = action is not None and action.action is Action.THANK and by not in ("call", "voicemail")
    if thanking and action is not None:
        return TouchKind.THANK_YOU, action.step.contact_id
    if by:
        return LOGGABLE[by][0], None
    return _KINDS.get(action.action, TouchKind.CHECK_IN) if action else TouchKind.CHECK_IN, None


_KINDS = {
    Action.CALL: TouchKind.CALL,
    Action.VOICEMAIL: TouchKind.VOICEMAIL,
    Action.GRACIOUS_NOTE: TouchKind.GRACIOUS_NOTE,
    Action.SEND_SOMETHING: TouchKind.SENT,
}

"""Everything a person needs to decide about one application, in words; and the open offers side by side.

What comes next, by when, the chain behind that date, and what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from followup_tui.domain.describe import describe_answer, describe_offer
from followup_tui.domain.format import format_clock_text, format_day, plural
from followup_tui.domain.model.application import Application, Pace, Stage
from followup_tui.domain.model.details import ApplicationDetails, Offer, open_offer
from followup_tui.domain.model.text import name_among
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.rules.action import (
    CALM,
    GUARD,
    ActionKind,
    CountedDays,
    NextAction,
    State,
    Step,
    is_awaited_call,
    is_undated_offer,
)
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.contact_meaning import judge_contact
from followup_tui.domain.rules.guard import Verdict, verdict_on
from followup_tui.domain.rules.next_action import is_overtaken, next_action
from followup_tui.domain.rules.offers import accepted_elsewhere
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import ContactRule, context_of
from followup_tui.domain.views.card import Card, call_hour, format_interview, today_or_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An application with what comes next at a moment, and the rules by which that was found.

    `others` are the cards of what else is live, where an offer is to be answered.
    """

    details: ApplicationDetails
    book: Rulebook
    at: datetime
    action: NextAction | None
    others: Sequence[Card] = ()

    @property
    def now(self) -> datetime:
        """The moment in the user's zone, in which times are shown."""
        return self.at.astimezone(self.book.calendar.zone)

    @property
    def today(self) -> date:
        """The user's day."""
        return self.now.date()


def summarize(details: ApplicationDetails, book: Rulebook, now: datetime, others: Sequence[Card] = ()) -> Summary:
    """Return the summary of an application at a moment; `book` has the rules of its region."""
    return Summary(details=details, book=book, at=now, action=next_action(details, *book, now), others=others)


def describe_action(action: NextAction) -> str:
    """What to do, with whom, and by which way: "thank Dana Ruiz by email"."""
    if is_awaited_call(action.action, action.step.asks_on, action.due_on):
        return "they call"
    words, channel = _DEEDS[action.action].format(whom=action.contact or "them"), action.step.known_channel
    if action.action is ActionKind.SEND_SOMETHING and channel is Channel.EMAIL:
        return words.replace("send", "email", 1)
    if channel is None or channel is Channel.PHONE:  # "call" says it already
        return words
    return f"{words} {channel.way}"


def describe_task(summary: Summary) -> str:
    """What to do, and that no number is known where it is to be done on the phone; empty for nothing."""
    action = summary.action
    if action is None:
        return ""
    if action.action is ActionKind.ASK_NEXT_STEP and summary.details.application.stage is Stage.MOVED_ON:
        return "interview"  # nothing is to be asked there any more
    words = describe_action(action)
    if action.step.through:
        words += f" through {action.step.through}"
    if action.channel is Channel.PHONE and not any(contact.phone for contact in summary.details.contacts):
        words += ", no number known"
    return words


def describe_rest(details: ApplicationDetails) -> str:
    """Why nothing is asked for, of what was only applied for; else empty."""
    if not details.application.is_applied:
        return ""
    return "Nothing to do: you applied and are not interviewed yet. Record the interview once there is one."


_DEEDS = {
    ActionKind.ANSWER_OFFER: "answer the offer",
    ActionKind.TELL_ANSWER: "tell {whom} your answer",
    ActionKind.THANK: "thank {whom}",
    ActionKind.TELL_OF_OFFER: "tell {whom} of the other offer",
    ActionKind.WITHDRAW: "withdraw, with a letter to {whom}",
    ActionKind.MISSED_CALL: "they didn't call: write to {whom}",
    ActionKind.SEND_SOMETHING: "send {whom} what they asked for",
    ActionKind.ASK_NEW_DATE: "ask {whom} for a new date",
    ActionKind.VOICEMAIL: "leave {whom} a voicemail",
    ActionKind.CALL: "call {whom}",
    ActionKind.CHECK_IN: "check in with {whom}",
    ActionKind.PINNED: "what you pinned",
    ActionKind.ASK_NEXT_STEP: "ask {whom}: what's the next step?",
    ActionKind.RECORD_INTERVIEW: "record when the interview was",
    ActionKind.RECORD_ANSWER: "record their answer",
    ActionKind.GRACIOUS_NOTE: "one gracious note to {whom}",
    ActionKind.RECONNECT: "reconnect with {whom}",
    ActionKind.MOVE_ON: "move on?",
    ActionKind.WAIT: "wait",
}


def describe_due_date(action: NextAction, today: date) -> str:
    """By when: "was due Sat 21 Nov", "today", "by Mon 23 Nov, today if you can", "until Tue 24 Nov"."""
    day = format_day(action.due_on, today)
    if action.action in CALM:
        is_open = action.action in (ActionKind.WITHDRAW, ActionKind.MOVE_ON, ActionKind.RECORD_INTERVIEW)
        return "" if is_open else f"by {day}, if you like"
    if is_awaited_call(action.action, action.step.asks_on, action.due_on):
        return f"{'today' if action.due_on == today else f'on {day}'} {call_hour(action.step)}".rstrip()
    if action.action is ActionKind.WAIT:
        return "for today" if action.due_on == today else f"until {day}"
    if action.state in (State.LATE, State.MISSING):
        return f"was due {day}"
    if action.action is ActionKind.ASK_NEXT_STEP:
        when = format_interview(action.step, today)
        return when if when.startswith("today") else f"on {when}"
    if action.due_on == today:
        return "due today" if action.action is ActionKind.RECORD_ANSWER else "today"
    if action.state is State.TODAY:
        return today_or_by(day)
    if is_undated_offer(action.action, action.step.asks_on, action.due_on, today):
        return "by a day not known yet"
    return f"by {day}" if action.action is ActionKind.ANSWER_OFFER else f"on {day}"


def chain_of(summary: Summary) -> list[str]:
    """What was counted from where, link by link."""
    action = summary.action
    return describe_chain(action.step, summary.book.calendar, summary.today) if action is not None else []


# The chain behind a date


def describe_chain(step: Step, calendar: Calendar, today: date) -> list[str]:
    """One sentence for each link: "You thanked them on Thu 19 Nov: 7 business days later it is Mon 30 Nov."

    Days that would have counted but for a holiday or a day off are named: "Thu 26 Nov is Thanksgiving Day."
    """
    return [sentence for link in step.chain for sentence in _describe_link(link, calendar, today)]


def _describe_link(link: CountedDays, calendar: Calendar, today: date) -> list[str]:
    start, end = format_day(link.start_on, today), format_day(link.end_on, today)
    if not link.days:
        if link.because == GUARD:
            return [f"The guard keeps two contacts apart: not before {end}."]
        return [f"{link.because} {_on(link.because)}{end}."]
    unit = plural(link.days, "business day" if link.business else "day")
    sentences = [f"{link.because} {_on(link.because)}{start}: {unit} later it is {end}."]
    if link.business:
        sentences += _skipped(link, calendar, today)
    return sentences


def _on(because: str) -> str:
    """ "on" before a day, unless the words before it say so in another way."""
    return "" if because.endswith((" is", " to", " by", " until")) else "on "


def _skipped(link: CountedDays, calendar: Calendar, today: date) -> list[str]:
    left_out = calendar.skipped(link.start_on, link.end_on)
    sentences: list[str] = []
    for reason, group in groupby(left_out, key=lambda day_and_reason: day_and_reason[1]):
        days = [format_day(day, today) for day, _ in group]
        verb = "is" if len(days) == 1 else "are"
        sentences.append(f"{' and '.join(days)} {verb} {reason}, not counted.")
    if (link.end_on - link.start_on).days > link.days + len(left_out):
        sentences.append("Weekends are not counted.")
    return sentences


def is_plainly_counted(summary: Summary) -> bool:
    """Whether the why has said it all: one link, on the way of which no day but weekends was left out."""
    chain = summary.action.step.chain if summary.action is not None else ()
    skipped = summary.book.calendar.skipped
    return len(chain) < 2 and not any(link.business and skipped(link.start_on, link.end_on) for link in chain)


# The guard


def describe_contact_rules(summary: Summary) -> list[str]:
    """What the guard says: "email: from Fri 27 Nov, leave 5 business days between contacts".

    Empty for a closed application and for one whose first interview is in the future. What
    they asked for is fine at any time.
    """
    action = summary.action
    if action is None or (action.action is ActionKind.ASK_NEXT_STEP and not summary.details.touches):
        return []
    context = context_of(summary.details, summary.book, summary.now)
    if action.action in _UNJUDGED:
        verdict = verdict_on(context, TouchKind.SENT)
        return [f"{_UNJUDGED[action.action]}: {_describe_verdict(verdict, summary)}"]
    contacts = [("email", TouchKind.CHECK_IN, Channel.EMAIL)]
    if summary.details.application.stage is not Stage.MOVED_ON:
        contacts.append(("call", TouchKind.CALL, Channel.PHONE))
    names_by_verdict: dict[str, list[str]] = {}
    for name, kind, by in contacts:
        verdict = judge_contact(context, kind, by)
        names_by_verdict.setdefault(_describe_verdict(verdict, summary), []).append(name)
    return [f"{' and '.join(names)}: {verdict}" for verdict, names in names_by_verdict.items()]


_UNJUDGED = {
    ActionKind.SEND_SOMETHING: "sending what they asked for",
    ActionKind.ASK_NEW_DATE: "asking for a new date",
    ActionKind.TELL_ANSWER: "your answer to their offer",
    ActionKind.WITHDRAW: "letter of withdrawal",
}
"""What is fine at any time, in words."""


def _describe_verdict(verdict: Verdict, summary: Summary) -> str:
    if verdict.allowed or verdict.rule is None:
        return "OK today"
    begin = "not again" if verdict.rule is ContactRule.CONTACTS_MOST else "never"
    if verdict.from_on is not None:
        begin = verdict.later or f"from {format_day(verdict.from_on, summary.today)}"
    playbook = summary.book.playbook
    reason = {
        ContactRule.CONTACTS_APART: f"leave {plural(playbook.contacts_apart, 'business day')} between contacts",
        ContactRule.ONE_A_DAY: "one contact a day",
        ContactRule.CALLS_APART: f"leave {plural(playbook.calls_apart, 'business day')} between calls",
        ContactRule.VOICEMAILS_MOST: "you've left enough voicemails",
        ContactRule.CONTACTS_MOST: "you've followed up enough; wait for a reply",
        ContactRule.CALLS_MOST: "you've called enough",
        ContactRule.NO_PHONE: "they asked not to be contacted",
        ContactRule.ROUND_AHEAD: "the next interview comes first",
        ContactRule.NAMED_DAY: "the day they named comes first",
        ContactRule.NOT_INTERVIEWED: "not interviewed yet",
        ContactRule.NO_CONTACT: "they asked not to be contacted",
        ContactRule.NO_OFFER: "no other offer waits for an answer",
        ContactRule.OFFER_TOLD: "you told them already",
    }[verdict.rule]
    if verdict.rule is ContactRule.CALLS_MOST and not any(
        touch.kind is TouchKind.CALL for touch in summary.details.touches
    ):
        reason = "after what they said, don't call"
    other = f" (you contacted them for {verdict.other_role})" if verdict.other_role else ""
    return f"{begin}, {reason}{other}"


# What they said, and what the user decided


def describe_answers(summary: Summary) -> list[tuple[datetime, str, str]]:
    """Return their answers about the next step, newest first: moment, day and words.

    For example `(…, "Fri 20 Nov", "to keep in touch")`.
    """
    today, calendar = summary.today, summary.book.calendar
    return [
        (
            step.said_at,
            format_day(calendar.day_of(step.said_at, step.zone), today),
            describe_answer(step, today) + (f": {step.note}" if step.note else ""),
        )
        for step in reversed(summary.details.next_steps)
    ]


def describe_own_dates(summary: Summary) -> list[str]:
    """What the user set by hand: pin, snooze, pace and region; empty where nothing was."""
    application, today = summary.details.application, summary.today
    lines: list[str] = []
    if application.pinned_on is not None:
        why = f": {application.pinned_why}" if application.pinned_why else ""
        lines.append(f"pinned to {format_day(application.pinned_on, today)}{why}")
    until = application.snoozed_until
    if until is not None and until > today:
        context = context_of(summary.details, summary.book, summary.now)
        if not is_overtaken(context, application.snoozed_at):
            lines.append(f"snoozed until {format_day(until, today)}")
    if application.pace is not Pace.NORMAL:
        factor = summary.book.playbook.factors[application.pace]
        lines.append(f"a {application.pace.value} employer: waits × {factor:g}")
    if application.region:
        lines.append(f"holidays of {application.region}")
    return lines


# An offer


def describe_offers(summary: Summary) -> list[str]:
    """The offers with their terms; with one to be answered what else is live, the nearest interview first."""
    lines = [describe_offer(offer, summary.today) for offer in summary.details.offers]
    if open_offer(summary.details) is None or not summary.others:
        return lines
    if accepted_elsewhere(context_of(summary.details, summary.book, summary.now)) is not None:
        return lines  # it is to be declined, which is no news for the others
    near = sorted(summary.others, key=lambda card: (card.interview_on or date.max, card.number))
    alike: list[Application | Card] = [summary.details.application, *summary.others]
    named = [_named_with_interview(card, alike, summary.today) for card in near[:_MOST_OTHERS]]
    more = f" and {len(near) - _MOST_OTHERS} more" if len(near) > _MOST_OTHERS else ""
    return [
        *lines,
        f"also active: {'; '.join(named)}{more}",
        "you can tell the others about it: see the letter “An offer elsewhere” on their cards",
    ]


_MOST_OTHERS = 6


def _named_with_interview(card: Card, alike: Iterable[Application | Card], today: date) -> str:
    name = name_among(card, alike)
    if card.interview_on is None:
        return name
    when = f"{format_day(card.interview_on, today)} {format_clock_text(card.interview_hour)}".rstrip()
    return f"{name}, interview {when}"


# The open offers side by side

NO_OFFERS = "No offer waits for an answer."


def offers_table(offered: Sequence[ApplicationDetails], today: date) -> list[tuple[str, ...]]:
    """A row for each thing to compare and a column for each offer, the first to answer on the left.

    What is said of none of them has no row.
    """
    with_offers = [(details, open_offer(details)) for details in offered]
    offers = [(details, offer) for details, offer in with_offers if offer is not None]
    offers.sort(key=lambda pair: (pair[1].answer_by or date.max, pair[0].application.number))
    columns = [_facts(details, offer, today) for details, offer in offers]
    names = columns[0] if columns else ()
    rows = [(name, *(column[name] for column in columns)) for name in names]
    return [row for row in rows if any(row[1:])]


def _facts(details: ApplicationDetails, offer: Offer, today: date) -> dict[str, str]:
    application = details.application
    return {
        "Employer": f"#{application.number} {application.company}",
        "Role": application.role,
        "Answer by": format_day(offer.answer_by, today) if offer.answer_by else "no day named",
        "Pay": offer.pay or application.pay,
        "Start": offer.start,
        "Where": ", ".join(filter(None, (application.location, application.work_mode))),
        "Notes": " ".join(offer.notes.split()),
    }

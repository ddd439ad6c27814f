"""Quick add: parse the one line that adds an application. It runs with every key.

A line is read in these steps, each by the modules named:

1. The next step, links, tags and labels are taken out (`line_answer`, `line_parts`, `line_labels`).
2. Commas, semicolons, bars, dashes, slashes and ends of sentences divide it into parts (`line_pieces.split_line`).
3. Each part in turn is looked at whole: a note, a deadline, a named field, pay, a source, a referral, people
   (`line_reading`, `line_people`).
4. Any other part is cut into pieces. Until company and role are known, all cuttings are weighed and the best is
   taken (`line_cutting`, `segments`, `segment_scores`); where none is good, and in the parts behind, it is cut at
   its date and at words such as "with" (`line_pieces.cut`).
5. Pieces are put into the fields, in the order company, role, people where nothing says what they are
   (`line_parts.LineParts`).
6. The whole line settles places, which of two dates counts, and whether the role stood first (`_settle`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_full_day, format_month_day
from followup_tui.domain.model.application import ANSWER_WORDS, Answer, Outcome, WorkMode
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms, usually_met
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.text import LINE_LIMIT, shown_line
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.booking import mail_as_line
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_context import NEARLY_A_YEAR
from followup_tui.domain.parsing.day_phrases import UNNAMED_WEEKDAY, WEEKDAY
from followup_tui.domain.parsing.day_rules import NO_REGION, DayRules
from followup_tui.domain.parsing.employer_words import names_office
from followup_tui.domain.parsing.interview_words import (
    CALLED_OFF,
    NOTHING_SAID,
    HowOneMeets,
    begins_or_ends_as_role,
    describe_meeting,
    read_meeting,
)
from followup_tui.domain.parsing.job_words import bare_role, source_of
from followup_tui.domain.parsing.line_actions import action_of, may_tell_of_offer, without_just_now
from followup_tui.domain.parsing.line_answer import offered_terms, said_of_next_step
from followup_tui.domain.parsing.line_labels import without_applied, without_labels, without_marks
from followup_tui.domain.parsing.line_parts import (
    LineParts,
    is_role,
    parse_applied_on,
    sort_links,
    with_profile,
    without_links,
)
from followup_tui.domain.parsing.line_pieces import join_parts, split_line
from followup_tui.domain.parsing.line_reading import sort_out
from followup_tui.domain.parsing.person_words import MAIL, is_name
from followup_tui.domain.parsing.segment_scores import may_be_company, may_be_role
from followup_tui.domain.parsing.times import split_clock
from followup_tui.domain.parsing.typed_people import write_person

MISSING = {
    "the company first": "Begin with the company, then a comma and the role.",
    "then the role, after a comma": "Put a comma after the company, then the role.",
}
"""The problems that are no mistakes: what is still to be typed, and what to do when it is saved like that."""
# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_TAG = r"(?<!\S)#([^\W\d][\w+-]*)"
_QUOTED = r"\s*[\"“”„]([^\"“”„]*)([\"“”])?\s*(?:[-–—]\s+)?"
_HELD = (
    r"(?i)\b(?:(?<!be )(?<!being )interviewed|(?<!gesprek )(?<!interview )(?<!afspraak )met(?! office)|spoke"
    r"|spoken|talked|chatted|(?:i|we) had"
    r"|had (?:an? |my |the )?(?:[\w-]+ ){0,2}(?:interview|round|call|chat|screen)(?! from)"
    r"|completed|finished|saw|attended|went|was|were|war"
    r"|hatte|gesprochen|getroffen|rencontré|parlé|hablé|parlato|gesproken)\b"
)
"""What tells that one has met: a weekday alone is behind then."""
_OFF = rf"(?i)\b(?:{CALLED_OFF})\b"
_WHEN = (
    r"(?a)\b(?:today|tomorrow|tonight|noon)\b"
    rf"|\b(?:next|this|last) (?:week\b|{UNNAMED_WEEKDAY})|^{UNNAMED_WEEKDAY}(?: |$)|\b{UNNAMED_WEEKDAY}.*\d"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickEntry:
    """What a line says so far; `problems` are short prompts for what is missing or can't be meant.

    `doubts` are questions to which the reading is the likely answer, `unread` has the parts that weren't
    understood: a second Enter takes the reading, with those parts as a note. The texts stand as they were typed:
    they are cleaned where they are stored, and shown through the way out.
    """

    company: str = ""
    role: str = ""
    when: When | None = None
    people: tuple[Person, ...] = ()
    meeting: HowOneMeets = NOTHING_SAID
    url: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    applied_on: date | None = None
    applied_only: bool = False
    decides_on: date | None = None
    answer: Answer | None = None
    outcome: Outcome | None = None
    offer: OfferTerms | None = None
    referrer: str = ""
    source: str = ""
    location: str = ""
    pay: str = ""
    work_mode: WorkMode | None = None
    unread: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def parse_quick_entry(line: str, *, now: datetime, zone: ZoneInfo, days: DayRules = NO_REGION) -> QuickEntry:
    """What one line says: company, role, then in any order the interview, people, a link and a note.

    Never raises: what is missing or isn't understood is in `problems`. `now` is aware, `zone` the person's own.
    A weekday or day of the month alone is the coming one, or the last where one has met; an hour alone is today's.
    """
    if len(line) > LINE_LIMIT:
        return QuickEntry(problems=(f"at most {LINE_LIMIT:,} characters",))
    was_held = bool(re.search(_HELD, line))

    def understand(text: str) -> When:
        def read(lean: Prefer) -> When:
            return parse_when(text, now=now, zone=zone, lean=lean, days=days, field="interview")

        when = read(Prefer.NEAREST)
        if _has_come(when, now):
            is_over = not was_held and when.at and when.day == now.date() and re.search(WEEKDAY, plain_date(text))
            return read(Prefer.FUTURE) if is_over else when  # "Monday 9am", typed on Monday at 10
        if not was_held:
            return when
        try:
            before = read(Prefer.PAST)
        except BadInput:  # the day was said in full
            return when
        return before if (when.day - before.day).days < NEARLY_A_YEAR else when  # a day without its month

    found = LineParts(
        understand,
        lambda text: parse_applied_on(text, now=now, zone=zone, days=days),
    )

    def by_day(text: str) -> When:
        return parse_when(text, now=now, zone=zone, lean=Prefer.FUTURE, days=days, field="by")

    found.may_be_offered = may_tell_of_offer(line)
    line, said = said_of_next_step(join_parts(mail_as_line(without_marks(line))), found, by_day)
    entry = _sorted_out(line, found, now)
    if found.offered is not None:
        terms = offered_terms(found, said, by_day, zone, found.offered or entry.pay)
        return replace(entry, offer=terms, pay=entry.pay if found.offered else "", applied_only=False)
    entry = replace(entry, note=", ".join(filter(None, (entry.note, found.until, found.starts))))
    was_held = len(found.whens) == 1 and _has_come(found.whens[0], now)
    if said.answer and not was_held:  # nobody said it at an interview: kept as it was typed
        return replace(entry, note=", ".join(filter(None, (entry.note, said.words))))
    if said.day and said.day < found.whens[0].day:
        early = f"“{shown_line(said.words)[:60]}”: that is before the interview; correct one of both days"
        return replace(entry, problems=(*entry.problems, early))
    return replace(entry, decides_on=said.day, answer=said.answer)


def _sorted_out(line: str, found: LineParts, now: datetime) -> QuickEntry:
    """What the parts of a line say, but for the day of their decision."""
    line, is_just_over = without_just_now(line)
    line, typed_links = without_links(line, found.problems)
    links, tags = sort_links(typed_links), re.findall(_TAG, line)
    line = re.sub(_TAG, " ", line)
    if quoted := re.match(_QUOTED, line):
        found.company, line = " ".join(quoted[1].split()), line[quoted.end() :]
        found.is_order_said = True
    line = without_applied(line, found)
    sort_out(list(split_line(without_labels(line))), found)
    _settle(found)
    if is_just_over and not (found.whens or found.problems or found.applied_only):
        found.take_date(found.understand("today"), "today")
    is_past_day = [one.at is None and _has_come(one, now) for one in found.whens] == [True]
    if found.applied_only and not found.applied_on and is_past_day:
        found.applied_on = found.whens.pop().day  # not that of an interview
    if len(found.whens) > 1:
        found.problems.append("two dates: leave only the interview's")
    if not found.whens and not found.problems:
        found.problems += _unread_dates([found.role, *found.unread])
    meeting, said = read_meeting(found.meets) if found.whens else (NOTHING_SAID, tuple(found.meets))
    if found.applied_only and not found.whens and not found.source:  # "3 days ago via Indeed"
        found.source = next(filter(None, map(source_of, said)), "")
        said = tuple(one for one in said if not found.source or source_of(one) != found.source)
    if found.whens:  # else how one meets is a note
        meeting, links = _with_call(meeting, links.call), links._replace(call="")
    people, profiles = with_profile(tuple(dict.fromkeys(found.people)), links.profile)
    return QuickEntry(
        company=found.company,
        role=found.role,
        when=found.whens[0] if found.whens else None,
        people=people,
        meeting=meeting,
        url=links.job,
        note=", ".join(filter(None, (*said, *found.notes, links.call, *profiles, *links.others))),
        tags=tuple(dict.fromkeys(tags)),
        applied_on=found.applied_on,
        applied_only=found.applied_only and not found.whens,
        outcome=found.outcome,
        referrer=found.referrer,
        source=found.source,
        location=found.location,
        pay=found.pay,
        work_mode=found.work_mode,
        unread=tuple(found.unread),
        doubts=tuple(found.doubts),
        problems=(*_missing(found.company, found.role), *found.problems),
    )


def _has_come(when: When, now: datetime) -> bool:
    return when.at <= now if when.at else when.day <= now.date()


def _with_call(meeting: HowOneMeets, link: str) -> HowOneMeets:
    """How one meets, with the link of a video call."""
    if not link:
        return meeting
    return HowOneMeets(meeting.kind or InterviewKind.VIDEO, ", ".join(filter(None, (meeting.place, link))))


def _settle(found: LineParts) -> None:
    """Decide what only the whole line tells: which is the company, which of two dates, what is a place."""
    found.put_in_order()
    found.company = re.sub(r"(?<=[\w.])!{2,}$", "", found.company)  # not of "Yahoo!"
    found.whens = _without_bare_weekdays(found.whens)
    if found.whens and (off := next(filter(None, (re.search(_OFF, one) for one in found.unread)), None)):
        found.whens, found.unread = [], [*found.unread, *found.said_dates]
        found.problems.append(f"“{off[0]}”: leave out the interview that isn't held, or write its new date alone")
    found.take_places()
    if said := re.search(_EMPLOYER, found.role):  # "Hays, temp admin job at Lloyds"
        found.doubts.append(f"is “{shown_line(said[1])[:40]}” the employer?")
        found.notes.append(found.company)
        found.company, found.role = said[1], bare_role(found.role[: said.start()])
    if not found.role and len(found.people) == 1 and not re.search(_LEADS, title := found.people[0].title):
        found.role, found.people[0] = title, replace(found.people[0], title="")


_LEADS = r"(?i)\b(?:manager|lead|head|director|[sa]?vp|chief|c[etofp]o|president|founder|partner|owner|hr)\b"
"""Titles of those who interview; in a line without a role any other is the job: "with Tom, Data Engineer"."""


def _without_bare_weekdays(whens: list[When]) -> list[When]:
    """The dates without a day that only repeats the weekday of another: "on Tuesday, December 8 at 2 pm"."""
    told = [one for one in whens if one.at is not None]
    return told if len(told) == 1 and all(one.day.weekday() == told[0].day.weekday() for one in whens) else whens


_SENTENCE = (
    r" (?:called|calls|said|says|told|asked|asks|is|was|were|has|have|had|went|wants|wanted|moved|invited|offered"
    r"|emailed|wrote|reached|contacted|pinged|messaged|texted|rang|sent|booked|scheduled|confirmed|replied"
    r"|answered|will|would|hat|habe|ist|war|m'a|est|ha|heeft)(?: |$)|^(?:i|we|my|they|you|ich|wir|je|j'ai) "
    r"|^(?:i|we|you|he|she|it|they)['’][a-z]"
)
"""Words in small letters that a sentence has, but no name of a company."""
_EMPLOYER = r" (?:at|@|bei|chez|presso|bij) ([^\W_a-z].*)"


def describe_entry(quick: QuickEntry, zone: ZoneInfo | None = None) -> str:
    """One line of what was understood, safe to show; a moment in another zone also says the hour in `zone`."""
    said, when = [quick.company, quick.role], quick.when
    own = zone or (when.at.tzinfo if when and when.at else None) or UTC
    if when:
        said.append(f"interview {format_when(when, own)}")
    day = f" {format_full_day(quick.applied_on)}" if quick.applied_on else ""
    said.append(f"applied{day}" if day or (quick.applied_only and not quick.outcome) else "")
    said.append(quick.outcome.label if quick.outcome else "")
    said.append(_describe_offer(quick.offer) if quick.offer else "")
    if quick.answer:
        words, joint = ANSWER_WORDS[quick.answer]
        said.append(f"{words}{joint} {format_full_day(quick.decides_on)}" if quick.decides_on else words)
    if quick.people:
        said.append("with " + " & ".join(map(write_person, quick.people)))
    said.append(describe_meeting(quick.meeting))
    said.append(f"referred by {quick.referrer}" if quick.referrer else "")
    said.append(f"source: {quick.source}" if quick.source else "")
    said += [quick.location, f"pay: {quick.pay}" if quick.pay else "", quick.work_mode or ""]
    said += [" ".join(f"#{tag}" for tag in quick.tags), quick.url, f"note: {quick.note}" if quick.note else ""]
    return " · ".join(shown_line(part) for part in said if part)


def _describe_offer(offer: OfferTerms) -> str:
    by = offer.until or (f"by {format_full_day(offer.answer_by)}" if offer.answer_by else "")
    start = f"start {offer.start}" if offer.start else ""
    return ", ".join(filter(None, ("offer", offer.pay, f"answer {by}" if by else "", start)))


def describe_unread(quick: QuickEntry) -> str:
    """What wasn't understood, safe to show, with the word that would tell who it is; empty if there is nothing."""
    if not quick.unread:
        return ""
    said = ", ".join(f"“{shown_line(part)[:60]}”" for part in quick.unread)
    person = next((part for part in quick.unread if part[:1].isupper() and is_name(part)), "")
    return f"not understood: {said}" + (
        f"; “with {shown_line(person)[:40]}” is a person, “location: …” a place" if person else ""
    )


def describe_doubts(quick: QuickEntry) -> str:
    """What to confirm of the reading, and how to make it clear; empty where it is clear."""
    how = "" if not quick.doubts or quick.doubts[-1].endswith(".") else " Put a comma behind company and role"
    return f"{' '.join(quick.doubts)}{how}".removesuffix(".")


def next_part(quick: QuickEntry) -> str:
    """What can be typed next, or an empty text where the line says all that it can."""
    if quick.problems:
        return quick.problems[0]
    if quick.when is None and not (quick.applied_only or quick.offer):
        return f"then when, such as “fri 14:00” or “applied {format_month_day(11, 2)}”"
    return "" if quick.people else "then with whom, such as “with Dana Ruiz <dana@acme.example>”"


def _missing(company: str, role: str) -> tuple[str, ...]:
    no_company, no_role = MISSING
    if not company:
        return (no_company,)
    if re.search(MAIL, company):
        return ("begin with the employer; people come later, such as “with Dana Ruiz <dana@acme.example>”",)
    if re.search(_SENTENCE, company) or not may_be_company(company):
        return (f"“{shown_line(company)[:40]}” is more than a company; begin with the company alone",)
    if not may_be_role(role) or re.match(_SENTENCE, f" {role}") or action_of(role) == "ended":
        return (f"“{shown_line(role)[:40]}” is more than a role; put a comma behind the role",)
    is_office = names_office(company) and is_role(role)
    if " " in company and begins_or_ends_as_role(company) and not is_office:
        return (f"“{shown_line(company)[:40]}” has a role in it; put a comma between company and role",)
    return () if role else (no_role,)


def _unread_dates(rest: Sequence[str]) -> list[str]:
    """A problem for each part that seems to say when, but isn't understood."""
    return [
        f"“{shown_line(part)[:60]}” isn't understood as a date; write one like “fri 14:00”, or “note: …” before it"
        for part in rest
        if _speaks_of_time(part)
    ]


def _speaks_of_time(part: str) -> bool:
    phrase = plain_date(part)
    return bool(split_clock(phrase).start or re.search(_WHEN, phrase))


def form_of(quick: QuickEntry) -> ApplicationForm:
    """Return the form that a quick-add line fills in; what wasn't understood stands in its notes."""
    return ApplicationForm(
        company=quick.company,
        role=quick.role,
        interview=quick.when,
        people=quick.people,
        met=usually_met(quick.people),
        kind=quick.meeting.kind,
        place=quick.meeting.place,
        url=quick.url,
        notes=", ".join(filter(None, (quick.note, *quick.unread))),
        tags=quick.tags,
        applied_on=quick.applied_on,
        applied_only=quick.applied_only,
        decides_on=quick.decides_on,
        answer=quick.answer,
        outcome=quick.outcome,
        offer=quick.offer,
        referrer=quick.referrer,
        source=quick.source,
        location=quick.location,
        pay=quick.pay,
        work_mode=quick.work_mode,
    )


SPLITS: tuple[Callable[[QuickEntry], tuple[When | None, object]], ...] = (
    lambda quick: (quick.when, replace(quick, when=None)),
    lambda quick: (
        When(day=quick.decides_on, at=None, zone="UTC") if quick.decides_on else None,
        replace(quick, decides_on=None),
    ),
)
"""The date of a line and all the rest; the day by which they decide and all the rest."""

"""A report in Markdown: the applications by stage, each with its people, its story and its notes.

Whatever was typed is escaped where it would mean something: no HTML, no emphasis, and no link but to an address of
email comes of it. Dates and hours are as the user reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter

from followup_tui.domain.describe import (
    describe_answer,
    describe_offer,
    describe_round,
    describe_stage,
    describe_touch,
)
from followup_tui.domain.format import format_clock, format_full_day, plural
from followup_tui.domain.model.application import STAGES
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import without_controls
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.views.options import openable
from followup_tui.exchange.exports.export_formats import REPORT_TITLE, ExportSource, NextDue, one_line

_SIGN = re.compile(r"[\\`*\[\]{}<|~^@]|(?<![^\W_])_|_(?![^\W_])|\$(?!\d)|&(?=#?\w+;)")
"""What means something; an underscore inside a word, "$98k" and "R&D" don't."""
_MAIL = re.compile(
    r"(?a)(?<![\w.+@/:-])[A-Za-z\d]+(?:[._+-][A-Za-z\d]+)*@(?:[A-Za-z\d-]+\.)+[A-Za-z]{2,}(?![\w@.:/-])"
)
_WORDS = r"[A-Za-z0-9 ,'()/;?-]*"
_HARMLESS = re.compile(rf"[A-Za-z]{_WORDS}(?:(?:\.(?= |$)|(?<=\d)[:–](?=\d)){_WORDS})*")
"""Most texts: no sign that means something, no dot or colon of a link; the colon of an hour is none of these."""
_LINE_START = re.compile(r"^(\s*)([-+=#>]|\d+(?=[.)]))", re.MULTILINE)
_LINKED = re.compile(r"(?i)\b(?:https?|ftp|mailto|xmpp)(?=:)|(?<=\w)(?=\.[^\W\d])")
"""Behind a scheme, and before the dot of what could be a host: some viewers make links of both."""
_PLAIN_LINK = re.compile(r"https?://[!-;=?-~]+", re.IGNORECASE)


def escaped_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return text if _HARMLESS.fullmatch(text) else _without_signs(text)


def _without_signs(text: str) -> str:
    plain, safe, at = without_controls(text), "", 0
    for mail in _MAIL.finditer(plain):
        safe += f"{_without_meaning(plain[at : mail.start()])}<{mail[0]}>"
        at = mail.end()
    return _LINE_START.sub(_line_start, safe + _without_meaning(plain[at:]))


def _without_meaning(text: str) -> str:
    return _LINKED.sub(lambda found: f"{found[0]}\\", _SIGN.sub(lambda found: f"\\{found[0]}", text))


def markdown_text(source: ExportSource) -> Iterator[str]:
    """Yield the report, application by application."""
    now = source.now
    yield f"{REPORT_TITLE}{format_full_day(now.date())}\n"
    if not source.applications:
        yield "\nThere is no application yet.\n"
    for stage in STAGES:
        of_stage = [each for each in source.applications if each.application.stage is stage]
        if of_stage:
            yield f"\n## {stage.label}: {plural(len(of_stage), 'application')}\n"
        for details in of_stage:
            yield _application(details, source.next_due.get(details.application.id), now)


def _application(details: ApplicationDetails, due: NextDue | None, now: datetime) -> str:
    application = details.application
    company, role = _escaped(application.company), _escaped(application.role)
    lines = [f"\n### {company} · {role} (no. {application.number})\n"]
    lines += [f"- {fact}" for fact in _facts(details, due, now)]
    story = _story(details, now)
    if story:
        lines += ["\n#### What happened\n", *story]
    if application.notes:
        lines += ["\n#### Notes\n", _quoted(application.notes)]
    return "\n".join(lines) + "\n"


def _facts(details: ApplicationDetails, due: NextDue | None, now: datetime) -> Iterator[str]:
    application = details.application
    yield f"Stage: {describe_stage(details, now)}"
    if due is not None:
        why = f": {_escaped(due.why)}" if due.why else ""
        yield f"Next: {_escaped(due.label)}, due {format_full_day(due.due_on)}{why}"
    if application.pinned_on is not None:
        why = f": {_escaped(application.pinned_why)}" if application.pinned_why else ""
        yield f"Pinned to {format_full_day(application.pinned_on)}{why}"
    if application.snoozed_until is not None:
        yield f"Snoozed until {format_full_day(application.snoozed_until)}"
    if application.url:
        yield f"Link: {_link(application.url)}"
    named = (
        ("Location", application.location),
        ("Work mode", application.work_mode or ""),
        ("Pay", application.pay),
        ("Source", application.source),
        ("Referrer", application.referrer),
        ("Region", application.region),
    )
    yield from (f"{name}: {_escaped(text)}" for name, text in named if text)
    if application.applied_on is not None:
        yield f"Applied: {format_full_day(application.applied_on)}"
    if application.tags:
        yield f"Tags: {', '.join(map(_escaped, application.tags))}"
    for contact in details.contacts:
        yield f"Contact: {', '.join(_escaped(text) for text in (contact.addressed, *contact.about) if text)}"


def _story(details: ApplicationDetails, now: datetime) -> list[str]:
    """Return a line for each interview, touch and answer, oldest first."""
    told: list[tuple[datetime, str]] = []
    for interview in details.interviews:
        words = f"Interview: {_escaped(describe_round(interview, details, now))}"
        link = _link(interview.link) if interview.link else ""
        about = filter(None, (_escaped(interview.place), link, _escaped(interview.notes)))
        told.append((interview.starts_at, "; ".join((words, *about))))
    known: dict[tuple[object, ...], str] = {}
    for touch in details.touches:
        alike = (touch.kind, touch.direction, touch.channel, touch.outcome, touch.contact_id)
        if alike not in known:  # most touches are in the same words as another one
            known[alike] = _escaped(describe_touch(touch, details))
        moment = "" if not touch.day_known else f"{_moment(touch.at, now, touch.zone)}: "
        told.append((touch.at, f"{moment}{known[alike]}{_remarks(touch)}"))
    for step in details.next_steps:
        note = f": {_escaped(step.note)}" if step.note else ""
        said = _escaped(describe_answer(step, now.date()))
        told.append((step.said_at, f"{_moment(step.said_at, now, step.zone)}: they said {said}{note}"))
    for offer in details.offers:
        moment = f"{_moment(offer.made_at, now)}: " if offer.day_known else ""
        told.append((offer.made_at, f"{moment}{_escaped(describe_offer(offer, now.date()))}"))
    told.sort(key=itemgetter(0))
    return [f"- {words}" for _, words in told]


def _remarks(touch: Touch) -> str:
    note = f": {_escaped(touch.note)}" if touch.note else ""
    return note + (f" (against the advice: {_escaped(touch.override)})" if touch.override else "")


def _moment(at: datetime, now: datetime, zone: str = "") -> str:
    local = at.astimezone(zone_or(zone, now.tzinfo or UTC))
    return f"{format_full_day(local.date())} {format_clock(local)}"


@lru_cache(maxsize=2048)  # the same reasons and notes come again and again
def _escaped(text: str) -> str:
    return text if not text or _HARMLESS.fullmatch(text) else _without_signs(one_line(text))


def _quoted(text: str) -> str:
    lines = escaped_markdown(text).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _link(url: str) -> str:
    """Return a link if it is plainly the address of a web page, else its text."""
    try:
        openable(url, "")
    except Refused:
        return _escaped(url)
    return f"<{url}>" if _PLAIN_LINK.fullmatch(url) else _escaped(url)


def _line_start(found: re.Match[str]) -> str:
    """Escape what would begin a list, a number or a heading: a sign before it, the dot behind a number."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"

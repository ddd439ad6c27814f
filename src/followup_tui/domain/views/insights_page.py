"""The insights as tables that every way out shows: the screen, the shell, Markdown and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from followup_tui.domain.format import format_day, plural
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.views.insights import LEAST_CASES, Insights, SourceCounts, WaitSummary, WeekCounts

MOST_SOURCES = 8
"""Sources that the page names; `stats --json` has all."""
NOTHING = "Nothing is counted yet: add an application, and come back."
_FUNNEL = {
    "applications": "Applications",
    "interviewed": "Had an interview",
    "thanked": "Sent a thank-you",
    "heard": "Heard back",
    "second_round": "Second interview",
    "offer": "Offer",
    "accepted": "Accepted",
}


_FUNNEL_MEANING = {"interviewed": "interviewed", "thanked": "thanked", "accepted": "done"}
_LATE_TOO = "with what is late or missing"
_THANKS = {"In time": "done", "Late": "late", "Not sent": "late"}
"""What became of a thank-you, and what that means."""


class Line(NamedTuple):
    """One line: a label, its number, and what is said about it; without a number it has no bar.

    `meaning` is what the number counts where that has a colour of its own: a stage, "late", "today" or "done".
    """

    label: str
    number: int | None
    words: str = ""
    meaning: str = ""


class InsightsTable(NamedTuple):
    """Lines under a heading, and a sentence below them."""

    heading: str
    lines: Sequence[Line]
    note: str = ""


def insights_tables(insights: Insights, today: date) -> list[InsightsTable]:
    """Return what there is to tell, the most important first."""
    return [
        _funnel(insights),
        _thanks(insights),
        _replies(insights),
        InsightsTable(
            "Due in the next two weeks, if nothing changes",
            [_due_line(day, count, today) for day, count in insights.load],
            "Each on the day on which it first asks; an offer asks before its last day.",
        ),
        InsightsTable(
            "Contacts per week",
            [_week_line(week, today) for week in insights.weeks],
            "Weeks begin on Monday.",
        ),
        InsightsTable("Basket", [], f"{insights.basket[:1].upper()}{insights.basket[1:]}."),
        *_sources(insights.sources),
        *_left_out(insights.damaged),
    ]


def _due_line(day: date, count: int, today: date) -> Line:
    if day == today:
        return Line("Today", count, _LATE_TOO if count else "", "today")
    return Line(format_day(day, today), count)


def _week_line(week: WeekCounts, today: date) -> Line:
    is_this_week = 0 <= (today - week.monday).days < 7
    label = "This week" if is_this_week else format_day(week.monday, today)
    return Line(label, week.contacts, f"{week.overrides} against the guard" if week.overrides else "")


def _funnel(insights: Insights) -> InsightsTable:
    total = insights.funnel["applications"]
    lines = [
        Line(
            label,
            insights.funnel[step],
            _share(insights.funnel[step], total) if step != "applications" else "",
            _FUNNEL_MEANING.get(step, ""),
        )
        for step, label in _FUNNEL.items()
    ]
    counts = {stage: f"{stage.label} {count:,}" for stage, count in insights.stages.items()}
    if insights.booked:
        counts[Stage.INTERVIEWED] += f" ({plural(insights.booked, 'interview')} still to come)"
    stages = " · ".join(counts.values())
    ended = " · ".join(f"{outcome.label} {count:,}" for outcome, count in insights.outcomes.items() if count)
    return InsightsTable(
        "How far applications got", lines, f"On the board now: {stages}." + (f" Ended: {ended}." if ended else "")
    )


def _thanks(insights: Insights) -> InsightsTable:
    total = sum(insights.thanks)
    lines = [
        Line(label, count, _share(count, total), meaning)
        for (label, meaning), count in zip(_THANKS.items(), insights.thanks, strict=True)
    ]
    if not total:
        return InsightsTable("Thank-yous", [], "No interview is over yet for which one was due.")
    return InsightsTable("Thank-yous", lines, f"Of {plural(total, 'interview')} past the day for a thank-you.")


def _replies(insights: Insights) -> InsightsTable:
    waits = {"After an interview": insights.from_interview, "After a follow-up": insights.from_check_in}
    lines = [Line(label, wait.median, _describe_wait(wait)) for label, wait in waits.items()]
    return InsightsTable(
        "Days until they reply",
        lines,
        "The median: half have replied by then. Those who haven't yet count for as long as you have waited.",
    )


def _describe_wait(wait: WaitSummary) -> str:
    if wait.is_too_few:
        return f"{plural(wait.cases, 'case')}, too few for a median: it takes {LEAST_CASES}"
    cases = f"{plural(wait.cases, 'case')}, {wait.open:,} still waiting"
    if wait.open == wait.cases:
        return f"nobody has replied yet: {plural(wait.cases, 'case')}"
    if wait.median is None:
        return f"fewer than half have replied: {cases}"
    return cases


def _sources(sources: Sequence[SourceCounts]) -> Iterator[InsightsTable]:
    if any(row.source for row in sources):
        lines = [Line(shown_line(row.source) or "not said", row.applications, _ends(row)) for row in sources]
        more = len(lines) - MOST_SOURCES
        note = f"{plural(more, 'more source')}: `followup-tui stats --json` has all." if more > 0 else ""
        yield InsightsTable("Sources", lines[:MOST_SOURCES], note)


def _ends(row: SourceCounts) -> str:
    told = {
        "interviewed": row.interviewed,
        plural(row.offers, "offer")[len(str(row.offers)) + 1 :]: row.offers,
        "rejected": row.rejected,
        "no reply": row.no_reply,
        "open": row.open,
    }
    return " · ".join(f"{count:,} {word}" for word, count in told.items() if count)


def _left_out(damaged: int) -> Iterator[InsightsTable]:
    if damaged:
        rows = plural(damaged, "row")
        yield InsightsTable("Left out", [], f"{rows} can't be read; `followup-tui check` tells more.")


def _share(count: int, total: int) -> str:
    return f"{round(100 * count / total)}%" if total else ""


def insights_json(insights: Insights) -> dict[str, Any]:
    """Return the object of `stats --json`: waits in days, dates ISO; fields may be added, never renamed."""
    return {
        "funnel": dict(insights.funnel),
        "booked": insights.booked,
        "stages": {stage.value: count for stage, count in insights.stages.items()},
        "outcomes": {outcome.value: count for outcome, count in insights.outcomes.items()},
        "thank_yous": insights.thanks._asdict(),
        "days_to_reply": {
            "from_interview": insights.from_interview._asdict(),
            "from_check_in": insights.from_check_in._asdict(),
        },
        "load": [{"on": day.isoformat(), "count": count} for day, count in insights.load],
        "weeks": [
            {"monday": week.monday.isoformat(), "contacts": week.contacts, "overrides": week.overrides}
            for week in insights.weeks
        ],
        "basket": insights.basket,
        "sources": [row._asdict() for row in insights.sources],
        "damaged": insights.damaged,
    }


LABEL_WIDTH = 18
_LONGEST_BAR, _SHORTEST_BAR = 40, 6
_WORDS = 36
"""Cells for what is said behind a bar; more of it goes on in the next line."""
_WHOLE, _HALF = "━", "╸"
"""Cells of a bar, low enough that it doesn't touch those of the lines around it."""


def bar(count: int, most: int, width: int, *, is_ascii: bool) -> str:
    """Return a bar whose length is to `width` as the count to the most; something is seen of any count above 0."""
    if not count or not most:
        return ""
    if is_ascii:
        return "#" * max(1, round(width * count / most))
    whole, half = divmod(max(1, round(2 * width * count / most)), 2)
    return _WHOLE * whole + _HALF * half


def line_parts(table: InsightsTable, width: int, *, is_ascii: bool) -> Iterator[tuple[Line, str, str]]:
    """Yield each line with its number, flush right, and its bar, to scale; without bars if `width` is too small.

    A line without a number has blanks as wide as the others' numbers.
    """
    counted = [(line, "" if line.number is None else f"{line.number:,}") for line in table.lines]
    most = max((line.number or 0 for line, _ in counted), default=0)
    beside = max((len(number) + min(len(line.words), _WORDS) for line, number in counted if number), default=0)
    digits = max((len(number) for _, number in counted), default=0)
    room = min(_LONGEST_BAR, width - LABEL_WIDTH - beside - 4)
    for line, number in counted:
        drawn = bar(line.number or 0, most, room, is_ascii=is_ascii) if room >= _SHORTEST_BAR else ""
        yield line, number.rjust(digits), drawn

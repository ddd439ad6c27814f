"""The kinds of files that can be imported, told by their content first, then by their name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from zoneinfo import ZoneInfo

from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.exports.export_formats import REPORT_TITLE
from followup_tui.exchange.plan import ImportPlan, ImportSource, StoredApplications, change_label


class SourceKind(StrEnum):
    """A kind of file; the values are the words used in messages.

    Files are planned in this order: a full copy first, as what it brings is known by its ids alone.
    """

    COPY = "a JSON file"
    SHEET = "a sheet"
    CARDS = "an address card"
    CALENDAR = "a calendar file"
    MAIL = "a mail"
    REPORT = "a report for people to read, in Markdown"


Planner = Callable[[Sequence[ImportSource], StoredApplications, datetime, ZoneInfo], ImportPlan]
"""Plans all files of one kind. Raises `BadInput` if a file can't be read at all; then nothing is imported."""

_SUFFIXES = {
    ".json": SourceKind.COPY,
    ".vcf": SourceKind.CARDS,
    ".ics": SourceKind.CALENDAR,
    ".eml": SourceKind.MAIL,
}
_HEAD = 4096
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(?:\s|$)")
_MAIL_HEADERS = frozenset(
    {"authentication-results", "cc", "content-transfer-encoding", "content-type", "date", "delivered-to"}
    | {"dkim-signature", "from", "message-id", "mime-version", "received", "reply-to", "return-path", "sender"}
    | {"subject", "to"}
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def kind_of(source: ImportSource) -> SourceKind:
    """Return the kind of a file by how it begins; one that begins like none is what its name says, or a sheet."""
    if source.content.startswith(_WORKBOOKS):
        return SourceKind.SHEET
    head = _head(source.content)
    start = head[:80].upper()
    if start.startswith("BEGIN:VCALENDAR"):
        return SourceKind.CALENDAR
    if start.startswith("BEGIN:VCARD"):
        return SourceKind.CARDS
    if head.startswith(REPORT_TITLE):
        return SourceKind.REPORT
    if re.match(r'\{\s*["}]|\[\s*[\[{\]"]', head):
        return SourceKind.SHEET if is_trello_board(source.content) else SourceKind.COPY
    if _is_mail(head):
        return SourceKind.MAIL
    return _SUFFIXES.get(PurePath(source.name).suffix.lower(), SourceKind.SHEET)


def is_trello_board(content: bytes) -> bool:
    """Whether a file is a board of Trello in JSON, told by the names that its cards and lists have."""
    is_object = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return is_object and all(name in content for name in (b'"idList"', b'"cards"', b'"lists"'))


def plan_sources(
    sources: Sequence[ImportSource],
    planners: Mapping[SourceKind, Planner],
    stored: StoredApplications,
    now: datetime,
    zone: ZoneInfo,
) -> ImportPlan:
    """Return one plan for files of any kinds: each kind is planned on what the kinds before it leave.

    The rows are in the order of the files. Raises what the planners raise.
    """
    by_kind: dict[SourceKind, list[ImportSource]] = {}
    for source in sources:
        by_kind.setdefault(kind_of(source), []).append(source)
    plans: list[ImportPlan] = []
    for kind in SourceKind:
        if kind not in by_kind:
            continue
        if kind not in planners:
            raise BadInput(f"{by_kind[kind][0].name} is {kind}; nothing was imported, {_instead(kind)}.", "file")
        plan = planners[kind](by_kind[kind], stored, now, zone)
        plans.append(plan)
        if plan.change is not None and len(by_kind) > len(plans):
            stored = stored.after(plan.change.edits)
    return plans[0] if len(plans) == 1 else _combine(plans, [source.name for source in sources], now)


def _instead(kind: SourceKind) -> str:
    """What to import in place of a file that can't be."""
    is_report = kind is SourceKind.REPORT
    return (
        "name a full copy (JSON) or a sheet (CSV, .xlsx) of `followup-tui export`" if is_report else "leave it out"
    )


def _combine(plans: Sequence[ImportPlan], names: Sequence[str], now: datetime) -> ImportPlan:
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    rows = sorted((row for plan in plans for row in plan.rows), key=lambda row: places.get(row.file, len(places)))
    edits = tuple(edit for plan in plans if plan.change is not None for edit in plan.change.edits)
    change = Change(verb="import", label=_label(edits, names), at=now, edits=edits) if edits else None
    return ImportPlan(
        tuple(rows),
        change,
        sum(plan.dropped for plan in plans),
        tuple(remark for plan in plans for remark in plan.remarks),
        tuple(reading for plan in plans for reading in plan.readings),
        tuple(row for plan in plans for row in plan.guessed),
    )


def _label(edits: Sequence[Edit], names: Sequence[str]) -> str:
    changed = {edit.application_id for edit in edits}
    new = {edit.row.id for edit in edits if edit.before is None} & changed
    return change_label(len(new), len(changed) - len(new), names)


def _head(content: bytes) -> str:
    """Return the first characters of a file, without what is empty before them."""
    head = content[:_HEAD]
    for mark, encoding in _ENCODINGS:
        if head.startswith(mark):
            return head.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")
    return head.decode("latin-1").lstrip()


def _is_mail(head: str) -> bool:
    """Whether a text begins with the headers of a mail: at least two that every mail has some of."""
    lines = head.splitlines()
    if lines and lines[0].startswith("From "):  # the line before a mail in a mailbox file
        lines = lines[1:]
    found: set[str] = set()
    for line in lines:
        header = _HEADER_LINE.match(line)
        if header is None and not (found and line.startswith((" ", "\t"))):
            break
        if header is not None:
            found.add(header[1].lower())
    return len(found & _MAIL_HEADERS) >= 2

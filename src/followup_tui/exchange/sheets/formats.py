"""The sheets of programs that can be imported, and what the user said by hand about columns and statuses.

To add a program, add an entry to `FORMATS`. By hand: `--map company=Firma` and `--status "Onsite=interviewed"`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_line, fold, shorten, shown_line
from followup_tui.exchange.sheets.called_off import called_off_meaning
from followup_tui.exchange.sheets.columns import FIELD_NAMES, ImportField, header_key, normalize_header
from followup_tui.exchange.sheets.statuses import MEANINGS, StatusMeaning, status_ideas, status_meaning
from followup_tui.exchange.sheets.words import join_negations

_LIKELIEST: Mapping[str, tuple[str, ...]] = {
    "rejected": ("reject", "lone_reject", "decline", "rescinded"),
    "withdrew": ("withdrew", "my_refusal"),
    "no_reply": ("ghosted", "no_reply", "closed", "weak_closed"),
    "accepted": ("accept",),
    "offer": ("offer", "posting", "contract", "hired"),  # who doubts that they were hired, accepted nothing yet
    "thanked": ("thank",),
    "awaiting": ("wait", "stalled", "pending", "decision", "reply"),
    "interviewed": ("interview", "invited", "weak_interview"),
    "applied": ("apply", "application", "sent", "process", "screening", "assess", "recorded", "no_interview"),
    "saved": ("saved", "not_applied", "weak_saved", "undecided"),
    "moved_on": ("moved_on",),
}
"""The meanings that a status may have by one of its ideas, the likeliest first."""


def likeliest_meaning(status: str) -> str:
    """Return the name of the meaning to propose for a status that isn't known."""
    found = {word.idea for word in join_negations(status_ideas(status))}
    if "not" in found:  # "not rejected": not what it denies
        return "awaiting"
    if found >= {"decline", "interview"}:  # who declined, isn't said: mostly who keeps the sheet
        return "withdrew"
    return next((name for name, ideas in _LIKELIEST.items() if not found.isdisjoint(ideas)), "interviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFormat:
    """A kind of sheet, recognized when all headers of one of its `signatures` are present.

    `overrides` maps headers to their field when their words say otherwise; None ignores the column.
    `day_first` is the order of dates, or None if the columns must tell; `source` is the default for the field of
    that name; `no_status_reason` explains why a file without a status column gives no stage; `is_applied` is False
    if its jobs are only saved.
    """

    name: str
    title: str
    signatures: tuple[tuple[str, ...], ...] = ((),)
    overrides: Mapping[str, ImportField | None] = field(default_factory=dict)
    day_first: bool | None = None
    source: str = ""
    no_status_reason: str = "the sheet has neither a status nor an interview date"
    is_applied: bool = True

    def match(self, headers: Sequence[str]) -> int:
        """Return how many headers tell that this format wrote them, or -1 if it didn't."""
        present = set(map(normalize_header, headers))
        return max(
            (len(each) for each in self.signatures if set(map(normalize_header, each)) <= present), default=-1
        )

    def overrides_of(self, headers: Sequence[str]) -> dict[str, ImportField | None]:
        """The overrides of a sheet's headers, by the key of each."""
        known = {normalize_header(header): filled for header, filled in self.overrides.items()}
        normal = ((header_key(header), normalize_header(header)) for header in headers)
        return {key: known[name] for key, name in normal if name in known}


FORMATS: tuple[CsvFormat, ...] = (
    CsvFormat(
        name="linkedin",
        title="LinkedIn's data export, Job Applications.csv",
        signatures=(
            ("Application Date", "Company Name", "Job Title", "Job Url", "Resume Name"),
            ("Application Date", "Company", "Job Title", "Job Url", "Resume Name"),
        ),
        overrides={
            # The applicant's own address and phone number, not those of a contact.
            "Contact Email": None,
            "Contact Phone Number": None,
            "Question And Answers": ImportField.NOTES,
        },
        day_first=False,
        source="LinkedIn",
        no_status_reason="LinkedIn doesn't tell whether there was an interview",
    ),
    CsvFormat(
        name="linkedin_saved",
        title="LinkedIn's data export, Saved Jobs.csv",
        signatures=(("Saved Date", "Job Url", "Job Title", "Company Name"),),
        overrides={"Saved Date": None},
        day_first=False,
        source="LinkedIn",
        no_status_reason="LinkedIn's saved jobs aren't applied for yet",
        is_applied=False,
    ),
    CsvFormat(
        name="huntr",
        title="Huntr's export of a board",
        signatures=(
            ("Company", "Title", "List", "Date Applied"),
            ("Company", "Title", "List", "Date Added"),
            ("Company", "Job Title", "List", "Date Added"),
        ),
        # "Date Added" is when the card was made.
        overrides={"Title": ImportField.ROLE, "List": ImportField.STATUS, "Date Added": None},
    ),
    CsvFormat(
        name="teal",
        title="Teal's export of its job tracker",
        signatures=(
            ("Company", "Status", "Date Saved", "Date Applied", "Excitement"),
            ("Company", "Status", "Date Saved", "Date Applied", "Follow Up"),
        ),
        overrides={"Job Position": ImportField.ROLE, "Date Saved": None, "Follow Up": None, "Deadline": None},
    ),
    CsvFormat(
        name="simplify",
        title="Simplify's export of its job tracker",
        signatures=(("Job Title", "Company Name", "Job URL", "Status", "Status Date", "Applied Date"),),
    ),
    CsvFormat(
        name="jobsync",
        title="JobSync's export of its jobs",
        signatures=(("JobTitle", "appliedDate", "JobSource", "Status", "Company"),),
        # "applied" is yes or no, which the status says better; "createdAt" is when the row was created.
        overrides={"appliedDate": ImportField.APPLIED_ON, "applied": None, "createdAt": None},
    ),
    CsvFormat(
        name="followup",
        title="this program's own sheet",
        signatures=(("Company", "Role", "Status", "Thanked on", "Next action", "Due on"),),
        overrides={"Next action": None, "Due on": None},  # the playbook finds them again
    ),
    CsvFormat(name="csv", title="any other sheet with a header line"),  # last: it matches everything
)

FORMAT_NAMES: tuple[str, ...] = tuple(each.name for each in FORMATS)


def get_format(name: str) -> CsvFormat:
    """Return the format of that name. Raises `BadInput` for an unknown name."""
    for each in FORMATS:
        if each.name == name:
            return each
    raise BadInput(
        f"There is no format “{name}”; nothing was imported, use one of {', '.join(FORMAT_NAMES)}.", "format"
    )


def detect_format(headers: Sequence[str]) -> CsvFormat:
    """Return the format that most headers tell; the first of equals."""
    return max(FORMATS, key=lambda each: each.match(headers))


_LISTED = 10
"""Statuses that are listed one by one."""


@dataclass(frozen=True, slots=True)
class HandWords:
    """Headers with the name of their field, statuses with that of their meaning, as the user wrote them."""

    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.columns or self.statuses)

    def __or__(self, newer: HandWords) -> HandWords:
        """Return these words and newer ones, which win."""
        return HandWords(
            _without(self.columns, newer.columns, header_key) | dict(newer.columns),
            _without(self.statuses, newer.statuses, status_key) | dict(newer.statuses),
        )

    def overrides(self) -> dict[str, ImportField | None]:
        """Return the field of each header, by its key; None ignores the column."""
        return {header_key(header): FIELD_NAMES[name] for header, name in self.columns.items()}


NO_WORDS = HandWords()
"""Nothing said by hand."""


def _without(old: Mapping[str, str], newer: Mapping[str, str], key: Callable[[str], str]) -> dict[str, str]:
    replaced = set(map(key, newer))
    return {text: name for text, name in old.items() if key(text) not in replaced}


def status_key(status: str) -> str:
    """Return a status as it is compared: case, accents and spaces don't count."""
    return " ".join(fold(status).split())


def parse_hand_words(maps: Iterable[str], statuses: Iterable[str]) -> HandWords:
    """Return the words in options such as "company=Firma" and "Onsite scheduled=interviewed".

    Raises `BadInput` for one without "=", or with an unknown field or meaning.
    """
    columns: dict[str, str] = {}
    for option in maps:
        name, sign, header = (part.strip() for part in clean_line(option, "map").text.partition("="))
        if not sign or not header_key(header):
            raise _misspelt("map", option, "company=Firma")
        columns[header] = _known(name, FIELD_NAMES, "-", "field", "map")
    meanings: dict[str, str] = {}
    for option in statuses:
        status, sign, name = (part.strip() for part in clean_line(option, "status").text.rpartition("="))
        if not sign or not status:
            raise _misspelt("status", option, "Onsite=interviewed")
        meanings[status] = _known(name, MEANINGS, "_", "meaning", "status")
    return HandWords(columns, meanings)


def _misspelt(name: str, option: str, example: str) -> BadInput:
    given = shorten(option)
    return BadInput(f"--{name} “{given}” is not written like “{example}”; nothing was imported.", name)


def _known(name: str, names: Mapping[str, object], joint: str, what: str, option: str) -> str:
    key = joint.join(name.casefold().replace("-", " ").replace("_", " ").split())
    if key in names:
        return key
    raise BadInput(
        f"--{option}: there is no {what} “{shorten(name)}”; nothing was imported, use one of {', '.join(names)}.",
        option,
    )


def check_columns(words: HandWords, headers: Iterable[str]) -> None:
    """Raise `BadInput` if a column that the user named is among none of the files' `headers`."""
    seen = {header_key(header): shown_line(header).strip() for header in headers}
    for header, name in words.columns.items():
        if header_key(header) not in seen:
            raise BadInput(
                f"--map “{name}={shorten(header)}”: there is no such column; nothing was imported, the"
                f" columns are {', '.join(filter(None, seen.values()))}.",
                "map",
            )


def checked_hand_words(columns: Mapping[str, str], statuses: Mapping[str, str]) -> HandWords:
    """Return remembered words without those that mean nothing any more."""
    return HandWords(
        {header: name for header, name in columns.items() if name in FIELD_NAMES and header_key(header)},
        {status: name for status, name in statuses.items() if name in MEANINGS and status_key(status)},
    )


class StatusReader:
    """Reads the statuses of one sheet by hand words first, and keeps those that it doesn't know."""

    def __init__(self, words: HandWords) -> None:
        """`words` are all hand words that hold."""
        self._names = {status_key(status): (status, name) for status, name in words.statuses.items()}
        self._unknown: dict[str, Counter[str]] = {}
        self.used: dict[str, str] = {}

    def meaning(self, status: str) -> StatusMeaning | None:
        """Return what a status means, or None if it isn't known."""
        if self._names and (hand := self._names.get(status_key(status))) is not None:
            self.used[hand[0]] = hand[1]
            return MEANINGS[hand[1]]
        return status_meaning(status) or called_off_meaning(status)

    def is_by_hand(self, status: str) -> bool:
        """Whether the user said what a status means."""
        return bool(self._names) and status_key(status) in self._names

    def leaves_out(self, status: str) -> bool:
        """Whether the user said that rows of a status are left out."""
        return self.is_by_hand(status) and (meaning := self.meaning(status)) is not None and meaning.is_left_out

    def add_unknown(self, status: str, placed: str) -> None:
        """Count a row whose status isn't known; `placed` says what became of it: "Awaiting (applied)"."""
        self._unknown.setdefault(status, Counter())[placed] += 1

    def remarks(self, file: str) -> list[str]:
        """Return a sentence for each unknown status: how many rows have it, where they went, and what to do."""
        listed = list(self._unknown.items())[:_LISTED]
        left = len(self._unknown) - len(listed)
        more = [f"{file}: {left:,} more statuses aren't known."] if left > 1 else []
        return [_unknown_remark(file, status, placed) for status, placed in listed] + more


def _unknown_remark(file: str, status: str, placed: Counter[str]) -> str:
    shown = shown_line(status)
    rows = "; ".join(f"{count:,} row{'' if count == 1 else 's'}: {where}" for where, count in placed.items())
    return (
        f"{file}: the status “{shorten(shown)}” isn't known ({rows}); say what it means: --status"
        f' "{shown}={likeliest_meaning(status)}".'
    )


def used_remarks(
    file: str, remembered: HandWords, headers: Sequence[str], statuses: Mapping[str, str]
) -> list[str]:
    """Return a sentence about the remembered words that were used in a sheet, or nothing."""
    names = {header_key(header): name for header, name in remembered.columns.items()}
    keyed = ((header.strip(), header_key(header)) for header in headers)
    used = [f"the column “{header}” as {names[key]}" for header, key in keyed if key in names]
    used += [
        f"the status “{status}” as {name.replace('_', ' ')}"
        for status, name in statuses.items()
        if remembered.statuses.get(status) == name
    ]
    if not used:
        return []
    return [f"{file}: read {', '.join(map(shown_line, used))}, as you said before; --forget-words forgets it."]

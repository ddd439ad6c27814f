"""The CSV formats that can be imported; to add one, add an entry to `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.columns import ImportField, normalize_header


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFormat:
    """A kind of CSV file, recognized when all headers of `signature` are present.

    `overrides` maps headers to their field when `columns.ALIASES` says otherwise; None ignores the column.
    `day_first` is the order of dates, or None if the columns must tell; `source` is the default for the field of
    that name; `no_status_reason` explains why a file without a status column gives no stage.
    """

    name: str
    title: str
    signature: tuple[str, ...] = ()
    overrides: Mapping[str, ImportField | None] = field(default_factory=dict)
    day_first: bool | None = None
    source: str = ""
    no_status_reason: str = "the sheet has neither a status nor an interview date"

    def matches(self, headers: Sequence[str]) -> bool:
        """Whether the headers include those that this format writes."""
        return set(map(normalize_header, self.signature)) <= set(map(normalize_header, headers))

    def normalized_overrides(self) -> dict[str, ImportField | None]:
        """The overrides by normalized header."""
        return {normalize_header(header): filled for header, filled in self.overrides.items()}


FORMATS: tuple[CsvFormat, ...] = (
    CsvFormat(
        name="linkedin",
        title="LinkedIn's data export, Job Applications.csv",
        signature=("Application Date", "Company Name", "Job Title", "Job Url", "Resume Name"),
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
        name="huntr",
        title="Huntr's export of a board",
        signature=("Company", "Title", "List", "Date Applied"),
        overrides={"Title": ImportField.ROLE, "List": ImportField.STATUS},
    ),
    CsvFormat(
        name="jobsync",
        title="JobSync's export of its jobs",
        signature=("JobTitle", "appliedDate", "JobSource", "Status", "Company"),
        # "applied" is yes or no, which the status says better; "createdAt" is when the row was created.
        overrides={"appliedDate": ImportField.APPLIED_ON, "applied": None, "createdAt": None},
    ),
    CsvFormat(name="csv", title="any other sheet with a header line, as CSV"),  # last: it matches everything
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
    """Return the first format that matches the headers."""
    return next(each for each in FORMATS if each.matches(headers))

"""The sheets of programs that can be imported; to add one, add an entry to `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.sheets.columns import ImportField, header_key, normalize_header


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
        signatures=(("Application Date", "Company Name", "Job Title", "Job Url", "Resume Name"),),
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
        # The day on which the status changed is no day of an interview.
        overrides={"Status Date": None},
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

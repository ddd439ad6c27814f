"""LinkedIn's data export: "Job Applications.csv"."""

from __future__ import annotations

from followup_tui.exchange.headers import Field
from followup_tui.exchange.program import Format

LINKEDIN = Format(
    name="linkedin",
    title="LinkedIn's data export, Job Applications.csv",
    signature=("Application Date", "Company Name", "Job Title", "Job Url", "Resume Name"),
    overrides={
        # The mail and phone that the applicant gave, not those of anybody at the employer.
        "Contact Email": None,
        "Contact Phone Number": None,
        "Question And Answers": Field.NOTES,
    },
    day_first=False,
    source="LinkedIn",
    silence="LinkedIn doesn't tell whether there was an interview",
)

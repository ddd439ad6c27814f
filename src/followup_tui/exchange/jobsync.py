"""JobSync's export of its jobs."""

from __future__ import annotations

from followup_tui.exchange.headers import Field
from followup_tui.exchange.program import Format

JOBSYNC = Format(
    name="jobsync",
    title="JobSync's export of its jobs",
    signature=("JobTitle", "appliedDate", "JobSource", "Status", "Company"),
    # "applied" says yes or no, which the status says better; "createdAt" is when it was typed in.
    overrides={"appliedDate": Field.APPLIED_ON, "applied": None, "createdAt": None},
)

"""Dates as people say them: `parse_when` understands them, `echo` says back what was understood."""

from followup_tui.domain.dates.parsing import looks_like_date, parse_when
from followup_tui.domain.dates.reckoning import monday_to_friday
from followup_tui.domain.dates.when import Lean, When, echo, spelled
from followup_tui.domain.dates.zones import zone_named

__all__ = ["Lean", "When", "echo", "looks_like_date", "monday_to_friday", "parse_when", "spelled", "zone_named"]

"""The title of a card that names the company and the role: "Acme - Backend developer"."""

from __future__ import annotations

import re
from functools import lru_cache

from followup_tui.domain.parsing.person_words import is_job_title
from followup_tui.exchange.sheets.columns import ImportField, header_field

_AT = r"\s+(?:@|at|bei|chez)\s+"
_JOINTS = (r"\s+[-–—|/•·]\s+|\s*[–—|]\s*", _AT, r"\s*[:;]\s+", r",\s+", r"\s*/\s*")
"""What stands between the two, the plainest first."""


def split_card(text: str, header: str) -> dict[ImportField, str]:
    """Return the company and the role of a title, the company alone if nothing divides it.

    The order is that of "role at company", or of the part that is a job's name, or else that of the header.
    """
    for joint in _JOINTS:
        parts = re.split(joint, text, maxsplit=1)
        if len(parts) == 2 and all(part.strip() for part in parts):
            first, second = parts
            if is_job_title(first) == is_job_title(second):
                is_role_first = joint == _AT or _names_role_first(header)
            else:
                is_role_first = is_job_title(first)
            company, role = (second, first) if is_role_first else (first, second)
            return {ImportField.COMPANY: company.strip(), ImportField.ROLE: role.strip()}
    return {ImportField.COMPANY: text}


@lru_cache(maxsize=64)
def _names_role_first(header: str) -> bool:
    first = header_field(re.split(r"[&/+,]|\b(?:and|und|et|y)\b", header, maxsplit=1)[0])
    return first is not None and first[0] is ImportField.ROLE

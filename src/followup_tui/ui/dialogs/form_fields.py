"""The fields of the form: their groups, labels and hints, and what stands in them."""

from __future__ import annotations

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import to_input_text
from followup_tui.domain.parsing.form_people import met_line

GROUPS = (
    ("The job", (("company", "Company"), ("role", "Role"))),
    ("The interview", (("interview", "Interview"), ("met", "With"), ("kind", "How"), ("place", "Where"))),
    ("The people", (("people", "Person"),)),
    (
        "Where and for what",
        (("url", "Link"), ("location", "Location"), ("work_mode", "Work mode"), ("pay", "Pay")),
    ),
    ("How they decide", (("region", "Region"), ("pace", "Pace"))),
    (
        "How you came to it",
        (("source", "Found at"), ("referrer", "Referrer"), ("applied_on", "Applied on"), ("tags", "Tags")),
    ),
)
"""The headings, and below each its fields; before the field for a new person stands one for each who is known."""
FIELDS = tuple(field for _, fields in GROUPS for field in fields)
HINTS = {
    "interview": "such as fri 14:00, yesterday, 2 Dec; empty where there is none yet",
    "met": "who is in it, such as Dana Ruiz, Sam Lee",
    "people": "such as Tom Fox <tom@x.example>, recruiter, best by phone",
    "kind": "one of phone, video, onsite; empty where it isn't known",
    "place": "such as Zoom, or an address",
    "work_mode": "one of remote, hybrid, onsite; empty where it isn't known",
    "pay": "in their words, such as 60-65k + bonus",
    "region": "where their holidays are, such as DE or US-CA; empty as at home",
    "pace": "one of slow, normal, fast: how they decide",
    "referrer": "who told you of it, or put in a word",
    "applied_on": "such as 2 Nov, monday; empty where it isn't known",
    "tags": "such as remote, python",
}
"""What stands in an empty field: an example says so, that nobody takes it for a value."""


def field_texts(draft: ApplicationForm) -> dict[str, str]:
    """What stands in each field but those of people who are known."""
    texts = {
        "company": draft.company,
        "role": draft.role,
        "interview": to_input_text(draft.interview) if draft.interview else "",
        "met": met_line(draft),
        "people": "",
        "kind": draft.kind or "",
        "place": draft.place,
        "url": draft.url,
        "location": draft.location,
        "region": draft.region,
        "pace": draft.pace.value,
        "work_mode": draft.work_mode or "",
        "pay": draft.pay,
        "source": draft.source,
        "referrer": draft.referrer,
        "applied_on": draft.applied_on.isoformat() if draft.applied_on else "",
        "tags": ", ".join(draft.tags),
    }
    return {field: shown_line(text) for field, text in texts.items()}

"""The fields of the form: their groups, labels and hints, and what stands in them."""

from __future__ import annotations

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.model.when import to_input_text
from followup_tui.domain.parsing.typed_people import met_line, person_lines

GROUPS = (
    ("Job", (("company", "Company"), ("role", "Role"))),
    ("Interview", (("interview", "When"), ("met", "With"), ("kind", "How"), ("place", "Where"))),
    ("People", (("people", "Person"),)),
    (
        "Details",
        (("url", "Link"), ("location", "Location"), ("work_mode", "Work mode"), ("pay", "Pay")),
    ),
    ("Timing", (("region", "Region"), ("pace", "Pace"))),
    (
        "Where you found it",
        (("source", "Source"), ("referrer", "Referrer"), ("applied_on", "Applied on"), ("tags", "Tags")),
    ),
)
"""The headings, and below each its fields; before the field for a new person stands one for each who is known."""
FIELDS = tuple(field for _, fields in GROUPS for field in fields)
HINTS = {
    "interview": "e.g. fri 14:00, yesterday, 2 Dec; empty if there is none yet",
    "met": "e.g. Dana Ruiz, Sam Lee",
    "people": "e.g. Tom Fox <tom@x.example>, recruiter, friendly voice",
    "kind": "phone, video or onsite",
    "place": "e.g. Zoom, or an address",
    "work_mode": "remote, hybrid or onsite",
    "pay": "in their words, e.g. 60-65k + bonus",
    "region": "for public holidays, e.g. DE or US-CA; empty for your own",
    "pace": "how fast they decide: slow, normal or fast",
    "referrer": "who told you about it, or recommended you",
    "applied_on": "e.g. 2 Nov, monday",
    "tags": "e.g. remote, python",
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


def all_texts(draft: ApplicationForm) -> dict[str, str]:
    """What stands in each field: those of people who are known, and the notes, too."""
    people = {f"person-{place}": line for place, line in enumerate(person_lines(draft))}
    return field_texts(draft) | people | {"notes": shown(draft.notes)}


def label_of(field: str) -> str:
    """The label of a field."""
    labels = {id: label for _, fields in GROUPS for id, label in fields}
    return labels.get(field, "Notes" if field == "notes" else "Person")

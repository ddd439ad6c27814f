"""The open offers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_tui.domain.format import format_day
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.offer import Offer

NO_OFFERS = "No offer waits for an answer."


def offers_table(offered: Sequence[ApplicationDetails], today: date) -> list[tuple[str, ...]]:
    """A row for each thing to compare and a column for each offer, the first to answer on the left.

    What is said of none of them has no row.
    """
    known = [(details, offer) for details in offered if (offer := open_offer(details))]
    known.sort(key=lambda pair: (pair[1].answer_by or date.max, pair[0].application.number))
    columns = [_facts(details, offer, today) for details, offer in known]
    if not columns:
        return []
    return [(name, *(column[name] for column in columns)) for name in columns[0] if any(c[name] for c in columns)]


def _facts(details: ApplicationDetails, offer: Offer, today: date) -> dict[str, str]:
    application = details.application
    return {
        "Employer": f"#{application.number} {application.company}",
        "Role": application.role,
        "Answer by": format_day(offer.answer_by, today) if offer.answer_by else "no day named",
        "Pay": offer.pay or application.pay,
        "Start": offer.start,
        "Where": ", ".join(filter(None, (application.location, application.work_mode))),
        "Notes": " ".join(offer.notes.split()),
    }

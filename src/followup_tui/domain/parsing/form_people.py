"""The people of the form: a line for each, and a line with those who are in the interview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.same_person import recognised, with_newcomers
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.person import parse_people, write_person


def person_lines(draft: ApplicationForm) -> tuple[str, ...]:
    """A line for each person that reads back as they are."""
    return tuple(shown_line(write_person(person)) for person in draft.people)


def met_line(draft: ApplicationForm) -> str:
    """Who is in the interview, by their names: "Ann Li, Bo Chen"."""
    return shown_line(", ".join(one.name or str(one) for one in draft.met or ()))


def read_people_lines(
    draft: ApplicationForm, lines: Sequence[str], met: str
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Everybody, and who is in the interview; the first of `lines` are those of the draft's people, edited.

    A line that wasn't edited leaves the person as they are, also where it wouldn't be understood. Raises
    `BadInput` for the field "people" or "met".
    """
    now: dict[int, Person] = {}
    people: list[Person] = []
    for place, line in enumerate(lines):
        before = draft.people[place] if place < len(draft.people) else None
        found = _read(before, line)
        people += found
        now |= {place: found[0]} if found and before is not None else {}
    if met == met_line(draft):
        were = recognised(draft.people, draft.met or ()).values()
        there = [one for place, one in now.items() if any(draft.people[place] is each for each in were)]
        return tuple(people), tuple(there)
    said = _parsed(met, "met") if met.strip() else ()
    known = recognised(people, said)
    everybody = with_newcomers(people, said)
    return everybody, tuple(known.get(place, one) for place, one in enumerate(said))


def _read(before: Person | None, line: str) -> tuple[Person, ...]:
    if before is not None and line == shown_line(write_person(before)):
        return (before,)
    if not line.strip():
        return ()
    found = [one for text in filter(str.strip, line.split(";")) for one in _parsed(text, "people")]
    return (replace(found[0], contact_id=before.contact_id), *found[1:]) if before is not None else tuple(found)


def _parsed(text: str, field: str) -> tuple[Person, ...]:
    try:
        return parse_people(text)
    except BadInput as problem:
        raise BadInput(problem.sentence, field) from None

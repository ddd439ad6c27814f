"""What the parts of a typed line say, while they are gone through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from followup_tui.domain.model.application import WorkMode
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import When
from followup_tui.domain.parsing.bare_people import certain_people, is_whole_name
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.interview_words import begins_or_ends_as_role
from followup_tui.domain.parsing.job_titles import is_job, is_job_title, is_more_of_role
from followup_tui.domain.parsing.job_words import bare_role
from followup_tui.domain.parsing.line_pieces import AND, duration_of, has_legal_form, is_legal_form
from followup_tui.domain.parsing.meeting_words import ONSITE
from followup_tui.domain.parsing.referral import source_of
from followup_tui.domain.parsing.round_words import is_plain_round, split_round
from followup_tui.domain.parsing.times import split_hour
from followup_tui.domain.parsing.towns import is_place, is_region, is_town

Understand = Callable[[str], When]
"""Understands a date, or raises `BadInput`."""


class LineParts:
    """What has been understood while the parts are gone through."""

    def __init__(
        self,
        understand: Understand,
        understand_applied: Callable[[str], date] | None = None,
        *,
        company: str = "",
        role: str = "",
    ) -> None:
        """`company` and `role` where they are known and the line only says when and with whom one meets.

        `open` is what the last part ended with and the next may go on with: "role", "date", "people", or nothing.
        """
        self.understand = understand
        self.understand_applied = understand_applied
        self.company = company
        self.role = role
        self.is_known = bool(company)
        self.is_order_said = False
        self.is_sentence = False
        self.open = ""
        self.whens: list[When] = []
        self.said_dates: list[str] = []
        self.people: list[Person] = []
        self.meets: list[str] = []
        self.notes: list[str] = []
        self.durations: list[str] = []
        self.location = ""
        self.pay = ""
        self.work_mode: WorkMode | None = None
        self.unread: list[str] = []
        self.problems: list[str] = []
        self.referrer = ""
        self.source = ""
        self.applied_only = False
        self.applied_on: date | None = None

    def name_company(self, said: str) -> None:
        """A company that was named as one: what stood in its place is the role."""
        if self.company and not self.role:
            self.role = self.company
        elif self.company:
            self.unread.append(self.company)
        self.company, self.is_order_said = said.strip(' "“”'), True

    def name_role(self, said: str) -> None:
        """A role that was named as one."""
        if self.role:
            self.unread.append(said)
        else:
            self.role, self.is_order_said = said, True

    def take_text(self, said: str, *, is_next: bool) -> None:
        """What nothing else tells: the company, the rest of its name, the role, or a person; else it is unread."""
        firm = is_legal_form(said) or (has_legal_form(said) and re.search(AND, said))
        if not self.company:
            self.company = said
        elif is_next and firm and (is_legal_form(said) or not has_legal_form(self.company)):
            self.company += f", {said}"
        elif self.open == "role" and is_role(self.role) and is_more_of_role(said):
            self.role += f", {said}"
        elif not self.role and is_role(self.company) and is_more_of_role(said):
            self.company += f", {said}"
        elif not self.role and not (self.whens and certain_people(said)):
            self.role = said
        elif not self.is_known and (people := certain_people(said, is_listed=bool(self.people))):
            self.people += people
        elif not self.is_known and self.open in {"date", "people"} and is_whole_name(said):
            self.people.append(Person(said))  # "fri 14:00, Anita Desai"
        else:
            self.unread.append(said)

    def take_place(self, said: str) -> None:
        """Where the job is, or where one meets where one does so there."""
        if self.location or any(re.search(f"(?i){ONSITE}", one) for one in self.meets):
            self.meets.append(f"in {said}")
        else:
            self.location = said

    def take_date(self, when: When, said: str) -> None:
        """A date; where it is the hour of a day that was said elsewhere, or the other way round, both are one."""
        others = [(place, one) for place, one in enumerate(self.whens) if (one.at is None) != (when.at is None)]
        self.whens.append(when)
        self.said_dates.append(plain_date(said))
        for place, one in others:
            two = self.said_dates[place], self.said_dates[-1]
            hour, day = two if one.at else reversed(two)
            if not split_hour(hour)[1].strip(" ,@"):
                self._join_date(place, f"{day} {hour}")
                return

    def _join_date(self, place: int, said: str) -> None:
        try:
            self.whens[place:] = [self.understand(said)]
            self.said_dates[place:] = [said]
        except BadInput as refusal:
            self.problems.append(refusal.sentence)

    def take_places(self) -> None:
        """Take where one found the job, a town as the job's place, and another place as the interview's."""
        before = ""
        for part, behind in zip_longest(tuple(self.unread), self.unread[1:], fillvalue=""):
            if part not in self.unread:
                continue  # the region of the town before
            if not self.location and part[:1].isupper() and behind and is_region(behind):
                self._take_town(f"{part}, {behind}")
                self.unread.remove(behind)
            elif not self.source and not self.is_known and (source := source_of(part)):
                self.source = source
            elif not self.location and is_town(part):
                self._take_town(part)
            elif self.whens and is_place(part):
                is_more = bool(before) and self.meets[-1:] == [f"in {before}"]
                before = f"{before}, {part}" if is_more else part
                self.meets[-1:] = [f"in {before}"] if is_more else [*self.meets[-1:], f"in {before}"]
            else:
                continue
            self.unread.remove(part)

    def _take_town(self, said: str) -> None:
        if self.is_known:
            self.meets.append(f"in {said}")
        else:
            self.location = said

    def put_end(self) -> None:
        """How long one meets is the end of an interview whose hour is known, else a note."""
        for said in self.durations:
            when, length = self.whens[0] if len(self.whens) == 1 else None, duration_of(said)
            if when and when.at and length and when.ends_at is None:
                self.whens[0] = replace(when, ends_at=when.at + length)
            else:
                self.notes.append(said)

    def put_in_order(self) -> None:
        """Company and role exchanged where the first is a job and the second isn't: "Data engineer, Globex".

        What both say of the round belongs to how one meets: "SRE phone interview, Acme".
        """
        (first, self.company), (second, self.role) = split_round(self.company), split_round(self.role)
        self.meets += [said for said in (first, second) if said and not is_plain_round(said)]
        if (
            (bracket := re.fullmatch(r"(.*\S) \(([^()]+)\)", self.company))
            and not self.role
            and is_role(bracket[2])
        ):
            self.company, self.role = bracket.groups()  # "Acme (Data engineer)"
        self._exchange()
        self.role = bare_role(self.role)
        self.put_end()

    def _exchange(self) -> None:
        if self.is_order_said or not self.role:
            return
        named = (has_legal_form(self.role), has_legal_form(self.company))
        if named == (True, False) or (is_role(self.company) and not is_role(self.role) and not any(named)):
            self.company, self.role = self.role, self.company


def is_role(text: str) -> bool:
    """Whether a text is a job and nothing else: its last word says so, or its first before "of"."""
    said = re.sub(r"\s*\([^()]*\)", "", text)
    return (
        is_job(said)
        or (len(said.split()) == 1 and is_job_title(said))
        or begins_or_ends_as_role(said)
        or begins_or_ends_as_role(text)
    )

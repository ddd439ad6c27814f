"""Find the application whose role is another in the sheet now: its old row is gone, the rest is in a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from followup_tui.domain.format import in_words
from followup_tui.domain.model.application import Application
from followup_tui.domain.model.text import company_core, fold_company
from followup_tui.exchange.sheets.duplicates import RowIdentity
from followup_tui.exchange.sheets.records import name_of


class NewRole(NamedTuple):
    """What a new row may be: the `application` that it is for certain, or a remark, or neither."""

    application: Application | None = None
    remark: str = ""


class GoneRows:
    """The applications that came from a sheet and have no row in the one that is imported."""

    def __init__(
        self,
        applications: Iterable[Application],
        load_rounds: Callable[[Sequence[str]], Mapping[str, tuple[date, ...]]],
    ) -> None:
        """`load_rounds` returns the days of the interviews of stored applications by their ids."""
        self._by_company: dict[str, list[Application]] = {}
        self._load_rounds = load_rounds
        for each in applications:
            if any(fact.startswith("row:") for fact in each.imported):
                self._by_company.setdefault(_company(each.company), []).append(each)

    def new_role(self, company: str, row: RowIdentity, whole_as: Callable[[str], str]) -> NewRole:
        """Return whose row this was before its role changed.

        `whole_as` returns the fact of this row under another role. Certain is only what had the same interview.
        """
        gone = self._by_company.get(_company(company), [])
        if not gone:
            return NewRole()
        same = [each for each in gone if whole_as(each.role) in each.imported]
        if len(same) == 1 and row.rounds:
            return NewRole(same[0])
        days = self._load_rounds([each.id for each in gone])
        alike = [
            each
            for each in gone
            if (row.applied and row.applied == each.applied_on) or set(row.rounds) & set(days.get(each.id, ()))
        ]
        if not alike:
            return NewRole()
        named = in_words([name_of(each) for each in alike[:3]], "or")
        why = "as that has no row here any more: a new one. Merge them if so."
        return NewRole(remark=f"It could be {named} under a new role, {why}")


def _company(name: str) -> str:
    return company_core(fold_company(name))[0]

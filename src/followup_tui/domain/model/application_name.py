"""How an application is named: its employer, and what tells it from others there.

A shell's prompt waits for this module: it loads neither `typing` nor dataclasses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from followup_tui.domain.model.text import company_core, fold_company, fold_name

TYPE_CHECKING = False  # as type checkers know it
if TYPE_CHECKING:
    from typing import Protocol

    class Named(Protocol):
        """What an application, its card and its row are known by."""

        @property
        def id(self) -> str | int:
            """What tells it from the others."""

        @property
        def number(self) -> int:
            """Its number on the board."""

        @property
        def company(self) -> str:
            """The employer."""

        @property
        def role(self) -> str:
            """The job."""

        @property
        def stage(self) -> str:
            """Its column."""


_CLOSED = "moved_on"
"""The value of `Stage.MOVED_ON`."""


@lru_cache(maxsize=1 << 15)
def employer_key(company: str) -> str:
    """What companies that could be one have in common."""
    return company_core(fold_company(company))[0]


def job_key(company: str, role: str) -> tuple[str, str]:
    """Return what applications that could be for one job have in common."""
    return employer_key(company), fold_name(role)


def name_among(one: Named, others: Iterable[Named]) -> str:
    """Return the employer, with the role where another one there is open, and the number if roles are alike."""
    key = employer_key(one.company)
    beside = [other for other in others if other.id != one.id and employer_key(other.company) == key]
    return _name(one, _open_roles(beside), 0)


def roles_by_employer(applications: Iterable[Named]) -> dict[str, Counter[str]]:
    """The open roles at each employer with several applications, to name each of these; see `name_by_roles`."""
    employers: dict[str, list[Named]] = {}
    for one in applications:
        employers.setdefault(employer_key(one.company), []).append(one)
    return {key: _open_roles(beside) for key, beside in employers.items() if len(beside) > 1}


def name_by_roles(one: Named, roles: Mapping[str, Counter[str]]) -> str:
    """Return the name as `name_among` does, for one of the applications that `roles_by_employer` was given."""
    beside = roles.get(employer_key(one.company))
    return one.company if beside is None else _name(one, beside, int(one.stage != _CLOSED))


def _open_roles(applications: Iterable[Named]) -> Counter[str]:
    """How many open applications there are for each role, compared as names are."""
    return Counter(fold_name(one.role) for one in applications if one.stage != _CLOSED)


def _name(one: Named, roles: Counter[str], own: int) -> str:
    """The name beside open ones of these roles at the same employer, of which `own` is the application itself."""
    is_alike = roles[fold_name(one.role)] > own
    if not is_alike and len(roles) <= own:
        return one.company
    number = f"#{one.number}" if not one.role or is_alike else ""
    return f"{one.company} ({', '.join(filter(None, (one.role, number)))})"


def numbered_name(one: Named) -> str:
    """Return number, employer and role: "#7 Acme, Backend dev"."""
    return f"#{one.number} {', '.join(filter(None, (one.company, one.role)))}"

"""Find the application that a row is about; none if anything known speaks against it, or if it isn't certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from followup_tui.domain.format import in_words
from followup_tui.domain.model.text import company_core
from followup_tui.exchange.sheets.identity import (
    Identity,
    NearNames,
    could_be_one_role,
    could_be_one_town,
)

MAX_APPLIED_GAP = 14
"""Days between two dates of applying that can be one: sheets and job boards differ a little."""
MAX_SAME = 50
"""Applications of one name, link or row that are compared; of more, those that are described alike."""
_MAX_DISTINCT = 8
_NOTHING: list[object] = []

ValueT = TypeVar("ValueT")


class RowIdentity(NamedTuple):
    """What is known of a row when its application is sought.

    `fact` is its `records.row_fact`; `whole` is the fact that exactly this row was imported.
    """

    identity: Identity
    fact: str
    whole: str
    applied: date | None
    rounds: tuple[date, ...]
    is_ended: bool


@dataclass(slots=True)
class KnownApplication:
    """What is known of an application when rows are compared with it.

    `identities` are those of the application and of the rows that it came from. `rounds` is None if they must be
    loaded. `ended_on` is the day on which the user closed it, or None if a sheet said so or it is open.
    """

    id: str
    name: str
    identities: list[Identity]
    applied: date | None
    is_ended: bool
    rounds: tuple[date, ...] | None
    ended_on: date | None = None

    def add(self, row: RowIdentity) -> None:
        """Add what a row says about it."""
        if row.identity not in self.identities and len(self.identities) < MAX_SAME:
            self.identities.append(row.identity)
        self.applied = self.applied or row.applied
        self.is_ended |= row.is_ended
        if self.rounds is not None:
            self.rounds = tuple(dict.fromkeys((*self.rounds, *row.rounds)))


class Match(NamedTuple):
    """The application of a row, or None for a new one: `by` says in words what they have in common.

    `remark` is a finished sentence about why the row is a new application though there is a similar one, or about
    what differs from its own, or empty.
    """

    known: KnownApplication | None
    by: str = ""
    remark: str = ""


class _Groups(Generic[ValueT]):
    """Values by key, where nearly every key has one: then no list is made for it."""

    def __init__(self) -> None:
        self._by_key: dict[object, ValueT | list[ValueT]] = {}

    def get(self, key: object) -> Sequence[ValueT]:
        """Return the values of a key, oldest first."""
        found = self._by_key.get(key, _NOTHING)
        return found if isinstance(found, list) else (found,)  # type: ignore[return-value]

    def add(self, key: object, value: ValueT) -> None:
        """Add a value, unless it is among the last ones of the key."""
        found = self._by_key.setdefault(key, value)
        if isinstance(found, list):
            if not any(each is value for each in found[-MAX_SAME:]):
                found.append(value)
        elif found is not value:
            self._by_key[key] = [found, value]


class _Differences:
    """Which keys were counted with two identities that can't be the same; `could_be_same` compares two of them."""

    def __init__(self, could_be_same: Callable[[Identity, Identity], bool]) -> None:
        self._could_be_same = could_be_same
        self._first: dict[object, Identity] = {}
        self._others: dict[object, list[Identity]] = {}
        self._different: set[object] = set()

    def __contains__(self, key: object) -> bool:
        """Whether two identities of the key can't be the same."""
        return key in self._different

    def count(self, key: object, identity: Identity) -> None:
        """Compare an identity with those that were counted under its key."""
        first = self._first.setdefault(key, identity)
        if first == identity or key in self._different:
            return
        others = self._others.setdefault(key, [first])
        if identity in others:
            return
        if len(others) >= _MAX_DISTINCT or not all(self._could_be_same(identity, each) for each in others):
            self._different.add(key)
            del self._others[key]
        else:
            others.append(identity)


class KnownApplications:
    """The applications that rows can be about, by company and role, by link, and by the rows they came from.

    Count the identities of all rows and applications before the first search: whether a link belongs to several
    jobs, and whether a company has several openings of one title, must not depend on the order of the rows.
    """

    def __init__(self, load_rounds: Callable[[Sequence[str]], Mapping[str, tuple[date, ...]]]) -> None:
        """`load_rounds` returns the days of the interviews of stored applications by their ids."""
        self._load_rounds = load_rounds
        self._by_name: _Groups[KnownApplication] = _Groups()
        self._by_core: _Groups[KnownApplication] = _Groups()
        self._by_link: _Groups[KnownApplication] = _Groups()
        self._by_fact: _Groups[KnownApplication] = _Groups()
        self._by_description: _Groups[KnownApplication] = _Groups()
        self._near_names = NearNames()
        self._shared_links = _Differences(_could_share_a_link)
        self._openings = _Differences(_could_be_one_opening)

    def count(self, identity: Identity) -> None:
        """Take note of a row or an application before the first search."""
        self._openings.count(identity.name, identity)
        if identity.link.key:
            self._shared_links.count(identity.link.key, identity)

    def add(self, known: KnownApplication, facts: Iterable[str]) -> None:
        """Add an application, with the facts of the rows that it came from."""
        for each in known.identities:
            self._index(known, each)
        for fact in facts:
            self._by_fact.add(fact, known)

    def extend(self, known: KnownApplication, row: RowIdentity) -> None:
        """Add what a row says to the application that it is about."""
        if row.identity not in known.identities:
            self._index(known, row.identity)
        for fact in (row.fact, row.whole):
            self._by_fact.add(fact, known)
        known.add(row)

    def prepare(self, rows: Sequence[RowIdentity]) -> None:
        """Load at once what `find` will ask about these rows."""
        wanted: list[KnownApplication] = []
        for row in rows:
            for same in (self._by_fact.get(row.fact), self._by_name.get(row.identity.name)):
                wanted += [known for known in same[-MAX_SAME:] if known.is_ended != row.is_ended]
        self._load(wanted)

    def find(self, row: RowIdentity) -> Match:
        """Return the application that a row is about, or a reason for a new one."""
        if exact := self._by_fact.get(row.whole):
            return Match(exact[-1], _in_common(row))
        if imported := self._fit_in_time(row, self._by_fact.get(row.fact)[-MAX_SAME:]):
            best = imported[0]
            if len(imported) > 1:
                best = max(imported, key=lambda known: self._agreement(row, known))
            return Match(best, _in_common(row))
        fitting, doubts = [], []
        for known, by in self._similar(row.identity):
            reason = self._conflict(row, known)
            if reason:
                doubts.append(f"{known.name} ({reason})")
            else:
                fitting.append(Match(known, by))
        found = self._choose(row, fitting)
        if found is not None:
            return found
        if fitting:
            doubts = [f"{match.known.name}" for match in fitting if match.known is not None]
            return Match(None, remark=f"It could be {_any_of(doubts[:3])}, which isn't certain: a new one.")
        if doubts:
            return Match(None, remark=f"Not the same as {_any_of(doubts[:3])}.")
        alike = self._of_one_core(row.identity)
        return self._same_but_legal_form(row, alike) or Match(
            None, remark=self._shared_link_remark(row.identity) or self._name_remark(row.identity, alike)
        )

    def _index(self, known: KnownApplication, identity: Identity) -> None:
        for company, role in identity.names:
            self._by_name.add((company, role), known)
            self._by_core.add((company_core(company)[0], role), known)
        self._near_names.add(company_core(identity.company)[0])
        if identity.link.key:
            self._by_link.add(identity.link.key, known)
        named = self._by_name.get(identity.name)
        if len(named) > MAX_SAME:
            # Only now: few companies have that many openings of one title.
            for each in named if len(named) == MAX_SAME + 1 else (known,):
                for own in each.identities:
                    self._by_description.add(_description(own), each)

    def _similar(self, identity: Identity) -> list[tuple[KnownApplication, str]]:
        """Return the applications of the same company and role, or with the same link, and which of them it is."""
        named = self._by_name.get(identity.name)
        if len(named) > MAX_SAME:
            named = self._by_description.get(_description(identity)) or named[:1]
        if identity.spelling:
            named = [*named[-MAX_SAME:], *self._by_name.get((identity.spelling, identity.role))]
        found = {each.id: (each, "company and role") for each in named[-MAX_SAME:]}
        link = identity.link.key
        if link and link not in self._shared_links:
            for known in self._by_link.get(link)[-MAX_SAME:]:
                same = [each for each in known.identities if each.link.key == link]
                if any(each.role == identity.role or identity.link.has_id for each in same):
                    found[known.id] = (known, "link")
        return list(found.values())

    def _conflict(self, row: RowIdentity, known: KnownApplication) -> str:
        """Return what speaks against an application, or an empty text."""
        own = row.identity
        names = [each.company for each in known.identities]
        if own.company not in names and not all(own.could_be_company_of(each) for each in known.identities):
            return "the companies differ"
        if not all(could_be_one_role(own.role, each.role) for each in known.identities):
            return "the roles differ"
        links = {each.link.key for each in known.identities if self._is_particular(each)}
        if self._is_particular(own) and links and own.link.key not in links:
            return "the links differ"
        if any(own.town and each.town and not could_be_one_town(own.town, each.town) for each in known.identities):
            return "the towns differ"
        numbers = {each.requisition for each in known.identities if each.requisition}
        if own.requisition and numbers and own.requisition not in numbers:
            return "the requisition numbers differ"
        return self._conflict_in_time(row, known, same_link=bool(own.link.has_id and own.link.key in links))

    def _conflict_in_time(self, row: RowIdentity, known: KnownApplication, *, same_link: bool) -> str:
        gap = (row.applied - known.applied).days if row.applied and known.applied else 0
        if row.is_ended != known.is_ended and (gap if known.is_ended else -gap) > 0:
            return "one ended, and the other was applied for later"
        if abs(gap) > MAX_APPLIED_GAP and not same_link:
            return "the dates of applying are far apart"
        if row.is_ended == known.is_ended:
            return ""
        self._load([known])
        rounds = known.rounds or ()
        unknown = [day for day in row.rounds if day not in rounds]
        if known.is_ended:
            last = max(filter(None, (*rounds, known.applied, known.ended_on)), default=date.min)
            if known.ended_on and not known.applied and row.applied and row.applied > known.ended_on:
                return "that one ended before this one was applied for"
            return "that one ended before this interview" if unknown and max(unknown) > last else ""
        if unknown and len(unknown) == len(row.rounds) and rounds and max(unknown) < max(rounds):
            return "this one ended before the interview there"
        return ""

    def _fit_in_time(self, row: RowIdentity, known: Sequence[KnownApplication]) -> list[KnownApplication]:
        same_link = row.identity.link.has_id
        return [each for each in known if not self._conflict_in_time(row, each, same_link=same_link)]

    def _choose(self, row: RowIdentity, fitting: Sequence[Match]) -> Match | None:
        """Return the one application that fits for certain, or None."""
        if len(fitting) > 1 or (fitting and self._has_several_openings(row.identity)):
            for test in (self._shares_a_mark, self._is_described_alike, self._agreement):
                passed = [match for match in fitting if match.known is not None and test(row, match.known)]
                if len(passed) == 1:
                    return passed[0]
            return None
        return fitting[0] if fitting else None

    def _has_several_openings(self, identity: Identity) -> bool:
        return identity.name in self._openings

    def _is_particular(self, identity: Identity) -> bool:
        """Whether its link leads to one posting: it has a number, or no other job has the same link."""
        key = identity.link.key
        return bool(key) and (identity.link.has_id or key not in self._shared_links)

    def _shares_a_mark(self, row: RowIdentity, known: KnownApplication) -> bool:
        own = row.identity
        return any(
            (own.link.key == each.link.key and self._is_particular(own))
            or (own.requisition != "" and own.requisition == each.requisition)
            for each in known.identities
        )

    @staticmethod
    def _is_described_alike(row: RowIdentity, known: KnownApplication) -> bool:
        return any(
            (row.identity.link.key, row.identity.town, row.identity.requisition)
            == (each.link.key, each.town, each.requisition)
            for each in known.identities
        )

    def _agreement(self, row: RowIdentity, known: KnownApplication) -> int:
        """Return how many dates a row has in common with an application."""
        if row.rounds:
            self._load([known])
        common = len(set(row.rounds) & set(known.rounds or ()))
        return common + int(row.applied is not None and row.applied == known.applied)

    def _load(self, known: Iterable[KnownApplication]) -> None:
        wanted = {each.id: each for each in known if each.rounds is None}
        loaded = self._load_rounds(list(wanted)) if wanted else {}
        for id, each in wanted.items():
            each.rounds = loaded.get(id, ())

    def _of_one_core(self, identity: Identity) -> list[KnownApplication]:
        """Return the applications for the same role at a company whose name differs in its legal form at most."""
        cores = [company_core(company)[0] for company, _ in identity.names]
        return [
            known
            for core in cores
            for known in self._by_core.get((core, identity.role))[-MAX_SAME:]
            if all(identity.could_be_company_of(each) for each in known.identities)
        ]

    def _same_but_legal_form(self, row: RowIdentity, alike: Sequence[KnownApplication]) -> Match | None:
        """Return the one of those alike that differs in the legal form only, with the same days."""
        found = {
            known.id: known
            for known in alike
            if row.applied is not None and row.applied == known.applied and not self._conflict(row, known)
        }
        agreed = [known for known in found.values() if self._agreement(row, known) > 1]
        if len(agreed) != 1:
            return None
        return Match(agreed[0], "role and dates", "Only the legal form of the company's name differs.")

    def _name_remark(self, identity: Identity, alike: Sequence[KnownApplication]) -> str:
        """Return a sentence if a company has nearly the same name, and nothing else tells."""
        others = [known.name for known in alike]
        near = self._near_names.near(company_core(identity.company)[0]) if not others else []
        others += [known.name for name in near for known in self._by_core.get((name, identity.role))[-MAX_SAME:]]
        return f"It could be {_any_of(others[:3])}, but the company's name differs: a new one." if others else ""

    def _shared_link_remark(self, identity: Identity) -> str:
        if not (identity.link.has_id and identity.link.key in self._shared_links):
            return ""
        others = [known.name for known in self._by_link.get(identity.link.key)]
        return f"Its link is also that of {_any_of(others[:3])}, so it tells nothing." if others else ""


def _in_common(row: RowIdentity) -> str:
    return "company, role and link" if row.identity.link.key else "company and role"


def _description(identity: Identity) -> tuple[object, ...]:
    return identity.name, identity.link.key, identity.town, identity.requisition


def _could_share_a_link(one: Identity, other: Identity) -> bool:
    return one.could_be_company_of(other) and could_be_one_role(one.role, other.role)


def _could_be_one_opening(one: Identity, other: Identity) -> bool:
    if one.link.key and other.link.key and one.link.key != other.link.key:
        return False
    if one.requisition and other.requisition and one.requisition != other.requisition:
        return False
    return not one.town or not other.town or could_be_one_town(one.town, other.town)


def _any_of(names: Sequence[str]) -> str:
    return in_words(names, "or")

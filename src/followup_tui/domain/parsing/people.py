"""People in a text of any form: a cell of a sheet, a form's field, an argument, a part of a quick-add line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.interview_words import is_round
from followup_tui.domain.parsing.person_parts import (
    AND,
    COMMA,
    LAST_COMMA,
    Token,
    family_first,
    is_degree,
    is_given_name,
    is_mail_of,
    read_name,
    runs_of,
    tokens,
)
from followup_tui.domain.parsing.person_words import (
    LABELS,
    folded,
    is_common,
    is_job,
    is_job_title,
    is_name,
    names_nobody,
    plain_role,
    role_in_title,
    split_title,
    voice_of,
    way_to_reach,
    with_scheme,
    without_label_behind,
    without_labels,
)

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_PRONOUNS = (
    r"(?i)(?:she|he|they|her|him|hers|his|them|theirs|ze|xe|hir|any|all|er|sie|ihm|ihr|elle|il|iel|lui|ella|ellos)"
    r"(?:\s*/\s*\w+){1,3}|any pronouns"
)
_SIMPLE_MAIL = r"[\w.+-]+@[\w.-]+\w"
_SIMPLE = r"(?P<name>[A-ZÀ-Þ][a-zß-ÿ]+(?: [A-ZÀ-Þ][a-zß-ÿ]+){1,2})(?: <(?P<mail>MAIL)>)?|(?P<lone>MAIL)".replace(
    "MAIL", _SIMPLE_MAIL
)
"""Two or three plain words, an address, or both: nearly every cell, six times faster than looking at its parts."""
_WORDS = r"[^\W\d_]+(?: [^\W\d_]+)*(?: \d{1,5})?"
_MARKDOWN = r"\[([^\[\]]*)\]\((?:mailto:)?([^()\s]+)\)"
_BEI_NAME = r"(?:der|den|dem) [^\W\d_a-z][^\W\d_]+$"
_ROLE_IS = r"(?i)\b(recruiter|hiring manager|interviewer)(?: there)? (?:is|was) "
_ROLE = r"\s*([^\W\d_][^=;,:\n]{0,40}?)\s"
_ROLE_BEFORE = rf"(?:(?:^|(?<=[;,\n])){_ROLE}*=|(?:^|(?<=[;\n])){_ROLE}[-–—])\s*(?=[^\W\d_])"
"""What may be a role before its person: "HR = Sue Low", "CTO – Sam Yu"."""
_LONGEST = 2_000
"""Characters that are looked at for people; what a longer text says is no list of people."""


class PeopleRead(NamedTuple):
    """The people in a text, and the parts of it that weren't understood as one."""

    people: tuple[Person, ...] = ()
    rest: tuple[str, ...] = ()


_ET_AL = r"[,;]?\s+(?:et\s+al\b\.?|u\.\s?a\.|and\s+others|and\s+team|&\s+team)\s*$"


@lru_cache(maxsize=2048)
def read_people(text: str) -> PeopleRead:
    """The people that a text names, in its order. Never raises, and loses no word: `rest` has what isn't a person.

    Texts such as "TBD", "n/a", "yes" name nobody and leave nothing.
    """
    if len(text) > _LONGEST:
        return PeopleRead((), (text,))
    simple = re.fullmatch(_SIMPLE, text.strip())
    if simple and not any(is_common(word) for word in (simple["name"] or "").split()):
        return PeopleRead((Person(simple["name"] or "", simple["mail"] or simple["lone"] or ""),))
    if "«" not in text:
        if names_nobody(text):
            return PeopleRead()
        text = re.sub(_ROLE_IS, r"\1: ", re.sub(LAST_COMMA, " ", text))
        text = re.sub(_ET_AL, "", re.sub(_MARKDOWN, r"\1 <\2>", text))
        text = re.sub(_ROLE_BEFORE, _labelled, text)
    reader = _Reader()
    if re.fullmatch(_WORDS, text) and _DIVIDING.isdisjoint(text.casefold().split()):
        reader.read(family_first([Token("text", text)]))
        return reader.result()
    runs = runs_of(tokens(text))
    for place, (run, separator) in enumerate(runs):
        # "Ann, Bo and Cy" are three; "Ruiz, Dana and Lee, Sam" are two.
        is_list = separator in AND and place + 1 < len(runs) and COMMA not in runs[place + 1][0]
        reader.read(run if is_list else family_first(run))
    return reader.result()


def _labelled(found: re.Match[str]) -> str:
    role = (found[1] or found[2]).strip()
    return f" {role}: " if is_job_title(role) else found[0]


def owner_of(address: str, people: Sequence[Person]) -> int | None:
    """Return which of these people, the last without an address, an email address is by its name, or None."""
    found = (at for at, one in reversed([*enumerate(people)]) if not one.email and is_mail_of(address, one.name))
    return next(found, None)


def with_own_addresses(people: Sequence[Person]) -> list[Person]:
    """Return the people, where an address that is one's by its name is nobody else's.

    "Ann Li, ann@acme.example via recruiter Jo Lind": the comma divides her from it.
    """
    found = list(people)
    for at, one in enumerate(people):
        owner = owner_of(one.email, found) if one.email and not is_mail_of(one.email, one.name) else None
        if owner is not None:
            found[owner], found[at] = replace(found[owner], email=one.email), replace(one, email="")
    return [one for one in found if str(one)]


_DIVIDING = AND | {
    "at", "from", "bei", "chez", "aus", "ext", "extension", "x", "durchwahl", "prefers", "best",
    "friendly", "formal",
}  # fmt: skip
"""Words between the parts of a text."""


@dataclass(slots=True)
class _Entry:
    """A person in the making; `said` is what was read for it, to be given back where it is nobody.

    `address` is how one is addressed, "Dr.": the title where there is no job.
    """

    person: Person
    said: list[str]
    address: str = ""

    def finished(self) -> Person:
        """The person with all that was said."""
        person = replace(self.person, role=self.person.role or role_in_title(self.person.title))
        if not self.address:
            return person
        if not person.title:
            return replace(person, title=self.address)
        return replace(person, notes=", ".join(filter(None, (self.address, person.notes))))


def is_titled_name(text: str) -> bool:
    """Whether a text is a job with a name beyond doubt behind it: "VP of Support Carl Dunn"."""
    title, name = split_title(text)
    return bool(title) and is_given_name(name.partition(" ")[0])


class _Reader:
    """Goes through the runs and gives each part to the person whom it belongs to."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._rest: list[str] = []
        self._is_new_run = True
        self._is_open = False

    def read(self, run: list[Token]) -> None:
        """Take one run: the parts between two strong separators."""
        self._is_new_run = True
        for place, token in enumerate(run):
            if token.kind == "text":
                follows = run[place + 1] if place + 1 < len(run) else Token("", "")
                comes = run[place - 1] if place else Token("", "")
                self._take_text(token.text, comes, follows)
            elif token.kind == "name":
                self._start()
                self._entries[-1].person = replace(self._entries[-1].person, name=token.text)
            elif token.kind == "bracket":
                self._take_bracket(token.text)
                self._is_open = place + 1 < len(run) and run[place + 1].kind == "text"
            elif token.kind in {"mail", "link", "number"}:
                self._take_entity(token.kind, token.text)
            elif token.kind == "extension":
                self._note(token.text)
            self._is_new_run = False

    def result(self) -> PeopleRead:
        """The people; those of whom only a title or a remark is known are given back as they were."""
        people: list[Person] = []
        rest = list(self._rest)
        for entry in self._entries:
            if str(entry.person):
                people.append(entry.finished())
            else:
                rest += entry.said
        return PeopleRead(tuple(dict.fromkeys(people)), tuple(rest))

    def _take_text(self, text: str, comes: Token, follows: Token) -> None:
        said = text.strip(",;:!?-–—*_ ")
        if self._entries and self._take_reach(said):
            return
        if follows.kind in {"number", "mail", "link", "extension"}:
            said = without_label_behind(said)
        is_label = follows.kind == "weak" and follows.text == ":"
        behind = comes.text if comes.kind == "weak" else ""
        at = behind in {"@", "at", "from", "bei", "chez", "aus"}
        if not said or (names_nobody(said) and not at):
            return
        if is_label:
            self._take_label(said)
        elif re.fullmatch(_PRONOUNS, said) or (is_degree(text) and self._entries):
            self._note(text.strip(","))
        elif behind == "bei" and re.match(_BEI_NAME, said) and self._named and self._is_given_only:
            # "Lea bei der Wieden" is a family name, "Lea Berg bei der Post" works there.
            entry = self._entries[-1]
            entry.person = replace(entry.person, name=f"{entry.person.name} bei {said}")
            entry.said.append(f"bei {said}")
        elif at and not is_job_title(said):
            self._note(f"{behind} {said}")
        elif (is_job_title(said) and not is_titled_name(said)) or (self._named and is_job(said) and behind):
            self._take_title(said)
        elif self._named and self._is_remark(said, behind):
            self._note(said)
        else:
            self._take_name(said, said)

    def _is_remark(self, said: str, behind: str) -> bool:
        """Whether a text is about the person: behind a dash, or in small letters, "Mme Faure, cadre de santé"."""
        if behind == ",":
            return " " in said and said.islower() and not self._entries[-1].person.name.islower()
        return behind in {"-", "–", "—", "→"} and not self._is_new_run

    @property
    def _named(self) -> bool:
        return bool(self._entries) and bool(self._entries[-1].person.name)

    @property
    def _is_given_only(self) -> bool:
        return " " not in self._entries[-1].person.name

    def _take_label(self, said: str) -> None:
        words = {folded(word) for word in said.split()}
        if is_job_title(said) and not words <= LABELS:
            self._start(said)
        elif words <= LABELS:
            if not self._entries or role_in_title(said):
                self._start(said if role_in_title(said) else "")
        elif is_name(said):
            self._take_name(said, said)
        else:
            self._note(said)

    def _take_reach(self, said: str) -> bool:
        entry, way, voice = self._entries[-1], way_to_reach(said), voice_of(said)
        if way is None and voice is None:
            return False
        entry.person = replace(
            entry.person, reach_by=way or entry.person.reach_by, voice=voice or entry.person.voice
        )
        entry.said.append(said)
        return True

    def _take_title(self, said: str) -> None:
        entry, role = self._entries[-1] if self._entries else None, plain_role(said)
        is_told = entry is not None and bool(entry.person.title or entry.person.role)
        if entry is not None and str(entry.person) and role and not entry.person.role:
            entry.person = replace(entry.person, role=role)
            entry.said.append(said)
        elif entry is None or (is_told and (self._is_new_run or not entry.person.name)):
            self._start(said)
        elif role or entry.person.title:
            self._note(said)
        else:
            entry.person = replace(entry.person, title=said)
            entry.said.append(said)

    def _take_name(self, text: str, said: str) -> None:
        title, name = split_title(without_labels(said))
        parts = read_name(name)
        if not is_name(name) and not is_name(parts.name):
            self._note(text)
            return
        entry = self._entries[-1] if self._entries else None
        lone = len(name.split()) == 1
        if entry is not None and lone and self._is_open and len(entry.person.name.split()) == 1:
            # "Robert (Bob) Smith": the name goes on behind the bracket.
            parts = parts._replace(name=f"{entry.person.name} {parts.name}")
        elif entry is not None and lone and not self._is_new_run and len(entry.person.name.split()) > 1:
            if not is_given_name(name):
                self._note(text)  # "Ann Li, Acme": behind a whole name one word is more likely a company.
                return
            self._start()
        elif entry is None or entry.person.name or self._is_of_another(entry.person, parts.name):
            self._start()
        entry = self._entries[-1]
        entry.person = replace(entry.person, name=parts.name)
        entry.said.append(text)
        for beside in parts.beside:
            self._note(beside)
        entry.address = parts.address
        if title or role_in_title(text.partition(" ")[0]):
            self._take_title(title or folded(text.partition(" ")[0]))

    def _is_of_another(self, known: Person, name: str) -> bool:
        """Whether an address by itself is none of the person named behind it: "jobs@x.example; Sam Lee"."""
        return self._is_new_run and bool(known.email) and not is_mail_of(known.email, name)

    def _take_bracket(self, inside: str) -> None:
        said = " ".join(inside.split())
        entry = self._entries[-1] if self._entries else None
        if entry is not None and self._take_reach(said):
            return
        found = [token for token in tokens(inside) if token.kind in {"mail", "link", "number", "extension"}]
        if found or entry is None:
            inner = [token for token in tokens(inside) if token.kind != "close"]
            for token in inner:
                if token.kind in {"mail", "link", "number"}:
                    self._take_entity(token.kind, token.text)
                elif token.kind not in {"weak", "strong"} and folded(token.text) not in LABELS:
                    self._take_text(token.text, Token("", ""), Token("", ""))
        elif not entry.person.name and is_name(said):
            self._take_name(said, said)
        elif is_round(said):
            self._note(said)
        elif (is_job_title(title := said.partition(",")[0]) or is_job(title)) and not entry.person.title:
            self._take_title(title)
            self._note(said[len(title) :].strip(", "))
        elif said and not names_nobody(said):
            self._note(said)

    def _take_entity(self, kind: str, text: str) -> None:
        field = {"mail": "email", "link": "link", "number": "phone"}[kind]
        value = with_scheme(text) if kind == "link" else text
        entry = self._entries[-1] if self._entries else None
        if kind == "mail":
            owner = owner_of(text, [one.person for one in self._entries])
            entry = entry if owner is None else self._entries[owner]
        if entry is None or (getattr(entry.person, field) and (kind == "mail" or not entry.person.name)):
            if entry is not None and entry.person.name and kind == "mail" and is_mail_of(text, entry.person.name):
                self._note(text)
                return
            self._start()
            entry = self._entries[-1]
        elif getattr(entry.person, field):
            self._note(text)
            return
        entry.person = replace(entry.person, **{field: value})  # type: ignore[arg-type]  # of one of the texts
        entry.said.append(text)

    def _note(self, text: str) -> None:
        if not text:
            return
        if self._entries:
            entry = self._entries[-1]
            entry.person = replace(entry.person, notes=", ".join(filter(None, (entry.person.notes, text))))
            entry.said.append(text)
        else:
            self._rest.append(text)

    def _start(self, title: str = "") -> None:
        role = plain_role(title)
        self._entries.append(_Entry(Person(title="" if role else title, role=role), [title] if title else []))

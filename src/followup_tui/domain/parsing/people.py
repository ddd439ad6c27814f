"""People in a text of any form: a cell of a sheet, a form's field, an argument, a part of a quick-add line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.given_names import is_given_name
from followup_tui.domain.parsing.job_titles import (
    LABELS,
    folded,
    is_common,
    is_job,
    is_job_title,
    is_name,
    names_nobody,
    split_title,
    without_label_behind,
    without_labels,
)
from followup_tui.domain.parsing.person_fields import LINK, LONE_EXTENSION, MAIL, PHONE, phone_digits
from followup_tui.domain.parsing.person_name import is_degree, is_family_name, is_mail_of, read_name

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_TOKENS = rf"""(?ix)
    (?P<mail> <\s*(?:mailto:)?\s*(?P<mail_in>{MAIL})\s*> | (?:mailto:)?(?P<mail_bare>{MAIL}) )
  | (?P<link> <\s*(?P<link_in>{LINK})\s*> | (?P<link_bare>{LINK}) )
  | (?P<number> {PHONE} )
  | (?P<extension> {LONE_EXTENSION} )
  | (?P<bracket> \((?P<inside>[^()]*)\) | \[(?P<inside_square>[^\[\]]*)\] )
  | (?P<strong> \s*[;\n\r\u2028•·]\s* | (?:^|(?<=[\s;]))\d{{1,2}}[.)]\s+(?=[^\W\d])
      | \s+(?:&|\+|and|(?-i:und|et|y|e|en))\s+ )
  | (?P<weak> \s*,\s* | \s*\|\s* | \s+[-–—/@]\s+ | \s*[–—→]\s* | (?<=[a-z])\s*/\s*(?=[a-z])
      | (?<=\w)\s*:(?=\s|$) | \s+(?-i:at|from|bei|chez)\s+ )
"""
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
_TRAILING = ".,;:!?"
_LONGEST = 2_000
"""Characters that are looked at for people; what a longer text says is no list of people."""


class PeopleRead(NamedTuple):
    """The people in a text, and the parts of it that weren't understood as one."""

    people: tuple[Person, ...] = ()
    rest: tuple[str, ...] = ()


class _Token(NamedTuple):
    kind: str
    text: str


_COMMA = _Token("weak", ",")
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
    if names_nobody(text):
        return PeopleRead()
    reader = _Reader()
    if re.fullmatch(_WORDS, text) and _DIVIDING.isdisjoint(text.casefold().split()):
        reader.read(_family_first([_Token("text", text)]))
        return reader.result()
    said = re.sub(_ET_AL, "", re.sub(_MARKDOWN, r"\1 <\2>", text))
    runs = _runs(_tokens(said))
    for place, (run, separator) in enumerate(runs):
        # "Ann, Bo and Cy" are three; "Ruiz, Dana and Lee, Sam" are two.
        is_list = separator in _AND and place + 1 < len(runs) and _COMMA not in runs[place + 1][0]
        reader.read(run if is_list else _family_first(run))
    return reader.result()


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    for match in re.finditer(_TOKENS, text):
        kind = next(name for name in _KINDS if match[name] is not None)
        if kind == "number" and not phone_digits(match["phone"]):
            continue
        if match.start() > at:
            yield from _text(text[at : match.start()])
        at = match.end()
        yield from _entity(kind, match)
    yield from _text(text[at:])


_KINDS = ("mail", "link", "number", "extension", "bracket", "strong", "weak")


def _text(text: str) -> Iterator[_Token]:
    said = " ".join(text.split()).strip("<>\"“”„‘’'` ")
    if said.strip(_TRAILING + "-–—_*/|?()[]'"):
        yield _Token("text", said)


def _entity(kind: str, match: re.Match[str]) -> Iterator[_Token]:
    if kind == "mail":
        yield _Token(kind, (match["mail_in"] or match["mail_bare"]).strip(_TRAILING))
        if match["mail_in"]:
            yield _Token("close", "")
    elif kind == "link":
        link = (match["link_in"] or match["link_bare"]).rstrip(_TRAILING)
        yield _Token(kind, link)
    elif kind == "number":
        yield _Token(kind, match["phone"].strip())
    elif kind == "bracket":
        yield _Token(kind, match["inside"] if match["inside"] is not None else match["inside_square"])
    else:
        yield _Token(kind, match[0].strip() or "\n")


_AND = frozenset({"&", "+", "and", "und", "et", "y", "e", "en"})
_DIVIDING = _AND | {"at", "from", "bei", "chez", "ext", "extension", "x", "durchwahl"}  # words between parts


def _runs(tokens: Iterator[_Token]) -> list[tuple[list[_Token], str]]:
    """The tokens between strong separators, with the one behind; "VP Sales & Marketing" stays whole.

    A comma behind a mail address in brackets divides too: "Ruiz, Dana <dana@…>, Lee, Sam <sam@…>".
    """
    runs: list[tuple[list[_Token], str]] = []
    run: list[_Token] = []
    for token in tokens:
        closed = token == _COMMA and bool(run) and run[-1].kind == "close"
        if token.kind == "strong" or closed:
            if run:
                runs.append((run, token.text.casefold()))
            run = []
            continue
        if not run and runs and runs[-1][1] in _AND and _is_rest_of_title(runs[-1][0][-1], token):
            run, separator = runs.pop()
            token = _Token("text", f"{run.pop().text} {separator} {token.text}")
        run.append(token)
    return [*runs, (run, "")] if run else runs


def _is_rest_of_title(last: _Token, token: _Token) -> bool:
    return (
        token.kind == last.kind == "text"
        and is_job_title(token.text)
        and (is_job_title(last.text) or bool(split_title(last.text)[0]))
        and not (is_job(token.text) and is_job(last.text))
    )


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
        person = self.person
        if not self.address:
            return person
        if not person.title:
            return replace(person, title=self.address)
        return replace(person, notes=", ".join(filter(None, (self.address, person.notes))))


class _Reader:
    """Goes through the runs and gives each part to the person whom it belongs to."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._rest: list[str] = []
        self._is_new_run = True
        self._is_open = False

    def read(self, run: list[_Token]) -> None:
        """Take one run: the parts between two strong separators."""
        self._is_new_run = True
        for place, token in enumerate(run):
            if token.kind == "text":
                follows = run[place + 1] if place + 1 < len(run) else _Token("", "")
                comes = run[place - 1] if place else _Token("", "")
                self._take_text(token.text, comes, follows)
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

    def _take_text(self, text: str, comes: _Token, follows: _Token) -> None:
        said = text.strip(",;:!?-–—*_ ")
        if follows.kind in {"number", "mail", "link", "extension"}:
            said = without_label_behind(said)
        is_label = follows.kind == "weak" and follows.text == ":"
        behind = comes.text if comes.kind == "weak" else ""
        at = behind in {"@", "at", "from", "bei", "chez"}
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
        elif is_job_title(said) or (self._named and is_job(said) and behind):
            self._take_title(said)
        elif behind in {"-", "–", "—", "→"} and self._named and not self._is_new_run:
            self._note(said)
        else:
            self._take_name(said, said)

    @property
    def _named(self) -> bool:
        return bool(self._entries) and bool(self._entries[-1].person.name)

    @property
    def _is_given_only(self) -> bool:
        return " " not in self._entries[-1].person.name

    def _take_label(self, said: str) -> None:
        words = {folded(word) for word in said.split()}
        if is_job_title(said) and not words <= LABELS:
            self._start(title=said)
        elif words <= LABELS:
            if not self._entries:
                self._start()
        elif is_name(said):
            self._take_name(said, said)
        else:
            self._note(said)

    def _take_title(self, said: str) -> None:
        entry = self._entries[-1] if self._entries else None
        if entry is None or (entry.person.title and (self._is_new_run or not entry.person.name)):
            self._start(title=said)
        elif entry.person.title:
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
            self._note(text)  # "Ann Li, Acme": behind a whole name one word is more likely a company.
            return
        elif entry is None or entry.person.name:
            self._start()
        entry = self._entries[-1]
        entry.person = replace(entry.person, name=parts.name)
        entry.said.append(text)
        for beside in parts.beside:
            self._note(beside)
        entry.address = parts.address
        if title:
            self._take_title(title)

    def _take_bracket(self, inside: str) -> None:
        said = " ".join(inside.split())
        entry = self._entries[-1] if self._entries else None
        found = [token for token in _tokens(inside) if token.kind in {"mail", "link", "number", "extension"}]
        if found or entry is None:
            inner = [token for token in _tokens(inside) if token.kind != "close"]
            for token in inner:
                if token.kind in {"mail", "link", "number"}:
                    self._take_entity(token.kind, token.text)
                elif token.kind not in {"weak", "strong"} and folded(token.text) not in LABELS:
                    self._take_text(token.text, _Token("", ""), _Token("", ""))
        elif not entry.person.name and is_name(said):
            self._take_name(said, said)
        elif is_job_title(title := said.partition(",")[0]) and not entry.person.title:
            self._take_title(title)
            self._note(said[len(title) :].strip(", "))
        elif said and not names_nobody(said):
            self._note(said)

    def _take_entity(self, kind: str, text: str) -> None:
        field = {"mail": "email", "link": "link", "number": "phone"}[kind]
        value = with_scheme(text) if kind == "link" else text
        entry = self._entries[-1] if self._entries else None
        if kind == "mail":
            wanted = [one for one in self._entries if not one.person.email and is_mail_of(text, one.person.name)]
            entry = wanted[0] if wanted else entry
        if entry is None or (getattr(entry.person, field) and (kind == "mail" or not entry.person.name)):
            if entry is not None and entry.person.name and kind == "mail" and is_mail_of(text, entry.person.name):
                self._note(text)
                return
            self._start()
            entry = self._entries[-1]
        elif getattr(entry.person, field):
            self._note(text)
            return
        entry.person = replace(entry.person, **{field: value})
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
        self._entries.append(_Entry(Person(title=title), [title] if title else []))


def with_scheme(link: str) -> str:
    """A link that can be opened: https before one without a scheme."""
    return link if re.match(r"(?i)[a-z][a-z0-9+.-]*://", link) else f"https://{link}"


def _family_first(run: list[_Token]) -> list[_Token]:
    """The tokens of a run, with "Ruiz, Dana" and "García Márquez, Ana <ana@…>" put in the order of speech."""
    run, suffixes = _without_degrees([token for token in run if token.kind != "close"])
    if _COMMA not in run:
        return [*run, *suffixes]
    names = [
        place for place, token in enumerate(run) if token.kind == "text" and is_name(read_name(token.text).name)
    ]
    if len(names) != 2 or names[1] != names[0] + 2 or run[names[0] + 1] != _COMMA:
        return [*run, *suffixes]
    first, second = (run[place].text for place in names)
    behind = run[names[1] + 1] if names[1] + 1 < len(run) else _Token("", "")
    given = len(second.split()) == 1 and behind.kind == "mail"
    if is_given_name(first) and is_given_name(second):
        return [*run, *suffixes]
    if is_family_name(first) or given:
        return [*run[: names[0]], _Token("text", f"{second} {first}"), *run[names[1] + 1 :], *suffixes]
    return [*run, *suffixes]


def _without_degrees(run: list[_Token]) -> tuple[list[_Token], list[_Token]]:
    """The run without the parts that are only degrees, ", PhD", and these."""
    kept: list[_Token] = []
    found: list[_Token] = []
    for token in run:
        if token.kind == "text" and kept and is_degree(token.text):
            found.append(token)
            if kept[-1].kind == "weak":
                kept.pop()
        else:
            kept.append(token)
    return kept, found

"""A text about people cut into tokens, and the tokens into runs, one for each person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from followup_tui.domain.parsing.contact_words import voice_of, way_to_reach
from followup_tui.domain.parsing.family_names import are_two_family_names
from followup_tui.domain.parsing.given_names import is_given_name
from followup_tui.domain.parsing.job_titles import is_address, is_job, is_job_title, is_name, split_title
from followup_tui.domain.parsing.person_fields import LINK, LONE_EXTENSION, MAIL, NO_PERSON, PHONE, phone_digits
from followup_tui.domain.parsing.person_name import is_degree, is_family_name, read_name

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_TOKENS = rf"""(?ix)
    (?P<mail> <\s*(?:mailto:)?\s*(?P<mail_in>{MAIL})\s*> | (?:mailto:)?(?P<mail_bare>{MAIL}) )
  | (?P<link> <\s*(?P<link_in>{LINK})\s*> | (?P<link_bare>{LINK}) )
  | (?P<thing> {NO_PERSON} )
  | (?P<number> {PHONE} )
  | (?P<extension> {LONE_EXTENSION} )
  | (?P<bracket> \((?P<inside>[^()]*)\) | \[(?P<inside_square>[^\[\]]*)\] )
  | (?P<strong> \s*[;\n\r\u2028•·]\s* | (?:^|(?<=[\s;]))\d{{1,2}}[.)]\s+(?=[^\W\d])
      | \s+(?:&|\+|and|(?-i:und|et|y|e|en))\s+ )
  | (?P<weak> \s*,\s* | \s*\|\s* | \s+[-–—/@]\s+ | \s*[–—→]\s* | (?<=[a-z])\s*/\s*(?=[a-z])
      | (?<=\w)\s*:(?=\s|$) | \s+(?-i:at|from|bei|chez|aus)\s+
      | \s+(?=prefers\s|best\s(?:by|via)\s|(?:friendly|formal)\svoice) )
"""
TRAILING = ".,;:!?"


class Token(NamedTuple):
    """A email address, a link, a number, a bracket, a separator or a text, as `kind` says."""

    kind: str
    text: str


LAST_COMMA = r"(?i),\s+(?=(?:and|&|und)\s)"
"""The comma before the last one of a list: "Ann Li, Bo Chen, and Cy Young"."""
COMMA = Token("weak", ",")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in its order."""
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


_KINDS = ("mail", "link", "thing", "number", "extension", "bracket", "strong", "weak")


def _text(text: str) -> Iterator[Token]:
    said = " ".join(text.split()).strip("<>\"“”„‘’'` ")
    if said.strip(TRAILING + "-–—_*/|?()[]'"):
        yield Token("text", said)


def _entity(kind: str, match: re.Match[str]) -> Iterator[Token]:
    if kind == "mail":
        yield Token(kind, (match["mail_in"] or match["mail_bare"]).strip(TRAILING))
        if match["mail_in"]:
            yield Token("close", "")
    elif kind == "link":
        link = (match["link_in"] or match["link_bare"]).rstrip(TRAILING)
        yield Token(kind, link)
    elif kind == "number":
        yield Token(kind, match["phone"].strip())
    elif kind == "bracket":
        yield Token(kind, match["inside"] if match["inside"] is not None else match["inside_square"])
    elif kind == "thing":
        yield Token("extension", match[0])
    else:
        yield Token(kind, match[0].strip() or "\n")


AND = frozenset({"&", "+", "and", "und", "et", "y", "e", "en"})


def runs_of(found: Iterator[Token]) -> list[tuple[list[Token], str]]:
    """The tokens between strong separators, with the one behind; "VP Sales & Marketing" stays whole.

    A comma behind an email address in brackets divides too: "Ruiz, Dana <dana@…>, Lee, Sam <sam@…>".
    """
    runs: list[tuple[list[Token], str]] = []
    run: list[Token] = []
    for token in found:
        closed = token == COMMA and bool(run) and run[-1].kind == "close"
        if token.kind == "strong" or closed:
            if run:
                runs.append((run, token.text.casefold()))
            run = []
            continue
        if not run and runs and runs[-1][1] in AND and _is_rest_of_title(runs[-1][0][-1], token):
            run, separator = runs.pop()
            token = Token("text", f"{run.pop().text} {separator} {token.text}")
        run.append(token)
    return [*runs, (run, "")] if run else runs


def _is_rest_of_title(last: Token, token: Token) -> bool:
    return (
        token.kind == last.kind == "text"
        and is_job_title(token.text)
        and (is_job_title(last.text) or bool(split_title(last.text)[0]))
        and not (is_job(token.text) and is_job(last.text))
    )


def family_first(run: list[Token]) -> list[Token]:
    """The tokens of a run, with "Ruiz, Dana" and "García Márquez, Ana <ana@…>" put in the order of speech."""
    run, suffixes = _without_degrees([token for token in run if token.kind != "close"])
    if COMMA not in run:
        return [*run, *suffixes]
    names = [
        place for place, token in enumerate(run) if token.kind == "text" and is_name(read_name(token.text).name)
    ]
    if len(names) != 2 or names[1] != names[0] + 2 or run[names[0] + 1] != COMMA:
        return [*run, *suffixes]
    first, second = (run[place].text for place in names)
    address, _, family = first.rpartition(" ")
    if is_address(address) and is_name(family) and is_name(second) and " " not in second:
        # "Dr. Lang, Uwe" is Dr. Uwe Lang
        first, second = family, f"{address} {second}"
    behind = run[names[1] + 1] if names[1] + 1 < len(run) else Token("", "")
    given = len(second.split()) == 1 and behind.kind == "mail"
    given = given or (are_two_family_names(first) and is_given_name(second.split()[0]))
    if (is_given_name(first) and is_given_name(second)) or way_to_reach(second) or voice_of(second):
        return [*run, *suffixes]
    if is_family_name(first) or given:
        return [*run[: names[0]], Token("text", f"{second} {first}"), *run[names[1] + 1 :], *suffixes]
    return [*run, *suffixes]


def _without_degrees(run: list[Token]) -> tuple[list[Token], list[Token]]:
    """The run without the parts that are only degrees, ", PhD", and these."""
    kept: list[Token] = []
    found: list[Token] = []
    for token in run:
        if token.kind == "text" and kept and is_degree(token.text):
            found.append(token)
            if kept[-1].kind == "weak":
                kept.pop()
        else:
            kept.append(token)
    return kept, found

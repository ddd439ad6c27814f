"""A template filled with facts: in a closed sandbox, bounded in time and length, and telling all that is missing.

A template may name the fields of the vocabulary, ask `{% if %}`, go through a list with `{% for %}`, compare,
reckon with whole numbers, and use the filters of `FILTERS`. Everything else that Jinja knows (calls, attributes,
variables of one's own, macros, includes, powers, repetition) is refused when the template is read, by its line:
what can't be written can't grow. What is left is bounded without a clock: so many characters of template, so many
rounds of loops in all, so many characters of letter.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple

from jinja2 import Template as Compiled
from jinja2 import TemplateError, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from followup_tui.domain.letters.phrases import sentence_of
from followup_tui.domain.letters.template_fields import FIELDS
from followup_tui.domain.letters.template_values import TemplateValue
from followup_tui.domain.model.text import BLOCK_LIMIT, shown_line
from followup_tui.letters.grammar import checked
from followup_tui.letters.template import BrokenTemplate, Template

OUTPUT_LIMIT = BLOCK_LIMIT
"""Characters that a letter can have."""
LOOPS_MOST = 1_000
"""Rounds that all loops of a letter may take together: a loop that prints nothing would escape the other limit."""
NAMES_MOST = 50
"""Names of a list that a filter looks at."""
_SHEET = "the sheet"
"""The name of a letter in the making in its context; no template can write a name with a space."""
_COUNTED = "counted"
_TAGS_ONLY = r"[ \t]*(?:\{%(?:(?!%\}).)*%\}[ \t]*)+"


class Rendered(NamedTuple):
    """A letter made from a template; `missing` are the fields it can't do without, in the order of its text.

    Where one is missing, its label stands in brackets: "[your phone number]". `unused` are the fields that could
    be typed, and with which it would have said more.
    """

    subject: str
    body: str
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """What is counted and noted while one letter is made."""

    missing: dict[str, None] = field(default_factory=dict)
    loops: int = 0


class _Absent(Undefined):
    """A fact that isn't known: no in a question, and noted as missing where it is printed."""

    __slots__ = ("_label", "_sheet")

    def __init__(self, name: str, sheet: _Sheet) -> None:
        super().__init__(name=name)
        label = FIELDS[name].label
        self._sheet, self._label = sheet, f"[{label[0].lower()}{label[1:]}]"

    def __str__(self) -> str:
        assert self._undefined_name is not None, "it has a name"
        self._sheet.missing[self._undefined_name] = None
        return self._label

    def _is_not(self, *others: object) -> bool:
        """An unknown number is neither more nor less than another."""
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _is_not  # type: ignore[assignment]  # Jinja's own only raise


# What templates can do with a value


def _first_capital(value: object) -> str:
    text = str(value)
    return text[:1].upper() + text[1:]


def _names(value: object) -> list[str]:
    return [str(one) for one in value[:NAMES_MOST]] if isinstance(value, tuple | list) else [str(value)]


def _in_words(value: object) -> str:
    """Names as a sentence has them: "Ann, Ben and Cem"."""
    names = _names(value)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _default(value: object, instead: object = "") -> object:
    return instead if isinstance(value, Undefined) or value == "" else value


FILTERS: Mapping[str, Callable[..., object]] = {
    "capitalize": _first_capital,
    "default": _default,
    "first": lambda value: next(iter(_names(value)), ""),
    "in_words": _in_words,
    "join": lambda value, between=", ": str(between).join(_names(value)),
    "last": lambda value: next(reversed(_names(value)), ""),
    "length": lambda value: len(value) if isinstance(value, tuple | list | str) else 0,
    "lower": lambda value: str(value).lower(),
    "sentence": lambda value: sentence_of(str(value)),
    "trim": lambda value: str(value).strip(),
    "upper": lambda value: str(value).upper(),
}
"""What a template may put behind a "|"; none of it makes a text much longer."""
TESTS: Mapping[str, Callable[..., bool]] = {
    "defined": lambda value: not isinstance(value, Undefined),
    "even": lambda value: isinstance(value, int) and value % 2 == 0,
    "odd": lambda value: isinstance(value, int) and value % 2 == 1,
    "undefined": lambda value: isinstance(value, Undefined),
}
"""What a template may ask with "is"."""


@pass_context
def _counted(context: Context, values: Iterable[object]) -> Iterator[object]:
    """What a loop goes through, each round counted for the whole letter."""
    sheet: _Sheet = context[_SHEET]
    for value in values:
        sheet.loops += 1
        if sheet.loops > LOOPS_MOST:
            raise SecurityError(f"its loops take more than {LOOPS_MOST:,} rounds")
        yield value


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, in which sums are sums of whole numbers only: nothing gets longer by reckoning."""

    intercepted_binops = frozenset({"+", "-", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> int:
        """A sum, difference or remainder of whole numbers, one that isn't known counting as 0."""
        one, other = (0 if isinstance(side, Undefined) else side for side in (left, right))
        if not (isinstance(one, int) and isinstance(other, int)) or (operator == "%" and not other):
            raise SecurityError(f"“{operator}” can't be worked out here")
        return {"+": one + other, "-": one - other, "%": one % (other or 1)}[operator]


def _environment() -> _Environment:
    environment = _Environment(
        trim_blocks=True, lstrip_blocks=True, autoescape=False, optimized=False, cache_size=0
    )
    environment.globals.clear()
    environment.filters = dict(FILTERS)
    environment.tests = dict(TESTS)
    return environment


_READING = _environment()
"""Reads templates, and knows all that they may name."""
_FILLING = _environment()
"""Fills them: it knows how to count loops besides, which no template may name."""
_FILLING.filters[_COUNTED] = _counted


# From the source to the letter


@lru_cache(maxsize=128)
def _compiled(source: str) -> tuple[CodeType, tuple[str, ...]]:
    """The code of a source, and the fields it names."""
    tree, fields = checked(_with_its_line_ends(source), _READING)
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
    tree.set_environment(_FILLING)
    try:
        return _FILLING.compile(tree), fields
    except (RecursionError, SyntaxError, MemoryError, TemplateError):
        raise BrokenTemplate("It is nested too deeply.", 1) from None


def _with_its_line_ends(source: str) -> str:
    """The source so that only lines of nothing but tags vanish: Jinja takes the line end after every tag.

    A space at the end of the others keeps theirs, moves no line, and is trimmed in the letter.
    """
    lines = source.split("\n")
    return "\n".join(
        f"{line} " if line.endswith("%}") and not re.fullmatch(_TAGS_ONLY, line) else line for line in lines
    )


def insist_whole(template: Template) -> None:
    """Raise `BrokenTemplate`, by the line of its file, where a template's subject or text can't be used."""
    fields_of(template)


def fields_of(template: Template) -> tuple[str, ...]:
    """The fields that a template names, in the order of its text; `BrokenTemplate` where it can't be used."""
    parts = ((template.subject, template.subject_line), (template.body, template.body_line))
    named: list[str] = []
    for source, line in parts:
        try:
            named += _compiled(source)[1]
        except BrokenTemplate as trouble:
            raise BrokenTemplate(trouble.sentence, line + max(trouble.line, 1) - 1) from None
    return tuple(dict.fromkeys(named))


def render(template: Template, facts: Mapping[str, TemplateValue]) -> Rendered:
    """The letter that a template makes of the facts (see `domain.letter_facts.facts_of`).

    Facts are never read as parts of the template, whatever stands in them. Raises `BrokenTemplate` where the
    template can't be used, or grows beyond its bounds.
    """
    named = fields_of(template)
    sheet = _Sheet()
    subject = _filled(template.subject, template.subject_line, facts, sheet)
    body = _filled(template.body, template.body_line, facts, sheet)
    absent = (name for name in named if name not in facts and name not in sheet.missing)
    unused = tuple(name for name in absent if FIELDS[name].is_asked)
    return Rendered(" ".join(subject.split()), tidied(body), tuple(sheet.missing), unused)


def _filled(source: str, line: int, facts: Mapping[str, TemplateValue], sheet: _Sheet) -> str:
    values: dict[str, object] = {name: facts.get(name, _Absent(name, sheet)) for name in FIELDS}
    values[_SHEET] = sheet
    code, _ = _compiled(source)
    template = Compiled.from_code(_FILLING, code, {})
    parts: list[str] = []
    length = 0
    try:
        for part in template.generate(values):
            parts.append(part)
            length += len(part)
            if length > OUTPUT_LIMIT:
                raise SecurityError(f"it makes more than {OUTPUT_LIMIT:,} characters")
    except (TemplateError, TypeError, ValueError, RecursionError, MemoryError) as trouble:
        what = shown_line(str(trouble))[:160].rstrip(".") or "it takes too much room"
        raise BrokenTemplate(f"This can't be filled in: {what}.", line + _line_of(trouble) - 1) from None
    return "".join(parts)


def _line_of(trouble: Exception) -> int:
    """The line of the source at which it went wrong, from 1."""
    frames = traceback.extract_tb(trouble.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def tidied(text: str) -> str:
    """A letter without what left-out sentences leave behind: doubled spaces, needless empty lines."""
    lines = (re.sub(r" {2,}", " ", line.replace("\t", " ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

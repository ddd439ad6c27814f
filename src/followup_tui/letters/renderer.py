"""Render a template in Jinja's sandbox, bounded in time and length, and list the missing fields.

A template may name fields, use `{% if %}` and `{% for %}`, compare, calculate with whole numbers, use the
filters and tests listed here, and offer wordings to choose from: `{% either %}…{% or %}…{% endeither %}`. Calls,
attributes, variables, macros, includes, powers and repetition are refused with their line before anything is
compiled. Rendering is limited by the length of the template, the rounds of all loops and the length of the letter.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2 import Template as CompiledTemplate
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from followup_tui.domain.format import capitalized, in_words, uncapitalized
from followup_tui.domain.letters.phrases import sentence_of, tidy_ends
from followup_tui.domain.letters.template_choice import NOTHING_USED, sentence_keys
from followup_tui.domain.letters.template_fields import ASKED_AS, FIELDS, SAID
from followup_tui.domain.letters.template_values import TemplateValue
from followup_tui.domain.model.text import BLOCK_LIMIT, shown_line
from followup_tui.letters.template import BrokenTemplate, Template, did_you_mean, quoted
from followup_tui.letters.wordings import CHOICE, Either, choices_of, contracted, first_wordings

OUTPUT_LIMIT = BLOCK_LIMIT
"""Characters of a letter."""
MAX_ROUNDS = 1_000
"""Rounds of all loops of a letter together: a loop that prints nothing isn't stopped by the other limit."""
MAX_NAMES = 50
"""Names of a list that a filter reads."""
_MAX_DEPTH = 18
"""How deep blocks and expressions may be nested; Python compiles at most 20 nested loops."""
_ERROR_LIMIT = 160
_STATE = "render state"
"""The name of the `_RenderState` in the context; no template can write a name with a space."""
_COUNTED = "counted"
_ONLY_TAGS = r"[ \t]*(?:\{%(?:(?!%\}).)*%\}[ \t]*)+"


class RenderedLetter(NamedTuple):
    """A letter made from a template; `missing` are the required fields without a value, in the order of the text.

    Their labels are in brackets in the text: "[your phone number]". `unused` are the optional fields that the user
    could fill in to make the letter say more.
    """

    subject: str
    body: str
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class _RenderState:
    """What is counted while one letter is rendered."""

    missing: dict[str, None] = field(default_factory=dict)
    rounds: int = 0


class _MissingField(Undefined):
    """A field without a value: false in conditions, and noted as missing when it is printed."""

    __slots__ = ("_state",)

    def __init__(self, name: str, state: _RenderState) -> None:
        super().__init__(name=name)
        self._state = state

    def __str__(self) -> str:
        assert self._undefined_name is not None, "it has a name"
        self._state.missing[self._undefined_name] = None
        return f"[{uncapitalized(FIELDS[self._undefined_name].label)}]"

    def _false(self, *others: object) -> bool:
        """An unknown number is neither more nor less than another."""
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _false  # type: ignore[assignment]  # Jinja's only raise


# Filters and tests


def _capitalize(value: object) -> str:
    return capitalized(str(value))


def _names(value: object) -> list[str]:
    return [str(name) for name in value[:MAX_NAMES]] if isinstance(value, tuple | list) else [str(value)]


def _in_words(value: object) -> str:
    """Join names as in a sentence: "Ann, Ben and Cem"."""
    return in_words(_names(value))


def _default(value: object, default: object = "") -> object:
    return default if isinstance(value, Undefined) or value == "" else value


FILTERS: Mapping[str, Callable[..., object]] = {
    "capitalize": _capitalize,
    "default": _default,
    "first": lambda value: next(iter(_names(value)), ""),
    "in_words": _in_words,
    "join": lambda value, separator=", ": str(separator).join(_names(value)),
    "last": lambda value: next(reversed(_names(value)), ""),
    "length": lambda value: len(value) if isinstance(value, tuple | list | str) else 0,
    "lower": lambda value: str(value).lower(),
    "sentence": lambda value: sentence_of(str(value)),
    "trim": lambda value: str(value).strip(),
    "upper": lambda value: str(value).upper(),
}
"""The filters of a template; none makes a text much longer."""
TESTS: Mapping[str, Callable[..., bool]] = {
    "defined": lambda value: not isinstance(value, Undefined),
    "even": lambda value: isinstance(value, int) and value % 2 == 0,
    "odd": lambda value: isinstance(value, int) and value % 2 == 1,
    "undefined": lambda value: isinstance(value, Undefined),
}
"""What a template may ask with "is"."""


# The sandbox


@pass_context
def _count_rounds(context: Context, values: Iterable[object]) -> Iterator[object]:
    """Yield the values of a loop and count its rounds for the whole letter."""
    state: _RenderState = context[_STATE]
    for value in values:
        state.rounds += 1
        if state.rounds > MAX_ROUNDS:
            raise SecurityError(f"its loops take more than {MAX_ROUNDS:,} rounds")
        yield value


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with only our filters and tests; "+", "-" and "%" take only whole numbers."""

    intercepted_binops = frozenset({"+", "-", "%"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            cache_size=0,
            undefined=StrictUndefined,
            extensions=[Either],
        )
        self.globals.clear()
        self.filters = {**FILTERS, _COUNTED: _count_rounds}
        self.tests = dict(TESTS)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> int:
        """Calculate with whole numbers; a missing one counts as 0."""
        first, second = (0 if isinstance(side, Undefined) else side for side in (left, right))
        if not (isinstance(first, int) and isinstance(second, int)) or (operator == "%" and not second):
            raise SecurityError(f"“{operator}” can't be worked out here")
        return {"+": first + second, "-": first - second, "%": first % (second or 1)}[operator]


_ENVIRONMENT = _Environment()
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.CondExpr,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test, nodes.Add, nodes.Sub,
    nodes.Mod, nodes.Getattr, nodes.Tuple, nodes.List,
)  # fmt: skip
_NODE_NAMES = {"Assign": "“set”", "AssignBlock": "“set”", "Call": "calling something with “(…)”",
               "Getitem": "picking with “[…]”", "Concat": "“~”", "FromImport": "“import”"}  # fmt: skip
_LOOP_ATTRIBUTES = frozenset({"index", "index0", "first", "last", "length"})


def _check(node: nodes.Node, loop_names: frozenset[str], fields: dict[str, None], depth: int = 0) -> None:
    """Raise `BrokenTemplate` at the first node that isn't allowed; collect the fields named in `fields`.

    `loop_names` are the variables of the loops around the node.
    """
    problem = "It is nested too deeply." if depth > _MAX_DEPTH else _problem(node, loop_names)
    if problem:
        raise BrokenTemplate(problem, node.lineno)
    if isinstance(node, nodes.Name) and node.name not in loop_names and not node.name.startswith(CHOICE):
        fields[node.name] = None
    inside = loop_names
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        inside = loop_names | {node.target.name, "loop"}
    for name, value in node.iter_fields():
        names = inside if name in ("target", "body", "test") else loop_names
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Node):
                _check(child, names, fields, depth + 1)


def _problem(node: nodes.Node, loop_names: frozenset[str]) -> str:
    """Say what isn't allowed about a node itself, or an empty text."""
    match node:
        case nodes.For(recursive=True):
            return "A letter's template can't use “recursive”."
        case nodes.For() if not isinstance(node.target, nodes.Name):
            return "A loop goes through a list by one name: {% for person in others %}."
        case nodes.Getattr(node=nodes.Name(name="loop"), attr=attribute) if (
            "loop" in loop_names and attribute in _LOOP_ATTRIBUTES
        ):
            return ""
        case nodes.Getattr():
            return f"A field has nothing behind a dot, so {quoted('.' + node.attr)} can't be used."
        case nodes.Name() if node.name not in loop_names and not node.name.startswith(CHOICE):
            return _unknown(node.name, FIELDS, "field")
        case nodes.Filter():
            return _unknown(node.name, FILTERS, "filter")
        case nodes.Test():
            return _unknown(node.name, TESTS, "test")
        case nodes.Tuple() | nodes.List() if not all(isinstance(item, nodes.Const) for item in node.items):
            return "A list written out can hold only texts and numbers."
    if isinstance(node, _ALLOWED):
        return ""
    kind = type(node).__name__
    operator = getattr(node, "operator", None) or kind.lower()
    return f"A letter's template can't use {_NODE_NAMES.get(kind, f'“{operator}”')}."


def _unknown(name: str, names: Collection[str], kind: str) -> str:
    return "" if name in names else f"There is no {kind} {quoted(name)}{did_you_mean(name, names) or '.'}"


class _Compiled(NamedTuple):
    """A compiled source, the fields it names, and how many wordings each of its choices has."""

    template: CompiledTemplate
    fields: tuple[str, ...]
    choices: Mapping[str, int]


@lru_cache(maxsize=128)
def _compile(source: str) -> _Compiled:
    """Return the compiled source; `BrokenTemplate`, with the line, if it can't be used."""
    fields: dict[str, None] = {}
    try:
        tree = _ENVIRONMENT.parse(_keep_line_ends(source))
        _check(tree, frozenset(), fields)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
        tree.set_environment(_ENVIRONMENT)
        return _Compiled(_ENVIRONMENT.from_string(tree), tuple(fields), choices_of(tree))
    except TemplateSyntaxError as error:
        reason = shown_line(error.message or "it can't be read")[:_ERROR_LIMIT].rstrip(".")
        raise BrokenTemplate(f"This can't be read: {uncapitalized(reason)}.", error.lineno) from None
    except (RecursionError, SyntaxError, MemoryError, TemplateError):
        raise BrokenTemplate("It is nested too deeply.", 1) from None


def _keep_line_ends(source: str) -> str:
    """Return the source so that only lines of nothing but tags vanish: Jinja drops the newline after every tag.

    A space at the end of the other lines keeps their newline; it is removed from the letter.
    """
    lines = source.split("\n")
    return "\n".join(
        f"{line} " if line.endswith("%}") and not re.fullmatch(_ONLY_TAGS, line) else line for line in lines
    )


# From the template to the letter


def require_valid(template: Template) -> None:
    """Raise `BrokenTemplate`, with the line of its file, if a template's subject or text can't be used."""
    used_fields(template)


def used_fields(template: Template) -> tuple[str, ...]:
    """Return the fields that a template names, in the order of its text; `BrokenTemplate` if it can't be used."""
    names: list[str] = []
    for source, line in ((template.subject, template.subject_line), (template.body, template.body_line)):
        try:
            names += _compile(source).fields
        except BrokenTemplate as error:
            raise BrokenTemplate(error.sentence, line + max(error.line, 1) - 1) from None
    return tuple(dict.fromkeys(names))


def render(
    template: Template,
    facts: Mapping[str, TemplateValue],
    *,
    seed: int = 0,
    used: Mapping[str, int] = NOTHING_USED,
) -> RenderedLetter:
    """Return the letter that a template makes of the facts (see `domain.letters.template_values`).

    The wordings follow from `seed` and from the place in the panel; one with a sentence whose key is in `used`
    (see `used_sentences`) is taken only where all have one, and then the one that weighs least. Facts are never
    read as template code. Raises `BrokenTemplate` if the template can't be used or exceeds a limit.
    """
    names = used_fields(template)
    state = _RenderState()
    if facts.get("voice") == "friendly" and not template.is_own:
        template = replace(template, subject=contracted(template.subject), body=contracted(template.body))
    start = (seed, place if isinstance(place := facts.get("position", 0), int) else 0)
    fill = partial(_fill_best, facts=facts, state=state, start=start, used=used)
    subject = fill(template.subject, template.subject_line)
    body = fill(template.body, template.body_line)
    absent = (ASKED_AS.get(name, name) for name in names if name not in facts and name not in state.missing)
    unused = tuple(dict.fromkeys(name for name in absent if FIELDS[name].is_asked and SAID.get(name) not in facts))
    subject = tidy_ends(" ".join(subject.split()))
    if not template.is_own and subject.partition(" ")[0].islower():  # not "iOS developer"
        subject = _capitalize(subject)
    return RenderedLetter(subject, tidy_ends(tidy_spaces(body)), tuple(state.missing), unused)


def _fill_best(
    source: str,
    line: int,
    *,
    facts: Mapping[str, TemplateValue],
    state: _RenderState,
    start: tuple[int, int],
    used: Mapping[str, int],
) -> str:
    """Fill a source in with the wordings that repeat least, beginning with those of this letter's turn."""
    choices = _compile(source).choices
    best = first_wordings(choices, *start)

    def repeated(wordings: Mapping[str, int]) -> int:
        return sum(used.get(key, 0) for key in sentence_keys(_fill(source, line, facts, wordings)))

    for name, count in choices.items() if used else ():
        if not repeated(best):
            break
        options = [{**best, name: (best[name] + step) % count} for step in range(count)]
        best = min(options, key=repeated)
    return _fill(source, line, facts, best, state)


def _fill(
    source: str,
    line: int,
    facts: Mapping[str, TemplateValue],
    chosen: Mapping[str, int],
    state: _RenderState | None = None,
) -> str:
    state = state or _RenderState()
    values: dict[str, object] = {
        name: facts[name] if name in facts else _MissingField(name, state) for name in FIELDS
    }
    values.update(chosen)
    values[_STATE] = state
    parts: list[str] = []
    length = 0
    try:
        for part in _compile(source).template.generate(values):
            parts.append(part)
            length += len(part)
            if length > OUTPUT_LIMIT:
                raise SecurityError(f"it makes more than {OUTPUT_LIMIT:,} characters")
    except (TemplateError, TypeError, ValueError, RecursionError, MemoryError) as error:
        reason = shown_line(str(error))[:_ERROR_LIMIT].rstrip(".") or "it takes too much room"
        raise BrokenTemplate(f"This can't be filled in: {reason}.", line + _source_line(error) - 1) from None
    return "".join(parts)


def _source_line(error: Exception) -> int:
    """Return the line of the source, from 1, where an error happened."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def tidy_spaces(text: str) -> str:
    """Remove what omitted sentences leave behind: double spaces and extra empty lines."""
    lines = (re.sub(r" {2,}", " ", line.replace("\t", " ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

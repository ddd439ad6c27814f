"""What a template may say: a small part of Jinja, in which nothing can grow, reach out or call anything.

Checked on the tree that Jinja reads, before any of it is compiled. What isn't listed is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from followup_tui.domain.letters.template_fields import FIELDS
from followup_tui.domain.model.text import shown_line
from followup_tui.letters.template import BrokenTemplate, nearest, quoted

DEEPEST = 18
"""How deep blocks and expressions may lie in one another; Python takes no more than 20 loops in loops."""
LOOP_WORDS = frozenset({"index", "index0", "first", "last", "length"})
"""What a template may ask of its `loop`."""
_SHOWN = 160

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.CondExpr,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test, nodes.Add, nodes.Sub,
    nodes.Mod, nodes.Getattr, nodes.Tuple, nodes.List,
)  # fmt: skip
_NAMES: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "“set”",
    nodes.AssignBlock: "“set”",
    nodes.Call: "calling something with “(…)”",
    nodes.Getitem: "picking with “[…]”",
    nodes.Mul: "“*”",
    nodes.Pow: "“**”",
    nodes.Concat: "“~”",
    nodes.Div: "“/”",
    nodes.FloorDiv: "“//”",
    nodes.Macro: "“macro”",
    nodes.Include: "“include”",
    nodes.Import: "“import”",
    nodes.FromImport: "“import”",
    nodes.Extends: "“extends”",
    nodes.Block: "“block”",
}


class Checked(NamedTuple):
    """A tree that holds nothing but what is allowed, and the fields it names in the order of the text."""

    tree: nodes.Template
    fields: tuple[str, ...]


def checked(source: str, environment: Environment) -> Checked:
    """The tree of a template's source; `BrokenTemplate`, with the line of the source, where it can't be used."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as trouble:
        what = shown_line(trouble.message or "it can't be read")[:_SHOWN].rstrip(".")
        raise BrokenTemplate(f"This can't be read: {what[0].lower()}{what[1:]}.", trouble.lineno) from None
    except RecursionError:
        raise BrokenTemplate("It is nested too deeply.", 1) from None
    check = _Check(environment)
    check.node(tree, frozenset(), 0)
    return Checked(tree, tuple(check.fields))


class _Check:
    """A walk through the tree that ends at the first thing which isn't allowed."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.fields: dict[str, None] = {}

    def node(self, node: nodes.Node, bound: frozenset[str], depth: int) -> None:
        """One node and all below it; `bound` are the names of the loops it stands in."""
        if not isinstance(node, _ALLOWED):
            what = _NAMES.get(type(node), f"“{type(node).__name__.lower()}”")
            raise BrokenTemplate(f"A letter's template can't use {what}.", node.lineno)
        if depth > DEEPEST:
            raise BrokenTemplate("It is nested too deeply.", node.lineno)
        if isinstance(node, nodes.For):
            self._loop(node, bound, depth)
            return
        if isinstance(node, nodes.Getattr):
            self._attribute(node, bound)
            return
        if isinstance(node, nodes.Name):
            self._name(node, bound)
        elif isinstance(node, nodes.Filter):
            self._known(node.name, self.environment.filters, "filter", node.lineno)
        elif isinstance(node, nodes.Test):
            self._known(node.name, self.environment.tests, "test", node.lineno)
        elif isinstance(node, nodes.Tuple | nodes.List):
            self._list(node)
        for child in node.iter_child_nodes():
            self.node(child, bound, depth + 1)

    def _loop(self, loop: nodes.For, bound: frozenset[str], depth: int) -> None:
        if loop.recursive:
            raise BrokenTemplate("A letter's template can't use “recursive”.", loop.lineno)
        if not isinstance(loop.target, nodes.Name):
            raise BrokenTemplate(
                "A loop goes through a list by one name: {% for person in others %}.", loop.lineno
            )
        self.node(loop.iter, bound, depth + 1)
        inside = bound | {loop.target.name, "loop"}
        for child in (*loop.body, *((loop.test,) if loop.test else ())):
            self.node(child, inside, depth + 1)
        for child in loop.else_:
            self.node(child, bound, depth + 1)

    def _attribute(self, node: nodes.Getattr, bound: frozenset[str]) -> None:
        of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop" and "loop" in bound
        if not (of_loop and node.attr in LOOP_WORDS):
            raise BrokenTemplate(
                f"A field has nothing behind a dot, so {quoted('.' + node.attr)} can't be used.", node.lineno
            )

    def _name(self, node: nodes.Name, bound: frozenset[str]) -> None:
        if node.name in bound:
            return
        if node.name not in FIELDS:
            raise BrokenTemplate(
                f"There is no field {quoted(node.name)}{nearest(node.name, FIELDS) or '.'}", node.lineno
            )
        self.fields[node.name] = None

    def _known(self, name: str, known: Collection[str], what: str, line: int) -> None:
        if name not in known:
            raise BrokenTemplate(f"There is no {what} {quoted(name)}{nearest(name, known) or '.'}", line)

    def _list(self, node: nodes.Tuple | nodes.List) -> None:
        if not all(isinstance(item, nodes.Const) for item in node.items):
            raise BrokenTemplate("A list written out can hold only texts and numbers.", node.lineno)

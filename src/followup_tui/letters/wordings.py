"""Several wordings of a sentence in a template, one of which is chosen for each letter, and "I'm" for "I am"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

_BITS = 5
"""Bits of the seed between one choice of a template and the next."""
_TURNS = 6
"""Choices after which the bits of the seed are taken once more."""
CHOICE = "__wording_"
"""How the name begins under which the context has the number of the chosen wording."""


class Either(Extension):
    """`{% either %}One wording{% or %}another{% endeither %}`: one of them is chosen for each letter."""

    tags = {"either"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the wordings as branches on a number of the context."""
        line = next(parser.stream).lineno
        name = f"{CHOICE}{parser.free_identifier().name}"
        wordings: list[list[nodes.Node]] = []
        while not wordings or parser.stream.current.value == "or":
            if wordings:
                next(parser.stream)
            wordings.append(parser.parse_statements(("name:or", "name:endeither")))
        next(parser.stream)
        chosen = nodes.Name(name, "load", lineno=line)
        branches = [
            nodes.If(
                nodes.Compare(chosen, [nodes.Operand("eq", nodes.Const(number))], lineno=line),
                wording, [], [], lineno=line,
            )
            for number, wording in enumerate(wordings)
        ]  # fmt: skip
        branches[0].elif_ = branches[1:]
        return branches[0]


def choices_of(tree: nodes.Template) -> dict[str, int]:
    """How many wordings each choice of a template has, by the name under which the context has its number."""
    counts: dict[str, int] = {}
    for branch in tree.find_all(nodes.If):
        variable = branch.test.expr if isinstance(branch.test, nodes.Compare) else None
        if isinstance(variable, nodes.Name) and variable.name.startswith(CHOICE):
            counts.setdefault(variable.name, 1 + len(branch.elif_))
    return counts


def first_wordings(choices: Mapping[str, int], seed: int, place: int) -> dict[str, int]:
    """The number of the wording to begin with for each choice; another one for each place in a panel."""
    turns = [(seed >> _BITS * (number % _TURNS)) % (1 << _BITS) + place for number in range(len(choices))]
    return {name: turn % count for turn, (name, count) in zip(turns, choices.items(), strict=True)}


_CONTRACTIONS = {
    r"\bI am (?=[a-z])": "I'm ", r"\bI have (?=[a-z]+(?:ed|n|t)\b)": "I've ", r"\bI would (?=[a-z])": "I'd ",
    r"\bI will not\b": "I won't",
    r"\bI will (?=[a-z])": "I'll ", r"\b([Ww])hat is\b": r"\1hat's", r"\b([Ii])t is (?=[a-z])": r"\1t's ",
    r"\b([Dd])o not\b": r"\1on't", r"\b(is|was|has) not\b": r"\1n't", r"\b([Ww]e|[Yy]ou) will\b": r"\1'll",
    r"\b([Tt])h(at|ere) is (?=[a-z])": r"\1h\2's ", r"\b([Tt])hey are\b": r"\1hey're",
}  # fmt: skip


def contracted(source: str) -> str:
    """The words of a template as friends say them: "I'm" for "I am"."""
    for long, short in _CONTRACTIONS.items():
        source = re.sub(long, short, source)
    return source

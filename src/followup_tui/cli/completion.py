"""What the shell is offered where an application is to be typed."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from followup_tui.cli import COMPLETE_VARIABLE
from followup_tui.cli.context import CliContext
from followup_tui.domain.model.errors import FollowupError, NotFound
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.views.filters import saved_filters
from followup_tui.tracker.listing import Identity, find, identities_at

MOST = 200
"""Offers that are made at most: nobody reads more."""

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")
"""Words that no shell takes for anything but a word: bash inserts an offer just as it is."""
_SAFE_NAME = re.compile(r"[^\W_][\w .+-]*")
"""Names that are one word in quotes, whatever the shell."""


def complete_application(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Numbers, or where letters were typed the words that companies' names begin with.

    A shell puts what its offers begin with alike in the place of the letters: a number is offered for them only
    alone, for it would be the beginning of another. Behind several IDs may come the word of another argument,
    which click would not offer.
    """
    try:
        identities = identities_at(context.ensure_object(CliContext).place)
    except FollowupError:
        return []
    by_number: list[Identity] = []
    by_name: list[Identity] = []
    for identity in identities:
        if str(identity[1]).startswith(incomplete):
            by_number.append(identity)
        elif _begins(_first_word(identity), incomplete):
            by_name.append(identity)
    offers = {str(identity[1]): _describe(identity) for identity in by_number[:MOST]}
    for identity in by_name[:MOST]:
        word = _first_word(identity)
        is_alone = len(by_name) == 1 and not by_number and not _means(word, identities, identity[0])
        offers.setdefault(str(identity[1]) if is_alone else word, _describe(identity))
    items = [CompletionItem(word, help=description) for word, description in offers.items()]
    return items + _last_words(context.command, incomplete)


def _first_word(identity: Identity) -> str:
    return shown_line(identity[2]).split(" ")[0]


def _begins(word: str, typed: str) -> bool:
    return _SAFE.fullmatch(word) is not None and word.casefold().startswith(typed.casefold())


def _describe(identity: Identity) -> str:
    return shown_line(f"{identity[2]}, {identity[3]}".rstrip(", "))[:60]


def _last_words(command: click.Command, incomplete: str) -> list[CompletionItem[str]]:
    types = [parameter.type for parameter in command.params if isinstance(parameter, click.Argument)]
    words = [word for type in types if isinstance(type, click.Choice) for word in type.choices]
    return [CompletionItem(word) for word in words if word.startswith(incomplete.casefold())]


def complete_filter(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """The saved filters, the built-in ones and the user's, whose names begin with what was typed."""
    filters = context.ensure_object(CliContext).load_settings().filters
    typed = incomplete.strip("\"'").casefold()
    names = [name for name in saved_filters(filters) if name.casefold().startswith(typed)]
    return [CompletionItem(_quoted(name)) for name in names if _SAFE_NAME.fullmatch(name)][:MOST]


def _quoted(name: str) -> str:
    """A name that bash takes for one word; the other shells see to that themselves."""
    typed = os.environ.get("COMP_WORDS", "")
    is_within = typed.count('"') % 2 or typed.count("'") % 2
    is_bash = os.environ.get(COMPLETE_VARIABLE, "").startswith("bash")
    return f'"{name}"' if is_bash and " " in name and not is_within else name


def complete_file(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Files, which the shell knows better than we do; click's own type would look at them before we can."""
    return [CompletionItem(incomplete, type="file")]


def _means(word: str, identities: Sequence[Identity], id: str) -> bool:
    try:
        return find(word, identities) == id
    except NotFound:
        return False

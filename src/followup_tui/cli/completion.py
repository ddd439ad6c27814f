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
    """Numbers, or where letters were typed the word that a company's name begins with.

    Behind several IDs may come the word of another argument, which click would not offer.
    """
    try:
        identities = identities_at(context.ensure_object(CliContext).place)
    except FollowupError:
        return []
    offers: list[CompletionItem[str]] = []
    for id, number, company, role in identities:
        first = shown_line(company).split(" ")[0]
        if not incomplete or str(number).startswith(incomplete):
            word = str(number)
        elif _SAFE.fullmatch(first) and first.casefold().startswith(incomplete.casefold()):
            word = first if _means(first, identities, id) else str(number)
        else:
            continue
        offers.append(CompletionItem(word, help=shown_line(f"{company}, {role}".rstrip(", "))[:60]))
    return offers[:MOST] + _last_words(context.command, incomplete)


def _last_words(command: click.Command, incomplete: str) -> list[CompletionItem[str]]:
    arguments = [each.type for each in command.params if isinstance(each, click.Argument)]
    words = [word for each in arguments if isinstance(each, click.Choice) for word in each.choices]
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

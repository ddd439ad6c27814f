"""Errors for people: each is one finished sentence, safe to show as it stands."""

from __future__ import annotations

from followup_tui.domain.format import capitalized, dated, with_one_stop


class FollowupError(Exception):
    """Something a person should read: what happened, what was kept, what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = with_one_stop(dated(sentence))
        super().__init__(self.sentence)


class Refused(FollowupError):
    """A rule says no; nothing was changed."""

    takes_reason = False
    """Whether it can be done all the same if a reason is given."""

    def __init__(self, sentence: str, ways: tuple[str, ...] = ()) -> None:
        """`ways` are the ids of actions that do what the sentence says to do; a screen names their keys."""
        super().__init__(sentence)
        self.ways = ways


class BadInput(FollowupError):
    """A typed or imported value can't be taken; `field` names the place it stands at."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(FollowupError):
    """No application, or more than one, answers to what was typed."""


class Conflict(FollowupError):
    """Somebody else changed the same row in between; nothing was overwritten."""


class StoreTrouble(FollowupError):
    """The database can't be opened, read or written."""


GONE = (
    "This application no longer exists, as it was undone, deleted or forgotten in another window; nothing was"
    " changed. Undo or redo brings it back unless it was forgotten."
)
"""What is said of an application that isn't there any more."""
DRAFT_GONE = (
    "This draft no longer exists, as it was discarded, or its application deleted or forgotten, in another window;"
    " nothing was changed. Undo or redo brings it back unless the application was forgotten."
)
"""What is said of a draft that isn't there any more."""


def nothing_saved(problem: str) -> str:
    """The sentence that refuses a line: "Nothing was saved. Not understood: “blah”."."""
    return f"Nothing was saved. {capitalized(problem).removesuffix('.')}."

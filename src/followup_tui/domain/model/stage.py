"""The four stages, in their order, and how an application can end."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where an application stands; the order of the members is the order on the board."""

    INTERVIEWED = "interviewed"
    THANKED = "thanked"
    AWAITING = "awaiting"
    MOVED_ON = "moved_on"

    @property
    def label(self) -> str:
        """The stage in words, as a column's heading."""
        return self.value.replace("_", " ").capitalize()

    @property
    def after(self) -> Stage | None:
        """The next stage; None behind the last."""
        return _shifted(self, 1)

    @property
    def before(self) -> Stage | None:
        """The stage before; None before the first."""
        return _shifted(self, -1)


STAGES: tuple[Stage, ...] = tuple(Stage)


def _shifted(stage: Stage, by: int) -> Stage | None:
    position = STAGES.index(stage) + by
    return STAGES[position] if 0 <= position < len(STAGES) else None


class Outcome(StrEnum):
    """How an application ended; "offer" is what accepted was called before offers had a row of their own."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    NO_REPLY = "no_reply"

    @classmethod
    def _missing_(cls, value: object) -> Outcome | None:
        return cls.ACCEPTED if value == "offer" else None

    @property
    def label(self) -> str:
        """The outcome in words: "no reply"."""
        return self.value.replace("_", " ")

    @property
    def is_no(self) -> bool:
        """Whether one side said no; then what is booked no longer takes place."""
        return self in (Outcome.DECLINED, Outcome.REJECTED, Outcome.WITHDREW)

"""What is typed in dialogs and not saved yet, to be offered again, and the private files that keep it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import without_controls
from followup_tui.files import discard, half_typed_folder, partial_file

if TYPE_CHECKING:
    from followup_tui.server_address import Place


MIN_TYPED = 3
"""Characters below which nothing is kept: they are typed again faster than they are offered."""

CHOSEN = "key"
"""The field in which the key of a chosen option is kept, which is nothing typed."""

Fields = Mapping[str, str]
"""What is typed in each field of a dialog, by the field's name."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What was typed for an action on some applications; `dialogs` has the fields of each dialog by its name."""

    action: str
    ids: tuple[str, ...]
    subject: str
    dialogs: Mapping[str, Fields]

    @property
    def text(self) -> str:
        """All that was typed, on one line."""
        fields = [field for dialog in self.dialogs.values() for field in dialog.items()]
        return ", ".join(" ".join(text.split()) for name, text in fields if text.strip() and name != CHOSEN)


class Typing:
    """The action that is under way: what was typed for it before, and what its last run left half-typed.

    `begin` is called by each action, `note` by each dialog that is answered, `finish` once no dialog follows, and
    `drop` where one is left on purpose.
    """

    def __init__(self) -> None:
        self.left: dict[str, Fields] = {}
        self._begun = HalfTyped("", (), "", {})
        self._answered: dict[str, Fields] = {}
        self._gone_back: dict[str, Fields] = {}

    def begin(self, action: str, ids: Sequence[str] = (), subject: str = "") -> None:
        """Begin an action; what an earlier one left is dropped, unless this one goes on with it."""
        begun = HalfTyped(action, tuple(ids), subject, {})
        self.finish()
        if (begun.action, begun.ids) != (self._begun.action, self._begun.ids):
            self.left = {}
        self._begun = begun

    def resume(self, half_typed: HalfTyped) -> None:
        """Let the dialogs of an action begin with what was typed in them before."""
        self.finish()
        self._begun = half_typed
        self.left = dict(half_typed.dialogs)

    def take(self, dialog: str) -> Fields:
        """Return what was left half-typed in a dialog, or what stood there before one went back, once."""
        return self.left.pop(dialog, {}) or self._gone_back.pop(dialog, {})

    def note(self, dialog: str, fields: Fields) -> None:
        """Remember how a dialog was answered, for as long as further ones of its action follow."""
        if dialog:
            self._answered[dialog] = fields

    def go_back(self, dialog: str, fields: Fields, earlier: str) -> None:
        """Keep what stands in a dialog while an `earlier` one opens again, with its answer."""
        self._gone_back[dialog] = fields
        self._gone_back[earlier] = self._answered.pop(earlier, {})

    @property
    def is_left_typed(self) -> bool:
        """Whether something was typed in a dialog from which one went back."""
        return bool(HalfTyped("", (), "", self._gone_back).text)

    def finish(self) -> None:
        """Forget what was answered: it is saved."""
        self._answered, self._gone_back = {}, {}

    def drop(self) -> None:
        """Forget what was answered and what was left."""
        self.finish()
        self.left = {}

    @property
    def _unsaved(self) -> dict[str, Fields]:
        return {**self.left, **self._gone_back, **self._answered}

    def with_open(self, dialogs: Mapping[str, Fields]) -> HalfTyped | None:
        """Return what is half-typed together with what stands in the open dialogs; None if that is too little."""
        begun = self._begun
        half_typed = HalfTyped(begun.action, begun.ids, begun.subject, self._unsaved | dict(dialogs))
        return half_typed if len(half_typed.text) >= MIN_TYPED else None


class LeftBehind(NamedTuple):
    """What a window that has ended left, in a file that is locked from now on."""

    half_typed: HalfTyped
    path: Path
    lock: int

    def delete(self) -> None:
        """Delete the file."""
        discard(self.path)
        self.release()

    def release(self) -> None:
        """Let the next window offer it again."""
        os.close(self.lock)


class HalfTypedFile:
    """The file of one window on a database; it is locked while the window lives, so that no other offers it."""

    def __init__(self, place: Place) -> None:
        self._folder = half_typed_folder()
        self._start = f"{sha256(os.fsencode(str(place))).hexdigest()[:16]}-"
        self._path = self._folder / f"{self._start}{os.urandom(8).hex()}.json"
        self._lock: int | None = None
        self.kept: HalfTyped | None = None
        self._one_at_a_time = Lock()

    def keep(self, half_typed: HalfTyped | None) -> None:
        """Replace what is `kept`, and wait until it is on the disk; None deletes it.

        Raises `Refused` if it can't be written.
        """
        with self._one_at_a_time:
            if half_typed == self.kept:
                return
            try:
                lock = self._write(half_typed)
            except OSError as error:
                raise Refused(
                    f"What you are typing can't be kept should the program end ({error.strerror}); save it soon."
                ) from error
            self.close()
            self._lock, self.kept = lock, half_typed

    def close(self) -> None:
        """Release the file, which is offered from then on."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _write(self, half_typed: HalfTyped | None) -> int | None:
        """Write the file, and return the lock on it; delete it and return None if there is nothing to keep."""
        if half_typed is None:
            self._path.unlink(missing_ok=True)
            return None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with partial_file(self._folder, json.dumps(asdict(half_typed)).encode()) as partial:
            lock = os.open(partial, os.O_RDONLY | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.replace(partial, self._path)
            except OSError:
                os.close(lock)
                raise
        return lock

    def left_behind(self) -> LeftBehind | None:
        """Return what the last window that has ended left; None if none did."""
        files = sorted(self._folder.glob(f"{self._start}*.json"), key=_written_at, reverse=True)
        return next(filter(None, map(_left_behind, files)), None)


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another window has just deleted its own
        return 0


def _left_behind(path: Path) -> LeftBehind | None:
    """Return what is in a file; None if a window has it open, or it isn't one of this version's."""
    try:
        lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(lock).st_ino == path.stat().st_ino:  # else its window has replaced it meanwhile
            return LeftBehind(_half_typed(json.loads(path.read_bytes())), path, lock)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        os.close(lock)
        return None
    os.close(lock)
    return None


def _half_typed(content: Any) -> HalfTyped:
    dialogs = {
        str(dialog): {str(field): without_controls(text) for field, text in fields.items()}
        for dialog, fields in content["dialogs"].items()
    }
    return HalfTyped(str(content["action"]), tuple(map(str, content["ids"])), str(content["subject"]), dialogs)

"""Delete, merge and forget applications."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.domain.commands.applications import delete
from followup_tui.domain.commands.merge import merge
from followup_tui.domain.format import plural
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.errors import GONE, NotFound, StoreTrouble
from followup_tui.paths import backups_folder
from followup_tui.store.backup import back_up, delete_backup, kept_files
from followup_tui.store.connections import first_bytes
from followup_tui.store.reader import Reader
from followup_tui.tracker.commit import CommandResult, Committer, Ids, Versions

if TYPE_CHECKING:
    from followup_tui.server_address import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetResult:
    """What was forgotten, how many backups still hold it, and how many were deleted for it."""

    result: CommandResult
    ids: frozenset[str]
    holding: tuple[Path, ...] = ()
    deleted: int = 0
    trouble: str = ""

    @property
    def notice(self) -> CommandResult:
        """The result with all of that in its sentence, short enough for one line."""
        return replace(self.result, said=" ".join(self._told(is_short=True)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, and what is left to do."""
        return tuple(self._told(is_short=False))

    def _told(self, *, is_short: bool) -> Iterator[str]:
        yield f"{self.result.said}. This can't be undone."
        if self.trouble:
            yield self.trouble
        if self.deleted:
            yield f"{plural(self.deleted, 'backup')} that held it {_were(self.deleted)} deleted."
        if self.holding:
            one = len(self.holding) == 1
            where = "" if is_short else f" in {self.holding[0].parent}"
            advice = f": delete {'that' if one else 'those'} yourself, or use --backups next time"
            yield (
                f"{plural(len(self.holding), 'backup')}{where} still {'has' if one else 'have'} it"
                f"{'' if is_short else advice}."
            )


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


class Removal:
    """Takes applications off one database."""

    def __init__(self, place: Place, reader: Reader, committer: Committer, clock: Callable[[], datetime]) -> None:
        self._place = place
        self._reader = reader
        self._committer = committer
        self._clock = clock

    def delete(self, ids: Ids, versions: Versions | None = None) -> CommandResult:
        """Delete applications with everything that belongs to them; one undo brings all of it back."""
        return self._committer.run(
            "delete",
            ids,
            lambda each, at, rules: delete(each, self._reader.letters(each.application.id), at),
            versions,
        )

    def merge(self, kept: str, other: str, versions: Versions | None = None) -> CommandResult:
        """Merge an application into the one that is `kept`; one undo separates them again."""
        return self._committer.run_together(
            list(dict.fromkeys((kept, other))),
            lambda both, at: merge(both[0], both[-1], self._reader.letters(other), at),
            versions,
        )

    def forget(self, id: str, *, with_backups: bool = False) -> ForgetResult:
        """Erase an application from the file for good, and `with_backups` also delete the backups that hold it.

        A new backup is made instead of those. What was merged into the application is erased too.
        """
        company = next((company for known, _, company, _ in self._reader.identities() if known == id), None)
        if company is None:
            raise NotFound(GONE)
        with self._committer.transaction() as transaction:
            ids = transaction.erase(id)
            at = self._clock()
        said = f"{company} is erased for good"
        change = Change(verb="forget", label=said, at=at, edits=())
        result = CommandResult(change=change, said=said, gone=tuple(ids), at=at)
        trouble = self._shrink()
        kept = kept_files(backups_folder(self._place)) if isinstance(self._place, Path) else ()
        holding = tuple(file for file in kept if _holds(file, ids))
        done = ForgetResult(result=result, ids=ids, holding=holding, trouble=trouble)
        return self.forget_backups(done) if with_backups else done

    def forget_backups(self, done: ForgetResult) -> ForgetResult:
        """Delete the backups that still hold what was forgotten, after a new one was made."""
        if not done.holding or not isinstance(self._place, Path):
            return done
        back_up(self._place, backups_folder(self._place), done.result.at)
        left = tuple(file for file in done.holding if not delete_backup(file))
        return replace(done, holding=left, deleted=len(done.holding) - len(left))

    def clear_journal(self) -> None:
        """Delete the list of changes, so that undo goes back no further than now."""
        with self._committer.transaction() as transaction:
            transaction.clear_journal()

    def _shrink(self) -> str:
        """Write the file again; a sentence if that fails: the rows themselves have been overwritten already."""
        try:
            self._committer.vacuum()
        except StoreTrouble:
            return "Its text is overwritten, but the file could not be made smaller, which does no harm."
        return ""


def _holds(file: Path, ids: frozenset[str]) -> bool:
    """Whether one of the ids occurs anywhere in a file."""
    content = first_bytes(file, file.stat().st_size)
    return any(id.encode() in content for id in ids)

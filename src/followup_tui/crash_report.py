"""The report of a crash, without the user's data."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import datetime
from pathlib import Path

from followup_tui import __version__


def report_fault(error: BaseException, folder: Path, now: datetime) -> str:
    """Write a report of an error into a folder, and return what to tell the user."""
    message = "followup-tui hit a bug and stopped. Everything it said was saved is saved."
    try:
        report = _write_report(error, folder, now)
    except OSError:
        return f"{message} A report could not be written: {type(error).__name__}."
    return f"{message} A report without your data is in {report}; please send it in."


def _write_report(error: BaseException, folder: Path, now: datetime) -> Path:
    """Write where the error arose, without values or messages, to a file only the user can read; its path.

    An exception's message may quote a letter or a salary, so only its type is kept.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    lines = [f"followup-tui {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"]
    cause: BaseException | None = error
    while cause is not None:
        lines += [
            *traceback.format_tb(cause.__traceback__),
            f"{type(cause).__module__}.{type(cause).__qualname__}\n\n",
        ]
        cause = cause.__cause__ or cause.__context__
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as report:
        report.writelines(lines)
    return path

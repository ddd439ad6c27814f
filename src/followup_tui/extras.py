"""The packages of each extra, and the command that adds them to this installation."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

EXTRAS = {
    "mail": ("keyring",),
    "notify": ("desktop-notifier",),
    "postgres": ("psycopg[binary]",),
    "web": ("aiohttp", "textual-serve"),
}
"""As in `pyproject.toml`, whose versions pip finds by itself."""


def install_command(extra: str) -> str:
    """Return the command that installs the packages of an extra beside this program: by pipx, uv or pip."""
    environment = Path(sys.prefix)
    packages = shlex.join(EXTRAS[extra])
    if (environment / "pipx_metadata.json").exists():
        return f"pipx inject followup-tui {packages}"
    python = shlex.quote(sys.executable)
    if _is_made_by_uv(environment):
        return f"uv pip install --python {python} {packages}"
    return f"{python} -m pip install {packages}"


def _is_made_by_uv(environment: Path) -> bool:
    """Whether uv made it, as a tool's or by hand: there is no pip in it then."""
    try:
        return "\nuv = " in "\n" + (environment / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False

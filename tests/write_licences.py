"""Write docs/licences.md: what is installed with the program, and the licence that each package declares.

    .venv/bin/python tests/write_licences.py

Extras are listed as far as they are installed: run it where all of them are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
COMMAND = ".venv/bin/python tests/write_licences.py"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: Mapping[str, list[str]] = {
    name: lines for name, lines in PROJECT["optional-dependencies"].items() if name not in ("dev", "docs")
}
_HEAD = f"""# Licences

followup-tui itself is under the MIT licence. These are the packages that come with it, with the licence each one
declares. Made by `{COMMAND}`; a test compares it with what is installed.

| Package | Licence | Comes with |
|---|---|---|
"""
_SHORT = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache": "Apache-2.0",
    "BSD License": "BSD",
}


def licence(package: Distribution) -> str:
    """The licence that a package declares: as an expression, else by classifiers, else in a first line."""
    found = package.metadata.get("License-Expression")
    if not found:
        classifiers = package.metadata.get_all("Classifier") or []
        names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
        first = (package.metadata.get("License") or "").splitlines()[:1]
        found = ", ".join(_SHORT.get(name, name) for name in names or first)
    return _SHORT.get(found, found)


def installed(name: str) -> Distribution | None:
    """The package of this name, or None."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def needed(lines: list[str]) -> Iterator[Distribution]:
    """The installed packages that these requirements lead to here, and those that they need themselves."""
    waiting = [(Requirement(line), ("",)) for line in lines]
    seen = set()
    while waiting:
        one, extras = waiting.pop()
        applies = one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
        key = (canonicalize_name(one.name), frozenset(one.extras))
        found = installed(one.name)
        if not applies or key in seen or found is None:
            continue
        seen.add(key)
        yield found
        waiting += [(Requirement(line), ("", *one.extras)) for line in found.requires or ()]


def rows() -> dict[str, tuple[str, str]]:
    """Each package's licence and what it comes with, by name."""
    found: dict[str, tuple[str, str]] = {}
    for comes_with, lines in (("the program", PROJECT["dependencies"]), *EXTRAS.items()):
        for package in needed(lines):
            found.setdefault(canonicalize_name(package.name), (licence(package), comes_with))
    return found


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(
        f"| {name} | {licence} | {comes_with if comes_with == 'the program' else f'extra `{comes_with}`'} |\n"
        for name, (licence, comes_with) in sorted(rows().items())
    )


def listed() -> dict[str, str]:
    """The licences that the page names, by package."""
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

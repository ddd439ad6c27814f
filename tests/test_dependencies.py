"""What the program is made of: nothing unused, every licence listed, and a lock that fits."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from followup_tui import extras
from write_licences import COMMAND, EXTRAS, PROJECT, ROOT, installed, listed, rows

LOCK = ROOT / "requirements-dev.lock"
DATA = {"tzdata", "lingotweaker-data-en"}
"""Packages without code to import: they are found by others."""
OPTIONAL = PROJECT["optional-dependencies"]
REQUIREMENTS = [*PROJECT["dependencies"], *(line for lines in OPTIONAL.values() for line in lines)]
SHIPPED = [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]


def locked() -> dict[str, str]:
    pinned = re.findall(r"^([a-z0-9-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pinned)


@cache
def distributions() -> Mapping[str, list[str]]:
    """The packages that are installed, by the modules that they bring."""
    return packages_distributions()


@cache
def sources() -> list[str]:
    """The text of every module of the program."""
    return [path.read_text(encoding="utf-8") for path in Path(ROOT, "src").rglob("*.py")]


@pytest.mark.parametrize(
    "line", [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]
)
def test_every_dependency_is_imported(line: str) -> None:
    name = canonicalize_name(Requirement(line).name)
    if installed(name) is None or name in DATA:
        pytest.skip("it isn't installed here, or is data alone")
    modules = [each for each, names in distributions().items() if name in map(canonicalize_name, names)]
    pattern = re.compile(rf"^\s*(?:from|import) (?:{'|'.join(map(re.escape, modules))})\b", re.MULTILINE)
    assert any(pattern.search(source) for source in sources()), modules


def test_every_licence_is_listed() -> None:
    found = {name: licence for name, (licence, _) in rows().items()}
    page = listed()
    stale = {name: licence for name, licence in found.items() if page.get(name) != licence}
    assert not stale, f"run {COMMAND} where all extras are installed"
    assert set(page) <= set(found) | set(locked()), "a package that isn't needed any more is listed"


@pytest.mark.parametrize("line", REQUIREMENTS)
def test_the_lock_has_every_requirement_in_a_version_that_fits(line: str) -> None:
    one = Requirement(line)
    assert Version(locked()[canonicalize_name(one.name)]) in one.specifier


def test_the_lock_names_no_place_to_load_from() -> None:
    assert not re.search(r"https?://|^-", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_packages_of_each_extra_are_those_of_the_project() -> None:
    named = {name: {Requirement(line).name for line in OPTIONAL[name]} for name in extras.EXTRAS}
    assert named == {name: {Requirement(line).name for line in lines} for name, lines in extras.EXTRAS.items()}


@pytest.mark.parametrize(
    ("made", "command"),
    [
        ({"pyvenv.cfg": "home = /usr/bin\nversion = 3.11\n"}, "{python} -m pip install 'psycopg[binary]'"),
        ({}, "{python} -m pip install 'psycopg[binary]'"),
        (
            {"pyvenv.cfg": "home = /usr/bin\nuv = 0.9.1\n", "uv-receipt.toml": ""},
            "uv pip install --python {python} 'psycopg[binary]'",
        ),
        ({"pyvenv.cfg": "uv = 0.9.1\n", "pipx_metadata.json": "{}"}, "pipx inject followup-tui 'psycopg[binary]'"),
    ],
)
def test_the_command_for_an_extra_fits_how_the_program_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: dict[str, str], command: str
) -> None:
    for name, content in made.items():
        (tmp_path / name).write_text(content)
    python = f"'{tmp_path}/a b/python'"
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", python.strip("'"))
    assert extras.install_command("postgres") == command.format(python=python)

"""The shelf: the shipped templates, and the user's own before them; what is broken is told by file and line."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from followup_tui.domain.letters.template_values import TemplateValue
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.text import shown_line
from followup_tui.letters.template import SOURCE_LIMIT, BrokenTemplate, Template, nearest, quoted, read_template

TYPE_CHECKING = False
if TYPE_CHECKING:  # Jinja takes longer to load than a list of titles needs
    from followup_tui.letters.rendering import Rendered

FILES_MOST = 200
"""Templates of their own that a user may have; the rest of a larger folder isn't looked at."""
_SUFFIX = ".txt"
_NAME = r"[a-z0-9][a-z0-9-]{0,59}"
_BYTES_MOST = 4 * SOURCE_LIMIT


class TemplateProblem(NamedTuple):
    """What is wrong with a template: its file, the line from 1 (0: the whole file), and a finished sentence."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Place and sentence in one line."""
        return f"{self.file}, line {self.line}: {self.sentence}" if self.line else f"{self.file}: {self.sentence}"


class Filled(NamedTuple):
    """A letter, the template it was made from, and what was wrong with the user's own one where that failed."""

    rendered: Rendered
    template: Template
    problem: TemplateProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The templates by name, the shipped ones alone in `shipped`, and what is wrong with the user's own."""

    templates: Mapping[str, Template]
    shipped: Mapping[str, Template]
    problems: tuple[TemplateProblem, ...] = ()

    def take(self, name: str) -> Template:
        """The template of a name; refuses where there is none."""
        found = self.templates.get(name)
        if found is None:
            raise NotFound(f"There is no template {quoted(name)}{nearest(name, self.templates) or '.'}")
        return found

    def offered(self, suited: Iterable[str], *, spoken: bool = False) -> tuple[Template, ...]:
        """The templates to choose from: those that suit in their order, then the others, sent or spoken."""
        some = [self.templates[name] for name in suited if name in self.templates]
        names = {template.name for template in some}
        rest = (template for template in self.templates.values() if template.name not in names)
        return (*some, *(template for template in rest if template.kind.is_spoken is spoken))

    def fill(self, name: str, facts: Mapping[str, TemplateValue]) -> Filled:
        """The letter from the template of a name; where the user's own can't be filled, from the shipped one.

        Raises `NotFound`, or `BrokenTemplate` where the user's own has no shipped one to stand in for it.
        """
        from followup_tui.letters.rendering import render

        template = self.take(name)
        try:
            return Filled(render(template, facts), template)
        except BrokenTemplate as trouble:
            if not template.is_own or name not in self.shipped:
                raise BrokenTemplate(str(_problem(template.file, trouble)), trouble.line) from None
            shipped = self.shipped[name]
            problem = _problem(template.file, trouble, INSTEAD)
            return Filled(render(shipped, facts), shipped, problem)


INSTEAD = "The shipped template of that name is used."
_LEFT_OUT = "It was left out."


def open_shelf(own: Path | None = None) -> Shelf:
    """The shelf with the user's own templates from a folder, which need not exist, before the shipped ones."""
    shipped = _shipped()
    found, problems = _own_templates(own, shipped) if own is not None else ({}, [])
    return Shelf(templates={**shipped, **found}, shipped=shipped, problems=tuple(problems))


@cache
def _shipped() -> Mapping[str, Template]:
    """The shipped templates, read but not yet compiled: a test sees to it that they are whole."""
    folder = resources.files("followup_tui.letters") / "templates"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(_SUFFIX)), key=lambda file: file.name)
    templates = (
        read_template(
            file.read_text(encoding="utf-8"), name=file.name.removesuffix(_SUFFIX), file=file.name, is_own=False
        )
        for file in files
    )
    return {template.name: template for template in templates}


# The user's own


def _own_templates(
    folder: Path, shipped: Mapping[str, Template]
) -> tuple[dict[str, Template], list[TemplateProblem]]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if _is_meant(entry.name))
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except OSError as trouble:
        sentence = f"The folder of your templates can't be read ({trouble.strerror}); the shipped ones are used."
        return {}, [TemplateProblem(shown_line(folder.name), 0, sentence)]
    found: dict[str, Template] = {}
    problems: list[TemplateProblem] = []
    for file in names[:FILES_MOST]:
        name = file.removesuffix(_SUFFIX)
        try:
            found[name] = _own(folder, name)
        except BrokenTemplate as trouble:
            instead = INSTEAD if name in shipped else _LEFT_OUT
            problems.append(_problem(shown_line(file), trouble, instead))
    if len(names) > FILES_MOST:
        sentence = f"It holds {len(names):,} templates; the first {FILES_MOST} by name are used."
        problems.append(TemplateProblem(shown_line(folder.name), 0, sentence))
    return found, problems


def _is_meant(file: str) -> bool:
    """Whether a file is meant as a template: what an editor leaves behind isn't."""
    return file.endswith(_SUFFIX) and not file.startswith((".", "#", "~"))


def _problem(file: str, trouble: BrokenTemplate, instead: str = "") -> TemplateProblem:
    return TemplateProblem(file, trouble.line, f"{trouble.sentence} {instead}".rstrip())


def _own(folder: Path, name: str) -> Template:
    # Here and not above: 40 ms that a start without letters needn't wait for.
    from followup_tui.letters.rendering import insist_whole

    if not re.fullmatch(_NAME, name):
        raise BrokenTemplate("A template's name has small letters, digits and hyphens only, 60 at most.")
    template = read_template(_text(folder, name + _SUFFIX), name=name, file=name + _SUFFIX, is_own=True)
    insist_whole(template)
    return template


def _text(folder: Path, file: str) -> str:
    """The text of a file in the folder: a regular one, which a link may lead to only inside the folder."""
    try:
        place = (folder / file).resolve(strict=True)
        if not place.is_relative_to(folder.resolve()):
            raise BrokenTemplate("It is a link that leads out of the folder.")
        content = _content(place)
    except (OSError, RuntimeError) as trouble:  # a link to itself is the latter
        why = getattr(trouble, "strerror", None) or "it leads to itself"
        raise BrokenTemplate(f"It can't be read ({why}).") from None
    if len(content) > _BYTES_MOST:
        raise BrokenTemplate(f"A template has at most {SOURCE_LIMIT:,} characters, and this one has more.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        raise BrokenTemplate("It isn't UTF-8 text.", line) from None


def _content(place: Path) -> bytes:
    # Not blocking, since to open a pipe would wait for whoever writes into it.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(place, flags)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise BrokenTemplate("It is no regular file.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(_BYTES_MOST + 1)
    finally:
        os.close(handle)

"""The template library: the user's templates before the shipped ones; errors name file and line."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from followup_tui.domain.letters.template_choice import NOTHING_USED
from followup_tui.domain.letters.template_values import TemplateValue
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.text import shown_line
from followup_tui.letters.template import (
    SOURCE_LIMIT,
    BrokenTemplate,
    Template,
    did_you_mean,
    quoted,
    read_template,
)

TYPE_CHECKING = False
if TYPE_CHECKING:  # listing the titles doesn't need Jinja, which is slow to import
    from types import ModuleType

    from followup_tui.letters.renderer import RenderedLetter

MAX_FILES = 200
"""Number of user templates; further files in the folder are ignored."""
_SUFFIX = ".txt"
_NAME = r"[a-z0-9][a-z0-9-]{0,59}"
_MAX_BYTES = 4 * SOURCE_LIMIT


class TemplateProblem(NamedTuple):
    """An error in a template: its file, the line from 1 (0: the whole file), and a sentence."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """File, line and sentence as one line."""
        return f"{self.file}, line {self.line}: {self.sentence}" if self.line else f"{self.file}: {self.sentence}"


class FilledTemplate(NamedTuple):
    """A letter, the template it was made from, and the error in the user's template if that failed."""

    rendered: RenderedLetter
    template: Template
    problem: TemplateProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLibrary:
    """All templates by name, the shipped ones in `shipped`, and the errors in the user's."""

    templates: Mapping[str, Template]
    shipped: Mapping[str, Template]
    problems: tuple[TemplateProblem, ...] = ()

    def get(self, name: str) -> Template:
        """Return the template of a name; raises `NotFound`."""
        template = self.templates.get(name)
        if template is None:
            raise NotFound(f"There is no template {quoted(name)}{did_you_mean(name, self.templates) or '.'}")
        return template

    def choices(self, recommended: Iterable[str], *, spoken: bool = False) -> tuple[Template, ...]:
        """Return the templates to choose from: the recommended ones, then the others, written or spoken."""
        first = [self.templates[name] for name in recommended if name in self.templates]
        names = {template.name for template in first}
        rest = (template for template in self.templates.values() if template.name not in names)
        return (*first, *(template for template in rest if template.kind.is_spoken is spoken))

    def fill(
        self,
        name: str,
        facts: Mapping[str, TemplateValue],
        *,
        seed: int = 0,
        used: Mapping[str, int] = NOTHING_USED,
    ) -> FilledTemplate:
        """Return the letter from a template; if the user's template fails, from the shipped one of that name.

        `seed` and `used` decide the wordings: see `renderer.render`.
        Raises `NotFound`, or `BrokenTemplate` if the user's template fails and there is no shipped one.
        """
        render = partial(_renderer().render, seed=seed, used=used)
        template = self.get(name)
        try:
            return FilledTemplate(render(template, facts), template)
        except BrokenTemplate as error:
            if not template.is_own or name not in self.shipped:
                raise BrokenTemplate(str(_problem(template.file, error)), error.line) from None
            shipped = self.shipped[name]
            problem = _problem(template.file, error, _USED_INSTEAD)
            return FilledTemplate(render(shipped, facts), shipped, problem)


_USED_INSTEAD = "The shipped template of that name is used."
_LEFT_OUT = "It was left out."


def open_library(folder: Path | None = None) -> TemplateLibrary:
    """Return the library: the user's templates from a folder, which need not exist, before the shipped ones."""
    shipped = _shipped()
    own, problems = _user_templates(folder, shipped) if folder is not None else ({}, [])
    return TemplateLibrary(templates={**shipped, **own}, shipped=shipped, problems=tuple(problems))


@cache
def _shipped() -> Mapping[str, Template]:
    """Read the shipped templates without compiling them; a test checks that they are valid."""
    folder = resources.files("followup_tui.letters") / "templates"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(_SUFFIX)), key=lambda file: file.name)
    templates = (
        read_template(
            file.read_text(encoding="utf-8"), name=file.name.removesuffix(_SUFFIX), file=file.name, is_own=False
        )
        for file in files
    )
    return {template.name: template for template in templates}


def _renderer() -> ModuleType:
    """Return the renderer module, which is loaded with the first letter."""
    from followup_tui.letters import renderer  # Not at the top: Jinja takes 40 ms to load.

    return renderer


# The user's templates


def _user_templates(
    folder: Path, shipped: Mapping[str, Template]
) -> tuple[dict[str, Template], list[TemplateProblem]]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if _is_template_file(entry.name))
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except OSError as error:
        sentence = (
            f"The folder of your templates can't be read ({error.strerror}); the shipped ones are used until you"
            " change its permissions."
        )
        return {}, [TemplateProblem(shown_line(folder.name), 0, sentence)]
    templates: dict[str, Template] = {}
    problems: list[TemplateProblem] = []
    for file in names[:MAX_FILES]:
        name = file.removesuffix(_SUFFIX)
        try:
            templates[name] = _read_user_template(folder, name)
        except BrokenTemplate as error:
            instead = _USED_INSTEAD if name in shipped else _LEFT_OUT
            problems.append(_problem(shown_line(file), error, instead))
    if len(names) > MAX_FILES:
        sentence = f"It holds {len(names):,} templates; the first {MAX_FILES} by name are used."
        problems.append(TemplateProblem(shown_line(folder.name), 0, sentence))
    return templates, problems


def _is_template_file(file: str) -> bool:
    """Whether a file is a template and not an editor's leftover."""
    return file.endswith(_SUFFIX) and not file.startswith((".", "#", "~"))


def _problem(file: str, error: BrokenTemplate, instead: str = "") -> TemplateProblem:
    return TemplateProblem(file, error.line, f"{error.sentence} {instead}".rstrip())


def _read_user_template(folder: Path, name: str) -> Template:
    if not re.fullmatch(_NAME, name):
        raise BrokenTemplate("A template's name has small letters, digits and hyphens only, 60 at most.")
    template = read_template(_read_text(folder, name + _SUFFIX), name=name, file=name + _SUFFIX, is_own=True)
    _renderer().require_valid(template)
    return template


def _read_text(folder: Path, file: str) -> str:
    """Return the text of a regular file in the folder; a link may only lead to a file inside the folder."""
    try:
        path = (folder / file).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise BrokenTemplate("It is a link that leads out of the folder.")
        content = _read_bytes(path)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself
        why = getattr(error, "strerror", None) or "it leads to itself"
        raise BrokenTemplate(f"It can't be read ({why}).") from None
    if len(content) > _MAX_BYTES:
        raise BrokenTemplate(f"A template has at most {SOURCE_LIMIT:,} characters, and this one has more.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenTemplate("It isn't UTF-8 text.", line) from None


def _read_bytes(path: Path) -> bytes:
    # Not blocking: opening a pipe would wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise BrokenTemplate("It is no regular file.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(_MAX_BYTES + 1)
    finally:
        os.close(handle)

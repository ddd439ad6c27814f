"""The library finds the user's own templates first, and tells what is broken by file and line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from followup_tui.domain.letters.template_choice import SPOKEN, WRITTEN
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.library import MAX_FILES, TemplateLibrary, open_library
from followup_tui.letters.template import SOURCE_LIMIT, BrokenTemplate

OWN = "Title: Mine\nKind: thank-you\nChannel: email\nWords: 80\nSubject: Thanks\n\nDear {{ name }},\n\nThanks.\n"
SHIPPED = open_library()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "letters"
    place.mkdir()
    return place


def opened(folder: Path, text: str | bytes = OWN, name: str = "thank-you.txt") -> TemplateLibrary:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return open_library(folder)


def told(library: TemplateLibrary) -> list[str]:
    return [str(problem) for problem in library.problems]


def test_the_shipped_templates_are_those_that_are_offered() -> None:
    assert set(SHIPPED.templates) == {*WRITTEN, *SPOKEN}
    for name, template in SHIPPED.templates.items():
        assert template.kind.is_spoken is (name in SPOKEN)


def test_the_templates_come_with_the_program() -> None:
    assert len(SHIPPED.templates) == 31
    assert SHIPPED.problems == ()


def test_a_list_of_the_shipped_templates_needs_no_jinja() -> None:
    code = (
        "import sys; from followup_tui.letters.library import open_library\n"
        "open_library(); print('jinja2' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_no_folder_is_no_trouble(tmp_path: Path) -> None:
    assert open_library(tmp_path / "none").problems == ()
    (tmp_path / "file").touch()
    assert open_library(tmp_path / "file").problems == ()


def test_ones_own_template_comes_first(folder: Path) -> None:
    library = opened(folder)
    assert (library.get("thank-you").title, library.get("thank-you").is_own) == ("Mine", True)
    assert library.fill("thank-you", {"name": "Ann"}).rendered.body == "Dear Ann,\n\nThanks."
    assert not library.shipped["thank-you"].is_own


def test_a_template_with_a_name_of_its_own_is_offered_too(folder: Path) -> None:
    library = opened(folder, name="coffee.txt")
    names = [template.name for template in library.choices(("thank-you-card", "gone", "check-in"))]
    assert names[:2] == ["thank-you-card", "check-in"]
    assert sorted(names) == sorted((*WRITTEN, "coffee"))
    assert [template.name for template in library.choices(("voicemail",), spoken=True)] == ["voicemail", "call"]


def test_a_name_that_is_not_there_is_asked_back() -> None:
    with pytest.raises(NotFound, match=r"^There is no template “thank-yuo”; did you mean “thank-you”\?$"):
        SHIPPED.get("thank-yuo")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (OWN.replace("{{ name }}", "{{ nmae }}"), "line 7: There is no field “nmae”; did you mean “name”?"),
        (OWN + "{% if name %}", "line 10: This can't be read: unexpected end of template. Jinja was looking for"
         " the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'."),
        (OWN.replace("Kind: thank-you", "Kind: thankyou"), "line 2: “thankyou” is no kind of letter; did you mean"
         " “thank_you”?"),
        (OWN.replace("Channel: email", "Channel: pigeon"), "line 3: “pigeon” is no way to reach them: write email,"
         " linkedin, post or phone."),
        (OWN.replace("80", "many"), "line 4: “Words” is the most words a letter may have, from 1 to 1,000."),
        (OWN.replace("Words", "Wrods"), "line 4: “Wrods” is no line of a header; did you mean “Words”?"),
        (OWN.replace("Words: 80\n", ""), "line 1: The line “Words: …” is missing above the first empty line."),
        (OWN.replace("Subject: Thanks\n", ""), "line 1: An email needs a line “Subject: …” above the first empty"
         " line."),
        (OWN.replace("Words", "Kind"), "line 4: “Kind” stands there twice."),
        (OWN.replace("Thanks\n\n", "{{ rolle }}\n\n", 1), "line 5: There is no field “rolle”; did you mean"
         " “role”?"),
        ("Dear you,\n", "line 1: A template begins with lines such as “Title: Thank-you”, then an empty line, then"
         " its text."),
        ("", "line 1: The line “Title: …” is missing above the first empty line."),
        (OWN.split("\n\n")[0], "line 6: There is no text below the first empty line."),
        (OWN.encode() + b"\n\xff", "line 11: It isn't UTF-8 text."),
        (OWN + "x" * SOURCE_LIMIT, f"A template has at most {SOURCE_LIMIT:,} characters, and this one has"
         f" {len(OWN) + SOURCE_LIMIT:,}."),
        (OWN + "x" * 5 * SOURCE_LIMIT, f"A template has at most {SOURCE_LIMIT:,} characters, and this one"
         " has more."),
    ],
)  # fmt: skip
def test_a_broken_template_is_told_by_file_and_line_and_the_shipped_one_used(
    folder: Path, text: str | bytes, problem: str
) -> None:
    library = opened(folder, text)
    between = ", " if problem.startswith("line") else ": "
    assert told(library) == [f"thank-you.txt{between}{problem} The shipped template of that name is used."]
    assert library.get("thank-you") == SHIPPED.get("thank-you")
    assert told(opened(folder, text, "mine.txt"))[0].endswith(" It was left out.")
    assert "mine" not in open_library(folder).templates


def test_what_breaks_only_when_it_is_filled_falls_back_too(folder: Path) -> None:
    library = opened(folder, OWN.replace("Thanks.", "{{ name + 1 }}"))
    assert library.problems == ()
    filled = library.fill("thank-you", {"name": "Ann", "my_name": "Alex"})
    assert filled.template == SHIPPED.get("thank-you")
    assert filled.rendered.body.endswith("Alex")
    assert str(filled.problem) == (
        "thank-you.txt, line 9: This can't be filled in: “+” can't be worked out here."
        " The shipped template of that name is used."
    )
    with pytest.raises(BrokenTemplate, match=r"^mine\.txt, line 9: "):
        opened(folder, OWN.replace("Thanks.", "{{ name + 1 }}"), "mine.txt").fill("mine", {"name": "Ann"})


def test_line_ends_and_byte_order_marks_of_any_editor_are_taken(folder: Path) -> None:
    library = opened(folder, b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    assert library.problems == ()
    assert library.fill("thank-you", {"name": "Ann"}).rendered.body == "Dear Ann,\n\nThanks."


def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path) -> None:
    outside = folder.parent / "secret.txt"
    outside.write_text(OWN)
    (folder / "thank-you.txt").symlink_to(outside)
    (folder / "card.txt").write_text(OWN)
    (folder / "inside.txt").symlink_to("card.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    library = open_library(folder)
    assert "thank-you.txt: It is a link that leads out of the folder." in told(library)[2]
    assert [problem.file for problem in library.problems] == ["gone.txt", "loop.txt", "thank-you.txt"]
    assert library.get("inside").title == "Mine"


def test_the_folder_itself_may_be_a_link(folder: Path) -> None:
    (folder / "thank-you.txt").write_text(OWN)
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert open_library(link).get("thank-you").is_own


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_only_regular_files_are_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    library = open_library(folder)
    assert told(library) == [
        "folder.txt: It is no regular file. It was left out.",
        "pipe.txt: It is no regular file. It was left out.",
    ]


def test_what_editors_leave_behind_is_not_looked_at(folder: Path) -> None:
    for name in (".thank-you.txt", "thank-you.txt~", "#thank-you.txt#", "thank-you.swp", "notes.md"):
        (folder / name).write_text("x")
    library = open_library(folder)
    assert (library.problems, library.templates) == ((), SHIPPED.templates)


def test_a_name_nobody_can_type_is_refused_and_shown_harmless(folder: Path) -> None:
    (folder / "\x1b[31mred.txt").write_text(OWN)
    assert told(open_library(folder)) == [
        "[31mred.txt: A template's name has small letters, digits and hyphens only, 60 at most. It was left out."
    ]


def test_a_folder_of_many_files_has_an_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_tui.letters.library.MAX_FILES", 2)
    for name in "abc":
        (folder / f"{name}.txt").write_text(OWN)
    assert MAX_FILES > 2
    library = open_library(folder)
    assert told(library) == ["letters: It holds 3 templates; the first 2 by name are used."]
    assert "c" not in library.templates


def test_a_kind_may_be_written_as_people_say_it(folder: Path) -> None:
    library = opened(folder, OWN.replace("thank-you", "Gracious Note"))
    assert library.get("thank-you").kind is LetterKind.GRACIOUS_NOTE

"""The report: everything is in it, and whatever was typed is shown as it is."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import NOW, ZONE
from exchange.export_boards import HOSTILE, company_of, exported, full_board, hostile_board, write_rows
from followup_tui.domain.format import order_dates
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Direction, Touch, TouchKind
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.exports.export_markdown import escaped_markdown

VIEWER = MarkdownIt("gfm-like", {"linkify": True, "html": True})
"""A viewer that takes HTML, tables, struck text and bare links."""
MAIL_LINK = re.compile(r'<a href="mailto:([^"]+)">\1</a>')
"""The one link that may come of what was typed: to an address that is shown in full."""
BARE_LINK = re.compile(r"(?i)(?<!<)\b(?:https?|ftp|mailto|xmpp):|\bwww\.(?=\S)|[a-z0-9._-]@[a-z0-9]")

MAIL = re.compile(r"<[^<>\s]+@[^<>\s]+>")


def report(place: Path) -> str:
    return exported(place, ExportFormat.MD).decode()


def text_in(source: str) -> str:
    """What a viewer shows of a text in one paragraph."""
    shown = MAIL_LINK.sub(r"\1", VIEWER.render(f"x {source} x"))
    assert re.fullmatch(r"<p>[^<]*</p>\n", shown), shown
    return html.unescape(shown)[5:-7]


def test_the_report_tells_every_application_by_stage_with_its_story(tmp_path: Path) -> None:
    text = report(full_board(tmp_path / "full.db"))
    stages = re.findall(r"^## (\w+(?: on)?): \d+ applications?$", text, flags=re.MULTILINE)
    assert stages == ["Interviewed", "Thanked", "Awaiting", "Moved on"]
    assert text.startswith("# Applications on Sun 22 Nov 2026\n")
    assert "#### What happened" in text
    assert "- Interview: " in text
    assert ", cancelled" in text
    assert re.search(r"^- Next: .+, due \w{3} \d+ \w{3} 2026", text, flags=re.MULTILINE)


def test_hostile_text_makes_no_html_no_link_and_no_control(tmp_path: Path) -> None:
    text = report(hostile_board(tmp_path / "hostile.db"))
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\r"} & set(text)
    shown = MAIL_LINK.sub(r"\1", VIEWER.render(text))
    assert set(re.findall(r"</?(\w+)", shown)) <= {"h1", "h2", "h3", "h4", "ul", "li", "p", "blockquote"}
    assert not re.search(r"<(?:a|script|img|em|strong|code|table)\b", shown)
    assert not BARE_LINK.search(MAIL.sub("", text))


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "- no list", "+ no list", "1. no list", "12) no list", "> no quote", "=== none", "---",
        "*no* _em_", "`no code`", "~~no~~", "| a | b |", "[x](http://a.example)", "![x](http://a.example)",
        "<b>x</b>", "&amp; &lt;", "\\*", "http://a.example", "HTTPS://A.example", "www.a.example", "me@a.example",
        "[^1]", "[ ] x", "mailto:me@a.example", "$x$", "a  ", "x\\", "<!-- x -->", "<?php", "```", "~~~",
        "    code", "acme.com and jobs.acme.co.uk/x, 3.5 e.g.", HOSTILE,
    ],
)  # fmt: skip
def test_a_text_is_shown_as_it_is(text: str) -> None:
    line = " ".join(text.replace("\x1b", "").replace("\x9b", "").replace("\x07", "").split())
    line = line.replace("\u202e", "").replace("\u202c", "")
    escaped = escaped_markdown(line)
    assert text_in(escaped) == line
    assert not BARE_LINK.search(MAIL.sub("", escaped))


@given(st.text(st.sampled_from("*_`[]()<>#|~&@$^!-+=.\\: 1ahtpw/\"'"), max_size=20))
def test_any_signs_are_shown_as_they_are(text: str) -> None:
    line = " ".join(text.split())
    escaped = escaped_markdown(line)
    if line:
        assert text_in(escaped) == line
        alone = MAIL_LINK.sub(r"\1", VIEWER.render(escaped))
        assert re.fullmatch(r"<p>[^<]*</p>\n", alone), alone
    assert not BARE_LINK.search(MAIL.sub("", escaped))


def test_a_link_is_a_link_only_where_it_is_plainly_one(tmp_path: Path) -> None:
    links = {
        "https://jobs.example/a?id=7&x=(1)": "<https://jobs.example/a?id=7&x=(1)>",
        "javascript:alert(1)": "javascript:alert(1)",
        "https://user:pass@jobs.example/": r"https\://user:pass\@jobs\.example/",
        "https://jobs.example/<b>": r"https\://jobs\.example/\<b>",
    }
    for number, (link, told) in enumerate(links.items()):
        place = write_rows(tmp_path / f"{number}.db", replace(company_of(1), url=link))
        assert f"- Link: {told}\n" in report(place)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tom.becker@rbc.com", "<tom.becker@rbc.com>"),
        ("Dana, first_last@mail.acme.example, +49 30", "Dana, <first_last@mail.acme.example>, +49 30"),
        ("$98k + 10% bonus!", "$98k + 10% bonus!"),
        ("R&D, snake_case, C# -> Go", "R&D, snake_case, C# -> Go"),
        ("a <tom@x.example>", r"a \<<tom@x.example>>"),
        ("https://me@evil.example/x", r"https\://me\@evil\.example/x"),
        ("me@evil", r"me\@evil"),
    ],
)
def test_what_means_nothing_has_no_backslash_and_an_address_is_one(text: str, told: str) -> None:
    assert escaped_markdown(text) == told
    assert text_in(told) == text


def test_dates_and_hours_are_as_the_user_has_them_and_a_meeting_has_its_link(tmp_path: Path) -> None:
    one = company_of(1)
    meeting = Interview(
        application_id=one.id, starts_at=NOW, ends_at=NOW + timedelta(minutes=90), zone=ZONE,
        link="https://meet.example/a-b", created_at=NOW,
    )  # fmt: skip
    thanks = Touch(
        application_id=one.id, kind=TouchKind.THANK_YOU, direction=Direction.OUT,
        at=NOW + timedelta(hours=5), zone=ZONE, created_at=NOW,
    )  # fmt: skip
    place = write_rows(tmp_path / "a.db", one, meeting, thanks)
    assert "- Sun 22 Nov 2026 15:00: thank-you" in report(place)
    assert "- Interview: Sun 22 Nov 2026 10:00–11:30 CET; <https://meet.example/a-b>" in report(place)
    order_dates(lambda: True)
    try:
        text = report(place)
    finally:
        order_dates()
    assert "# Applications on Sun Nov 22, 2026" in text
    assert "- Sun Nov 22, 2026 3 PM: thank-you" in text
    assert "; <https://meet.example/a-b>\n" in text


def test_notes_keep_their_lines_as_a_quote(tmp_path: Path) -> None:
    place = write_rows(tmp_path / "a.db", replace(company_of(1), notes="first\n\n- second\n# third"))
    assert "> first\n>\n> \\- second\n> \\# third\n" in report(place)


def test_an_empty_database_says_so(database: Path) -> None:
    assert "There is no application yet." in report(database)

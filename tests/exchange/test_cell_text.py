"""What spreadsheets, Markdown and HTML put around the text of a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.exchange.sheets.readable_text import PlainCell, plain_cell, split_link


@pytest.mark.parametrize(
    ("cell", "text", "link"),
    [
        ("Acme", "Acme", ""),
        ("'=SUM(A1)", "=SUM(A1)", ""),
        ("'+49 30 1234", "+49 30 1234", ""),
        ("'-1", "-1", ""),
        ("'@dana", "@dana", ""),
        ("'＝1", "＝1", ""),
        ("''=1", "'=1", ""),
        ("'47 Brand", "'47 Brand", ""),
        ("'", "'", ""),
        ("=1+1", "=1+1", ""),
        ('="0123"', "0123", ""),
        ('="say ""hi"""', 'say "hi"', ""),
        ('=T("Acme")', "Acme", ""),
        ('=HYPERLINK("https://a.example/1","Dev")', "Dev", "https://a.example/1"),
        ('=HYPERLINK("https://a.example/1";"Dev")', "Dev", "https://a.example/1"),
        ('=hyperlink( "https://a.example/1" , "Dev ""X""" )', 'Dev "X"', "https://a.example/1"),
        ('=HYPERLINK("https://a.example/1")', "https://a.example/1", "https://a.example/1"),
        ('=HYPERLINK("https://a.example/1",A2)', "https://a.example/1", "https://a.example/1"),
        ('=LIEN_HYPERTEXTE("https://a.example/1";"Poste")', "Poste", "https://a.example/1"),
        ("[Dev](https://a.example/1)", "Dev", "https://a.example/1"),
        ("[Dev](https://a.example/x_(y))", "Dev", "https://a.example/x_(y)"),
        ('[Dev](https://a.example "title")', "Dev", "https://a.example"),
        ("[](https://a.example)", "https://a.example", "https://a.example"),
        ("see [the ad](https://a.example), and [x]", "see the ad (https://a.example), and [x]", ""),
        ("<https://a.example>", "https://a.example", ""),
        ("[Company]", "[Company]", ""),
        ("Müller &amp; S&ouml;hne &#8211; &#x41;", "Müller & Söhne – A", ""),
        ("R&D; AT&T &nothing; &", "R&D; AT&T &nothing; &", ""),
    ],
)
def test_a_cell_is_what_it_says(cell: str, text: str, link: str) -> None:
    assert plain_cell(cell) == PlainCell(text, link)


@pytest.mark.parametrize(
    ("cell", "text", "struck"),
    [
        ("~~waiting~~ rejected 24 Nov", "rejected 24 Nov", "waiting"),
        ("applied ~~waiting~~", "applied", "waiting"),
        ("<s>waiting</s> rejected", "rejected", "waiting"),
        ("<del>Tue</del> Wed <DEL class='x'>10am</DEL> 11am", "Wed 11am", "Tue, 10am"),
        ("was ~~Mon~~ Tue", "was Tue", "Mon"),
        ("~~**bold** <b>waiting</b>~~ no", "no", "**bold** waiting"),
        ("~~waiting~~", "", "waiting"),
        ("~100k ~ 120k", "~100k ~ 120k", ""),
        ("a ~~ b ~~ c", "a ~~ b ~~ c", ""),
        ("~~~~", "~~~~", ""),
        ("~~open", "~~open", ""),
    ],
)
def test_what_is_struck_out_is_no_longer_meant(cell: str, text: str, struck: str) -> None:
    assert plain_cell(cell) == PlainCell(text, "", struck)


@pytest.mark.parametrize(
    ("text", "link", "rest"),
    [
        ("https://a.example/1#x?y", "https://a.example/1#x?y", ""),
        ("HTTP://A.example", "HTTP://A.example", ""),
        ("acme.example/jobs/17", "https://acme.example/jobs/17", ""),
        ("www.acme.example", "https://www.acme.example", ""),
        ("acme.example:8080/x", "https://acme.example:8080/x", ""),
        ("müller.example/stelle", "https://müller.example/stelle", ""),
        ("(https://a.example)", "https://a.example", ""),
        ("Careers: https://a.example/1.", "https://a.example/1", "Careers: https://a.example/1."),
        ("https://a.example/1 https://b.example", "https://a.example/1", "https://a.example/1 https://b.example"),
        ("see mail", "", "see mail"),
        ("jobs@acme.example", "", "jobs@acme.example"),
        ("mailto:jobs@acme.example", "", "mailto:jobs@acme.example"),
        ("javascript:alert(1)", "", "javascript:alert(1)"),
        ("ftp://a.example/x", "", "ftp://a.example/x"),
        ("file:///etc/passwd", "", "file:///etc/passwd"),
        ("../../etc/passwd", "", "../../etc/passwd"),
        ("localhost", "", "localhost"),
        ("1.2.3", "", "1.2.3"),
        ("LinkedIn", "", "LinkedIn"),
        ("", "", ""),
    ],
)
def test_a_link_gets_its_scheme_and_what_is_none_stays_text(text: str, link: str, rest: str) -> None:
    assert split_link(text) == (link, rest)


@pytest.mark.parametrize(
    "cell",
    [
        "[" * 100_000,
        "[a](" * 50_000,
        "=HYPERLINK(" * 20_000,
        '="' + '"' * 100_001,
        '=HYPERLINK("' + '""' * 50_000,
        '=HYPERLINK("a",' + " " * 100_000,
        "[x](" + "(a)" * 50_000,
        "&" * 100_000,
        "a." * 50_000,
        "a-" * 50_000,
        "https://" + ")" * 100_000,
    ],
    ids=range(11),
)
def test_no_cell_takes_long(cell: str) -> None:
    """Each of these takes minutes if a pattern tries its parts again and again."""
    assert plain_cell(cell).text
    assert split_link(cell) != ("", "")


@given(st.text(max_size=80))
def test_a_guarded_text_comes_back_as_it_was(text: str) -> None:
    formula = f"={text}".rstrip()
    if "&" not in text and "](" not in text and "<" not in text:
        assert plain_cell(f"'{formula}").text == formula

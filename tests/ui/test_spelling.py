"""The words of settings, keys, themes and hints: every English spells them alike, and no currency is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.actions import ACTIONS
from followup_tui.domain.letters.template_fields import FIELDS
from followup_tui.tracker.demo import LEADS
from followup_tui.tracker.setting_list import list_settings
from followup_tui.ui.dialogs.form_dialog import HINTS
from followup_tui.ui.theme import THEME_NAMES, describe_theme

UNLIKE = re.compile(r"(?i)\b(?:colou?r|favou?r|behaviou?r|gr[ae]y|organi[sz]|recogni[sz]|cent(?:er|re)\b|catalog)")
CURRENCY = re.compile(r"(?i)[€£$]\d|\b(?:euros?|dollars?|pounds|eur|usd|gbp)\b")


def _told(tmp_path: Path) -> Iterator[str]:
    rows = list_settings(
        tmp_path / "a.db", tmp_path / "a.toml", ZoneInfo("Europe/London"), THEME_NAMES, is_ascii=False
    )
    for row in rows.rows:
        is_name = row.key[:1] == ("colors",)  # the table's own name in the file
        yield from (row.sentence, *(() if is_name else (row.label, row.group)))
    for action in ACTIONS:
        yield from (action.label, action.help)
    yield from map(describe_theme, THEME_NAMES)
    yield from HINTS.values()
    for field in FIELDS.values():
        yield from (field.label, field.help)


def test_no_word_is_spelt_in_two_ways_and_no_currency_is_named(tmp_path: Path) -> None:
    told = list(_told(tmp_path))
    assert len(told) > 100
    assert [text for text in told if UNLIKE.search(text) or CURRENCY.search(text)] == []


def test_the_demo_offers_pay_in_no_currency() -> None:
    pay = [str(lead.offered["pay"]) for lead in LEADS if lead.offered]
    assert pay
    assert not CURRENCY.search(" ".join(pay))


@pytest.mark.parametrize("text", ["Your own colors.", "In grey.", "such as 95,000 euros", "e.g. £60k"])
def test_such_words_would_be_found(text: str) -> None:
    assert UNLIKE.search(text) or CURRENCY.search(text)

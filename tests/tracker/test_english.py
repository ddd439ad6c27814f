"""The user's English: set, or that of the locale, or that of the region."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_tui.domain.format import English
from followup_tui.settings import Settings, load_settings
from followup_tui.tracker.regions import english_of, is_month_first, is_month_first_at, sender_of


@pytest.mark.parametrize(
    ("locale", "zone", "region", "english"),
    [
        ("en_GB.UTF-8", "America/New_York", "US", English.BRITISH),
        ("en_CA", "Europe/Berlin", "", English.CANADIAN),
        ("en_AU.utf8", "Europe/Berlin", "", English.AUSTRALIAN),
        ("en_IN", "Europe/Berlin", "", English.INDIAN),
        ("en_GB@euro", "America/New_York", "", English.BRITISH),
        ("en_IE", "America/New_York", "", English.BRITISH),
        ("en_US.UTF-8", "Europe/Berlin", "DE-BE", English.AMERICAN),
        ("en_DK.UTF-8", "Europe/Copenhagen", "", English.BRITISH),
        ("en", "Europe/London", "", English.BRITISH),
        ("fr_CA.UTF-8", "America/Toronto", "", English.CANADIAN),
        ("de_DE.UTF-8", "America/New_York", "", English.BRITISH),
        ("de_DE.UTF-8", "Europe/Berlin", "US-CA", English.AMERICAN),
        ("C.UTF-8", "America/New_York", "", English.AMERICAN),
        ("C.UTF-8", "US/Pacific", "", English.AMERICAN),
        ("C.UTF-8", "Asia/Manila", "", English.AMERICAN),
        ("C.UTF-8", "Australia/Sydney", "", English.AUSTRALIAN),
        ("C.UTF-8", "America/Toronto", "", English.CANADIAN),
        ("C.UTF-8", "Europe/Berlin", "", English.BRITISH),
        ("C.UTF-8", "Europe/Berlin", "US", English.AMERICAN),
        ("", "America/Chicago", "", English.AMERICAN),
        ("", "UTC", "", English.AMERICAN),
    ],
)
def test_the_english_is_that_of_an_english_locale_or_else_of_the_region(
    monkeypatch: pytest.MonkeyPatch, locale: str, zone: str, region: str, english: English
) -> None:
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setenv("TZ", zone)
    assert english_of(Settings(region=region)) is english
    assert english_of(Settings(region=region, english=English.INDIAN)) is English.INDIAN


@pytest.mark.parametrize("english", English)
def test_letters_and_the_screen_agree_on_the_order_of_dates(english: English) -> None:
    settings = Settings(english=english)
    assert sender_of(settings).english is english
    assert is_month_first(settings) == (english in (English.AMERICAN, English.CANADIAN))


@pytest.mark.parametrize(
    "text",
    [
        "",
        'region = "US"',
        'region = "US-CA"\nname = "Ann"',
        'region="GB"',
        'region = "GB"  # where I live',
        "region = 'US'",
        '  region = "US"',
        '"region" = "US"',
        'region = "U\\u0053"',
        'region = "Atlantis"',
        'region = "XX"',
        'region = "us"',
        'region = ""',
        "region = 1",
        'english = "british"\nregion = "US"',
        'english = "american"',
        'english = "klingon"\nregion = "US"',
        'english = "AMERICAN"',
        'region = "US"\nregion = "GB"',
        'address = """\nregion = "US"\n"""\nregion = "GB"',
        'region = "US"\n[filters]\nenglish = "british"',
        '[filters]\nregion = "US"',
        'days_off = [\n[ "2026-12-24" ]]\nregion = "US"',
        'region = "US"\r\nname = "Ann"\r\n',
        '\ufeffregion = "US"',
        '# region = "US"\n# english = "american"',
        'regional = "US"',
    ],
)
def test_a_glance_at_the_settings_tells_the_order_that_reading_them_tells(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode())
    assert is_month_first_at(file) == is_month_first(load_settings(file)[0])


def test_without_settings_or_where_they_cannot_be_read_the_order_is_the_same_too(tmp_path: Path) -> None:
    for place in (tmp_path / "none.toml", tmp_path):
        assert is_month_first_at(place) == is_month_first(load_settings(place)[0])
    (tmp_path / "settings.toml").write_bytes(b'region = "US" # \xff')
    assert is_month_first_at(tmp_path / "settings.toml") == is_month_first(
        load_settings(tmp_path / "settings.toml")[0]
    )

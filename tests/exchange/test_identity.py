"""Names of companies, roles and towns: which are the same, which could be, and which never are."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.text import could_be_one_company, fold_company
from followup_tui.exchange.sheets.identity import could_be_one_role, could_be_one_town, fold_role, fold_town


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＣＭＥ,  Inc.", "acme inc"),
        ("Acme GmbH", "ACME G.m.b.H."),
        ("Acme Incorporated", "Acme, Inc."),
        ("Nestlé", "NESTLE"),
        ("Ernst & Young", "Ernst and Young"),
        ("AT&T", "A.T.&T."),
        ("O'Reilly", "OReilly"),
        ("Coca-Cola", "Coca Cola"),
        ("Straße AG", "STRASSE AG"),
        ("Ørsted", "Orsted"),
    ],
)
def test_these_companies_are_the_same(one: str, other: str) -> None:
    assert fold_company(one) == fold_company(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Acme", "Acme Inc."), ("The Guardian", "Guardian"), ("Acme", "Acme GmbH & Co. KG")]
)
def test_these_companies_could_be_the_same_but_their_names_do_not_tell(one: str, other: str) -> None:
    assert fold_company(one) != fold_company(other)
    assert could_be_one_company(fold_company(one), fold_company(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme AG", "Acme GmbH"),
        ("Acme", "Acme Holding"),
        ("Müller", "Mueller"),
        ("Beta", "Beta Systems"),
        ("GmbH", "Acme GmbH"),
        ("C Ltd", "C++ Ltd"),
        ("...", "Acme"),
        ("Navona", "Nivona"),
    ],
)
def test_these_companies_are_never_the_same(one: str, other: str) -> None:
    assert not could_be_one_company(fold_company(one), fold_company(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Entwickler (m/w/d)", "Entwickler"),
        ("Entwickler:in", "entwickler"),
        ("Developer (all genders)", "Developer"),
        ("Full-Stack  Developer", "full stack developer"),
        ("Vendeur (H/F)", "Vendeur"),
    ],
)
def test_these_titles_are_the_same(one: str, other: str) -> None:
    assert fold_role(one) == fold_role(other)


@pytest.mark.parametrize(
    ("one", "other", "could"),
    [
        ("Dev", "Developer", True),
        ("Data engineer", "Data engineer II", True),
        ("Software Engineer", "Software Engineer, Backend", True),
        ("Senior Dev", "Dev", False),
        ("Engineer", "Engineering Manager", False),
        ("Engineer I", "Engineer II", False),
        ("Junior Dev", "Senior Dev", False),
        ("C# Developer", "C Developer", False),
        ("Analyst", "Designer", False),
        ("Frontend Dev", "Backend Dev", False),
    ],
)
def test_titles_could_be_the_same_where_one_is_the_other_shortened(one: str, other: str, could: bool) -> None:
    assert could_be_one_role(fold_role(one), fold_role(other)) is could
    assert could_be_one_role(fold_role(other), fold_role(one)) is could


@pytest.mark.parametrize(
    ("one", "other", "could"),
    [
        ("Berlin", "Berlin, Germany", True),
        ("München", "Munchen (hybrid)", True),
        ("Remote", "Calgary", True),
        ("Munich", "München", True),
        ("Wien", "Vienna, Austria", True),
        ("Köln", "Cologne (hybrid)", True),
        ("Zuerich", "Zürich", True),
        ("Milano", "Mailand", True),
        ("Berlin, DE", "Berlin", True),
        ("Milano (MI)", "Milan", True),
        ("Paris", "Paris, TX", False),
        ("Roma", "Rome, GA", False),
        ("Austin", "Austin, TX", True),
        ("Frankfurt (Oder)", "Frankfurt (Main)", False),
        ("Munich", "Münster", False),
        ("Portland, OR", "Portland, ME", False),
        ("Calgary", "Burnaby", False),
    ],
)
def test_towns_could_be_the_same_where_one_says_no_more_than_the_other(one: str, other: str, could: bool) -> None:
    assert (not (one and other) or could_be_one_town(fold_town(one), fold_town(other))) is could


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sr. Engineer", "Senior Engineer", True),
        ("Engineer, Jr.", "Engineer Junior", True),
        ("Sr. Engineer", "Jr. Engineer", False),
        ("Sr Engineer", "Engineer", False),
        ("Engineer II", "Engineer III", False),
        ("Sr. Engineer II", "Senior Engineer III", False),
    ],
)
def test_levels_are_the_same_however_they_are_shortened(one: str, other: str, same: bool) -> None:
    assert (fold_role(one) == fold_role(other)) is same
    assert could_be_one_role(fold_role(one), fold_role(other)) is same

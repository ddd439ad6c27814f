"""The words by which employers are known, and their legal forms."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.legal_forms import is_legal_form, legal_form
from followup_tui.domain.parsing.employer_words import is_employer_word, names_business, names_office


@pytest.mark.parametrize(
    "name",
    [
        "Acme Inc.",
        "Acme, Inc.",
        "acme gmbh",
        "Lowe GmbH & Co. KG",
        "Halden AS",
        "Roble S.L.",
        "Mora SL",
        "Grünwerk e.V.",
    ],
)
def test_a_legal_form_is_found_behind_a_name(name: str) -> None:
    assert legal_form().search(name)
    assert is_legal_form(name.split()[-1])


@pytest.mark.parametrize(
    "text", ["from 2 pm ab", "work as", "Acme Co-op", "Incense", "send your CV", "San Diego Zoo"]
)
def test_other_words_are_no_legal_form(text: str) -> None:
    assert not legal_form().search(text)


def test_a_business_is_known_by_its_first_or_last_word() -> None:
    assert all(map(names_business, ("Hotel Sonne", "Acme Foods", "Konditorei Lang", "Riva Pharmaceuticals")))
    assert not any(map(names_business, ("Sonne", "Foods", "Dana Ruiz", "Staff Biologist")))


def test_an_office_is_called_by_what_its_people_are() -> None:
    assert names_office("Moss & Fern Architects")
    assert not any(map(names_office, ("Architects", "Ingeniero de datos en Iberia Datos", "Moss Fern")))


def test_people_are_no_employers() -> None:
    assert not any(map(is_employer_word, ("Dana", "Ruiz", "Biologist", "Techniker", "Chemist")))

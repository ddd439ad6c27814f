"""The pay, where one works, and columns for two things: what the cells of a row become."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, WorkMode
from followup_tui.domain.model.contact import Contact
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets.importer import plan_import

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def plan(*lines: str) -> ImportPlan:
    """Return the plan of importing these lines into an empty board."""
    source = ImportSource("jobs.csv", "\n".join(lines).encode())
    return plan_import(
        [source], existing=(), now=NOW, zone=ZoneInfo("Europe/Berlin"), first_number=1, take_all=True
    )


def applications(read: ImportPlan) -> list[Application]:
    """Return the applications that go in."""
    assert read.change is not None
    return [edit.after for edit in read.change.edits if isinstance(edit.after, Application)]


def contacts(read: ImportPlan) -> list[tuple[str, str, str]]:
    """Return name, address and number of the people that go in."""
    assert read.change is not None
    made = [edit.after for edit in read.change.edits if isinstance(edit.after, Contact)]
    return [(one.name, one.email, one.phone) for one in made]


@pytest.mark.parametrize("header", ["Gehalt", "Gehaltsvorstellung", "Salary", "Pay?", "$/hr", "Sueldo", "RAL"])
@pytest.mark.parametrize("cell", ["75 T€", "60k", "TVöD E11", "42.000 €"])
def test_a_column_of_the_pay_fills_it_whatever_the_cell_says(header: str, cell: str) -> None:
    (one,) = applications(plan(f"Company;Role;Status;{header}", f"Acme;Dev;Applied;{cell}"))
    assert (one.pay, one.notes) == (cell, "")


def test_several_amounts_are_joined_behind_their_headers() -> None:
    low, both = applications(
        plan("Company;Role;Status;Salary Min;Salary Max", "Acme;Dev;Applied;80k;", "Beta;Dev;Applied;80k;90k")
    )
    assert (low.pay, both.pay) == ("80k", "Salary Min: 80k, Salary Max: 90k")


@pytest.mark.parametrize(
    ("header", "cells", "pay", "notes"),
    [
        ("Base", ["90k", "95k"], "90k", ""),
        ("Rate", ["€60/h", "€70/h"], "€60/h", ""),
        ("Rate", ["4", "5"], "", "Rate: 4"),
        ("Base", ["Leeds", "York"], "", "Base: Leeds"),
        ("Ticket price", ["$20", "$30"], "", "Ticket price: $20"),
    ],
)
def test_a_header_that_may_be_the_pay_is_it_if_its_cells_are_amounts(
    header: str, cells: list[str], pay: str, notes: str
) -> None:
    first, _ = applications(
        plan(
            f"Company;Role;Status;{header}",
            *(f"{c};Dev;Applied;{cell}" for c, cell in zip("AB", cells, strict=True)),
        )
    )
    assert (first.pay, first.notes) == (pay, notes)


@pytest.mark.parametrize(
    ("header", "cell", "mode", "notes"),
    [
        ("Onsite/Remote", "remote", WorkMode.REMOTE, ""),
        ("Modalidad", "Presencial", WorkMode.ONSITE, ""),
        ("Modalidad", "Híbrido", WorkMode.HYBRID, ""),
        ("Homeoffice", "ja", WorkMode.REMOTE, ""),
        ("Homeoffice", "nein", None, "Homeoffice: nein"),
        ("Homeoffice", "2 Tage", None, "Homeoffice: 2 Tage"),
        ("Remote?", "yes", WorkMode.REMOTE, ""),
    ],
)
def test_where_one_works_is_read_or_kept_in_the_notes(
    header: str, cell: str, mode: WorkMode | None, notes: str
) -> None:
    (one,) = applications(plan(f"Company;Role;Status;{header}", f"Acme;Dev;Applied;{cell}"))
    assert (one.work_mode, one.notes) == (mode, notes)


@pytest.mark.parametrize(
    ("cell", "location", "mode"),
    [
        ("remote", "", WorkMode.REMOTE),
        ("Fully remote", "", WorkMode.REMOTE),
        ("vor Ort", "", WorkMode.ONSITE),
        ("Berlin / remote", "Berlin / remote", None),
        ("Remote (Germany)", "Remote (Germany)", None),
        ("Bremen", "Bremen", None),
    ],
)
def test_a_place_that_is_none_is_where_one_works(cell: str, location: str, mode: WorkMode | None) -> None:
    (one,) = applications(plan("Firma;Stelle;Status;Ort", f"Acme;Dev;Applied;{cell}"))
    assert (one.location, one.work_mode) == (location, mode)


def test_a_place_beside_a_column_of_the_work_mode_stays() -> None:
    (one,) = applications(plan("Company;Role;Status;Location;Remote?", "Acme;Dev;Applied;Remote;hybrid"))
    assert (one.location, one.work_mode) == ("Remote", WorkMode.HYBRID)


@pytest.mark.parametrize("header", ["E-Mail / Telefon", "Mail / phone", "Phone & email", "Telefon oder E-Mail"])
def test_one_column_may_hold_addresses_and_numbers(header: str) -> None:
    read = plan(
        f"Firma;Stelle;Status;Ansprechpartner;{header}",
        "Acme;Dev;Interview;Petra Lux;0561 5550112",
        "Beta;Dev;Interview;Ute Keil;ute@beta.example",
        "Corp;Dev;Interview;Jo Arndt;jo@corp.example, +49 561 5550113",
        "Dune;Dev;Interview;;hr@dune.example",
    )
    assert contacts(read) == [
        ("Petra Lux", "", "0561 5550112"),
        ("Ute Keil", "ute@beta.example", ""),
        ("Jo Arndt", "jo@corp.example", "+49 561 5550113"),
        ("", "hr@dune.example", ""),
    ]

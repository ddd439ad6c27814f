"""Finding the one application that somebody means, and telling several at one employer apart."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.errors import NotFound
from followup_tui.tracker.listing import Identity, find

KNOWN: list[Identity] = [
    ("a1b2c3", 1, "Acme", "Site reliability engineer"),
    ("b1b2c3", 2, "Acme", "Data engineer"),
    ("c1b2c3", 3, "Globex", "Data engineer"),
    ("d1b2c3", 4, "Acme Robotics GmbH", ""),
    ("e1b2c3", 5, "Dev House", "Acme integrations"),
]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2", 2),
        ("acme data", 2),
        ("ACME site", 1),
        ("acme data engineer", 2),
        ("glob data", 3),
        ("robotics", 4),
        ("dev house acme", 5),
        ("dev house", 5),
    ],
)
def test_a_part_of_the_role_behind_the_name_tells_which(typed: str, number: int) -> None:
    assert find(typed, KNOWN) == next(one[0] for one in KNOWN if one[1] == number)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("acme", "“acme” could be any of 1 Acme (Site reliability engineer), 2 Acme (Data engineer);"),
        ("acm", "1 Acme (Site reliability engineer), 2 Acme (Data engineer), 4 Acme Robotics GmbH;"),
        ("acme engineer", "1 Acme (Site reliability engineer), 2 Acme (Data engineer);"),
        ("engineer", "No application matches “engineer”"),
        ("data engineer", "No application matches “data engineer”"),
        ("engineer acme", "No application matches “engineer acme”"),
    ],
)
def test_what_could_be_several_names_their_roles_and_a_role_alone_means_nothing(typed: str, said: str) -> None:
    with pytest.raises(NotFound) as refusal:
        find(typed, KNOWN)
    assert said in refusal.value.sentence


def test_a_long_role_is_cut_and_its_marks_are_shown() -> None:
    known = [("a", 1, "Acme", "x" * 90), ("b", 2, "Acme", "\x1b[31mdev")]
    with pytest.raises(NotFound) as refusal:
        find("acme", known)
    assert f"({'x' * 40})" in refusal.value.sentence
    assert "\x1b" not in refusal.value.sentence

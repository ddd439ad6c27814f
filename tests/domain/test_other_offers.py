"""Which offers of other employers an application knows of."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

from conftest import NOW
from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.details import ApplicationDetails, OfferElsewhere, OffersElsewhere

ACME = ApplicationDetails(
    application=Application(
        number=1, company="Acme", role="dev", stage=Stage.THANKED, stage_at=NOW, created_at=NOW
    )
)


def offer(number: int, *, days_ago: int = 0, ended: bool = False, company: str = "") -> OfferElsewhere:
    made_at = NOW - timedelta(days=days_ago)
    return OfferElsewhere(
        made_at, f"{number}", company or f"Company {number}", False, None, NOW if ended else None
    )


def known(*offers: OfferElsewhere) -> list[int]:
    details = OffersElsewhere(offers).known_to(ACME)
    return [int(one.application_id) for one in details.offers_elsewhere]


def test_of_few_offers_all_are_known_but_those_of_the_same_employer() -> None:
    assert known(offer(1), offer(2, days_ago=3, ended=True), offer(3, company="Acme GmbH")) == [2, 1]


def test_of_thousands_the_newest_that_are_open_are_known() -> None:
    open_ones = [offer(number, days_ago=number) for number in range(2_000)]
    assert known(*open_ones) == [*range(9, -1, -1)]
    assert known(*(offer(number, ended=True) for number in range(2_000, 3_000)), *open_ones) == [*range(9, -1, -1)]


def test_an_offer_of_the_same_employer_takes_no_other_one_s_place() -> None:
    others = [offer(number, days_ago=number + 1) for number in range(12)]
    assert known(offer(99, company="Acme GmbH"), *others) == known(*others) == [*range(9, -1, -1)]


def test_an_agency_s_offer_is_of_another_employer() -> None:
    assert known(offer(1, company="Acme")._replace(of_agency=True)) == [1]


def test_two_offers_of_one_moment_are_in_one_order_however_they_are_read() -> None:
    one = offer(1)
    alike = [one, one._replace(day_known=False), one._replace(answer_by=NOW.date())]
    alike += [one._replace(ended_at=NOW), one._replace(ended_at=NOW, accepted_at=NOW)]
    found = {OffersElsewhere(order).known_to(ACME).offers_elsewhere for order in permutations(alike)}
    assert len(found) == 1

"""Whoever was certified before certificates of cycles existed gets theirs, once."""

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from certificates.models import Certificate
from core.models import OutboxMessage
from tests.certifying.living import recertified
from tests.recertifying.living import BODY, LAST, a_holder, certified, noon

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 21, 2025."""
    with time_machine.travel(noon(date(2025, 11, 21)), tick=True):
        yield


def run() -> str:
    """Run the command; give what it says."""
    out = StringIO()
    call_command("certify_cycles", stdout=out)
    return out.getvalue().strip()


def test_each_gets_a_certificate_of_the_cycle_they_are_in_once() -> None:
    nora = a_holder(credits=0)
    assert run() == "namss: 1 issued."
    paper = Certificate.objects.get()
    assert (paper.member, paper.program) == (nora, BODY)
    assert paper.certification == nora.certifications.get()
    assert (paper.valid_from, paper.valid_until) == (date(2022, 6, 1), LAST)
    assert run() == "namss: 0 issued."
    assert not OutboxMessage.objects.filter(kind="cycle_certificate").exists()


def test_who_has_one_or_whose_cycle_is_over_gets_none() -> None:
    nora = a_holder("Nora North")
    recertified(nora)
    over = a_holder("Olga Over", credits=0)
    over.certifications.update(earned_on=date(2019, 6, 1))
    assert run() == "namss: 0 issued."
    assert Certificate.objects.count() == 1


def test_approved_later_they_have_the_next_one_beside_it() -> None:
    nora = a_holder()
    run()
    recertified(nora)
    days = Certificate.objects.order_by("valid_until").values_list(
        "valid_until", flat=True
    )
    assert list(days) == [LAST, date(2028, 12, 1)]


def test_two_credentials_have_one_each() -> None:
    nora = a_holder(credits=0)
    other = certified(a_holder("Olga Ortiz", credits=0), on=date(2024, 3, 1))
    assert run() == "namss: 3 issued."
    assert Certificate.objects.filter(certification=other).count() == 1
    assert Certificate.objects.filter(member=nora).count() == 1

"""What the page of an application says while it waits: for credit, or in vain."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import Member, User
from tests.cast import Cast
from tests.recertifying.living import a_holder, applied, fresh, noon, pays
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "/me/recertify/namss/"
BACK = f"{PLACE}reinstate/"
NOV_28, DEC_9, DEC_2 = date(2025, 11, 28), date(2025, 12, 9), date(2025, 12, 2)
DEC_20, JAN_5 = date(2025, 12, 20), date(2026, 1, 5)


def shown(member: Member, place: str, on: date) -> str:
    """What a page says to its member on a day."""
    with time_machine.travel(noon(on), tick=True):
        assert member.user is not None
        client = open_session(Client(), User.objects.get(pk=member.user.pk))
        answer = client.get(place)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_reinstatement_can_be_paid_while_credit_is_missing(cast: Cast) -> None:
    nora = a_holder(credits=20)
    page = shown(nora, BACK, JAN_5)
    assert "20.0 of 30.0 credits are there." in page
    assert "You can pay now. Report what is missing by Jun 30, 2026." in page
    assert "Pay &amp; reopen, $525.00" in page
    assert "You can submit once your credits are there" not in page


def test_paid_it_says_that_it_waits_for_credit(cast: Cast) -> None:
    row = applied(a_holder(credits=20), JAN_5, "reinstatement")
    pays(row.order, JAN_5)
    page = shown(row.member, BACK, JAN_5)
    assert "Your application is paid and waits for your credits." in page
    assert "Report the credits that are missing: then it goes to review" in page
    assert "Go on to pay" not in page


def test_an_application_still_asks_for_its_credit_first(cast: Cast) -> None:
    page = shown(a_holder(credits=20), PLACE, NOV_28)
    assert "You can submit once your credits are there" in page
    assert "Submit, " not in page


def test_after_its_window_it_says_that_it_waits_in_vain(cast: Cast) -> None:
    row = applied(a_holder(), DEC_20)
    assert "Go on to pay $425.00" in shown(row.member, PLACE, date(2025, 12, 31))
    page = shown(row.member, PLACE, JAN_5)
    assert "It had to be paid by Dec 31, 2025; a cheque dated by then still" in page
    assert "Go on to pay" not in page
    assert "Withdraw application" in page


def test_withdrawing_says_what_becomes_of_all_that_was_paid(cast: Cast) -> None:
    row = applied(a_holder(), NOV_28)
    pays(row.order, DEC_9, dated=DEC_2)
    pays(fresh(row).order, DEC_9, amount="20.00")
    page = shown(row.member, f"{PLACE}{row.pk}/withdraw/", DEC_20)
    assert "is cancelled with it. The $20.00 paid of it becomes your credit." in page
    assert "The $375.00 you paid goes back only when NAMSS refunds it" in page

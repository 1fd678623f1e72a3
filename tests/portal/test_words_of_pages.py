"""What pages say where the words depend on what there is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from certificates.models import Certificate
from core.models import OutboxMessage
from portal.queries.status import checks
from tests.cast import NOW, Cast, a_member, given
from tests.portal.reading import Page
from tests.portal.recording import place

pytestmark = pytest.mark.db


def record(alice: Client, member: object) -> Page:
    """Open somebody's record in Northside."""
    return Page.of(alice.get(f"/p/northside/members/{member}/"))


def test_a_record_offers_what_can_be_done_next(alice: Client, cast: Cast) -> None:
    newcomer = a_member("Nina New", cast.northside)
    offer = "on the assignments page"
    assert f"Renew {offer}" in record(alice, cast.bob.pk).text
    assert f"Assign Membership {offer}" in record(alice, newcomer.pk).text


def test_a_practice_reads_of_mail_that_waits_and_not_of_what_was_dropped(
    alice: Client, cast: Cast
) -> None:
    OutboxMessage.objects.update(state="sent", sent_at=NOW)
    a_digest = {"kind": "renewal_due_administrator", "recipient": cast.alice.email}
    for state in ("waiting", "void"):
        OutboxMessage.objects.create(
            subject_id=uuid4(),
            practice=cast.northside,
            payload={},
            state=state,
            created_at=NOW,
            due_at=NOW,
            **a_digest,
        )
    text = Page.of(alice.get("/p/northside/")).text
    assert text.count("Renewals due") == 1
    assert f"{cast.alice.email}, waiting" in text


def test_staff_read_terms_as_spelled_days(erin: Client, cast: Cast) -> None:
    page = Page.of(erin.get(place(cast.bob)))
    assert "Nov 3, 2024 to Nov 2, 2025" in page.text
    assert "2024-11-03" not in page.text


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (timedelta(minutes=11), "11 minutes"),
        (timedelta(hours=1, minutes=59), "119 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_the_status_page_says_how_long_work_waits(
    cast: Cast, waited: timedelta, words: str
) -> None:
    oldest = Certificate.objects.earliest("issued_at").issued_at
    details = [check.detail for check in checks(now=oldest + waited)]
    assert f"The oldest PDF has waited {words}." in details


@pytest.mark.usefixtures("db")
def test_a_form_without_its_key_is_no_question_of_roles() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/")
    assert answer.status_code == 403
    assert Page.of(answer).h1 == "Load the form again"


def test_a_holder_reads_by_which_day_credit_is_missing(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    given(cast.renewals, cast.lakeview, cast.charlie, today=date(2025, 11, 2))
    holder = signed_in("charlie")
    with time_machine.travel(datetime(2026, 10, 20, 18, tzinfo=UTC)):
        page = Page.of(holder.get("/me/"))
    assert page.h1 == "You have 0.0 of 3.0 CME. 3.0 more by Nov 2, 2026."
    assert "Your renewal date is Nov 3, 2026: 14 days left." in page.text
    with time_machine.travel(datetime(2026, 11, 4, 18, tzinfo=UTC)):
        page = Page.of(holder.get("/me/"))
    assert page.h1 == "You have 0.0 of 3.0 CME. 3.0 more are missing."

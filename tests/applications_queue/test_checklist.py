"""The checklist on the managers' page of an application, computed from the record."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from ce_credits.models import Activity
from portal.queries.application_checks import checklist
from renewals.models import Recertification
from tests.cast import Cast
from tests.portal.statements import statements
from tests.recertifying.living import (
    a_holder,
    a_manager,
    applied,
    earn,
    fresh,
    noon,
    pays,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3 = date(2025, 11, 3)
LIST = "/staff/namss/applications/"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 3, 2025."""
    with time_machine.travel(noon(NOV_3), tick=True):
        yield


@pytest.fixture
def max_(cast: Cast) -> Client:
    """The browser of a manager."""
    return open_session(Client(), a_manager())


@pytest.fixture
def sent(max_: Client) -> Recertification:
    """An application under review."""
    row = applied(a_holder(), NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


def page_of(client: Client, row: Recertification) -> str:
    """What the page of an application says."""
    answer = client.get(f"{LIST}{row.pk}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_page_says_each_line_and_leads_to_each_activity(
    max_: Client, sent: Recertification
) -> None:
    page = page_of(max_, sent)
    assert "Credits: 30.0 of 30.0" in page
    assert "Approved credits: 15.0 of 15.0" in page
    assert "Fee: $375.00 of $375.00" in page
    assert "Paid on Nov 3, 2025, the day that counts. Rule N6." in page
    assert "No membership is on record for Nov 3, 2025." in page
    assert "Answer due between Nov 24 and Dec 1, 2025." in page
    for each in Activity.objects.filter(member=sent.member):
        assert f"/staff/namss/review/{each.pk}/" in page


def test_what_was_refused_since_shows_at_once(
    max_: Client, sent: Recertification
) -> None:
    half = Activity.objects.filter(member=sent.member).order_by("pk").first()
    assert half is not None
    award = half.awards.get()
    half.awards.create(
        sequence=award.sequence + 1,
        on=award.on,
        kind=award.kind,
        title=award.title,
        credits=Decimal(0),
        unit=award.unit,
        approved=award.approved,
        rule=award.rule,
        policy=award.policy,
        explanation="Not accepted",
        reasons=[],
        counts_from=NOV_3,
        decided_by="Rob Reviewer",
        decided_at=noon(NOV_3),
    )
    half.steps.create(
        number=half.version + 1,
        kind="rejected",
        by="Rob Reviewer",
        on=NOV_3,
        at=noon(NOV_3),
    )
    Activity.objects.filter(pk=half.pk).update(state="rejected")
    said = {each.code: each for each in checklist(sent, today=NOV_3).checks}
    assert (said["credits"].found, said["credits"].figure) == ("not_ok", "15.0 of 30.0")
    assert (said["refused_since"].found, said["refused_since"].figure) == ("look", "1")
    page = page_of(max_, sent)
    assert "15.0 are missing." in page
    assert "Not accepted" in page


def test_a_name_changed_since_is_not_in_order(
    max_: Client, sent: Recertification
) -> None:
    member = sent.member
    member.last_name = "South"
    member.save()
    assert "The profile says Nora South now." in page_of(max_, sent)


@pytest.mark.parametrize("count", [2, 40])
def test_as_many_statements_for_few_activities_as_for_many(
    max_: Client, sent: Recertification, count: int
) -> None:
    for _ in range(count):
        earn(sent.member, Decimal("0.25"), approved=True)
    assert len(statements(max_, f"{LIST}{sent.pk}/")) == 13

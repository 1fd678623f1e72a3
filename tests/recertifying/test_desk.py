"""A body's managers: a plain list, a decision, and who is in the society."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import StaffRole
from credentials.models import SocietyMembership
from renewals.models import Recertification
from tests.cast import Cast, a_user
from tests.recertifying.living import (
    BODY,
    a_holder,
    a_manager,
    applied,
    fresh,
    noon,
    pays,
    stands,
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


def test_what_is_submitted_stands_in_a_list_and_is_approved(
    max_: Client, sent: Recertification
) -> None:
    page = max_.get(LIST).content.decode()
    assert "1 application waits for a decision." in page
    place = f"{LIST}{sent.pk}/"
    assert place in page
    shown = max_.get(place).content.decode()
    assert "30.0 of 30.0" in shown
    assert "Jan 1, 2025, rule N3" in shown
    said = {"seen": str(sent.version), "outcome": "approved", "reason": ""}
    assert max_.post(place, said).status_code == 302
    assert fresh(sent).state == "approved"
    assert stands(sent.member, date(2026, 3, 1)) == "good"
    assert "Nothing to decide." in max_.get(LIST).content.decode()


def test_a_request_for_more_time_shows_only_what_it_asks(
    max_: Client, cast: Cast
) -> None:
    row = applied(a_holder(credits=16), NOV_3, "extension")
    shown = max_.get(f"{LIST}{row.pk}/").content.decode()
    assert "16.0 of 15.0" in shown
    assert "Approved credits" not in shown
    assert "Nothing now" in shown


def test_refusing_asks_why_and_an_old_page_decides_nothing(
    max_: Client, sent: Recertification
) -> None:
    place = f"{LIST}{sent.pk}/"
    said = {"seen": str(sent.version), "outcome": "refused", "reason": ""}
    answer = max_.post(place, said)
    assert answer.status_code == 422
    assert "Write why it is refused" in answer.content.decode()
    old = {"seen": "1", "outcome": "refused", "reason": "No proof."}
    assert max_.post(place, old).status_code == 409
    assert fresh(sent).state == "open"
    assert max_.post(place, {**said, "reason": "No proof."}).status_code == 302
    assert fresh(sent).reason == "No proof."


def test_reviewers_do_not_decide_on_applications(
    max_: Client, sent: Recertification
) -> None:
    reviewer = a_user("Rob Reviewer")
    StaffRole.objects.create(user=reviewer, program=BODY, role="reviewer")
    rob = open_session(Client(), reviewer)
    assert rob.get(LIST).status_code == 403
    assert rob.post(f"{LIST}{sent.pk}/", {"outcome": "approved"}).status_code == 403


def test_who_is_in_the_society_is_recorded_and_ended(
    max_: Client, sent: Recertification
) -> None:
    place = f"/staff/namss/members/{sent.member_id}/society/"
    assert place in max_.get(place.removesuffix("society/")).content.decode()
    bad = max_.post(place, {"day": "2025-11-04", "act": "begin"})
    assert bad.status_code == 422
    assert "today or earlier" in bad.content.decode()
    assert max_.post(place, {"day": "2025-11-01", "act": "begin"}).status_code == 302
    assert "since Nov 1, 2025" in max_.get(place).content.decode()
    assert max_.post(place, {"day": "2025-12-31", "act": "end"}).status_code == 302
    assert SocietyMembership.objects.get().until_on == date(2025, 12, 31)
    # It counts to the end of that day.
    said = max_.get(place).content.decode()
    assert "Member of the society since Nov 1, 2025, until Dec 31, 2025." in said

"""A holder asks after a credit on a page of their own; staff answer on theirs (N12)."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import StaffRole
from ce_credits.models import MissingCredit
from ce_credits.rules import Completion
from ce_credits.tasks import look_for_missing_credit
from tests.cast import Cast
from tests.ce.society import certified
from tests.feeds.feeding import BODY, an_item, done_by, taken
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today", "shelf")]
HERE, STAFF = "/me/ce/missing/", "/staff/namss/feed/missing/"


@pytest.fixture(autouse=True)
def holder(cast: Cast) -> None:
    """Bob is certified; the body has an hour of ethics. Erin reviews."""
    StaffRole.objects.create(user=cast.erin, program=BODY, role="reviewer")
    certified(cast.bob)
    an_item()


def says(bob: Client, on: str = "2025-10-02", **more: str) -> Page:
    """Bob says that the hour of a day is missing."""
    facts = {"program": BODY, "item": "ETH-1", "on": on} | more
    return followed(bob, bob.post(HERE, facts))


def test_what_is_not_due_yet_names_the_day_and_the_rule(bob: Client) -> None:
    page = says(bob, "2025-11-13")
    (said,) = page.notices
    assert said == (
        "It is due to appear by Nov 28, 2025 (N12). If it is not there then, we ask "
        "staff for you."
    )
    assert "Not due yet" in page.text


def test_a_conference_names_its_evaluation_s_day_too(bob: Client) -> None:
    an_item("CONF-1", title="The conference", evaluation_deadline=date(2025, 11, 7))
    (said,) = says(bob, item="CONF-1").notices
    assert "by Nov 24, 2025, after its evaluation closes Nov 7, 2025 (N12)" in said


def test_what_is_there_is_said_at_once(bob: Client, cast: Cast) -> None:
    taken(done_by(cast.bob))
    assert says(bob).notices == ["It is there: Ethics for all."]
    assert not MissingCredit.objects.exists()


def test_asking_twice_is_once(bob: Client) -> None:
    first, again = says(bob), says(bob)
    assert first.notices == again.notices
    assert MissingCredit.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"on": "2099-01-01"}, "is still to come"),
        ({"on": "soon"}, "Enter a day such as"),
        ({"item": "NONE"}, "Choose an activity of the catalogue."),
    ],
)
def test_what_can_not_be_used_is_named(
    bob: Client, more: dict[str, str], words: str
) -> None:
    facts = {"program": BODY, "item": "ETH-1", "on": "2025-10-02"} | more
    answer = bob.post(HERE, facts)
    assert answer.status_code == 422
    assert words in Page.of(answer).text


def test_the_catalogue_is_searched_without_losing_the_day(bob: Client) -> None:
    an_item("PRIV-1", title="Privacy")
    page = Page.of(bob.get(f"{HERE}?program=namss&q=priv&on=2025-10-02"))
    assert "Privacy (PRIV-1)" in page.text
    assert "Ethics" not in page.text
    assert page.one("input", name="on").attributes["value"] == "2025-10-02"


def test_staff_see_the_row_that_may_be_it_and_giving_it_answers(
    bob: Client, erin: Client, cast: Cast
) -> None:
    (row,) = taken(
        Completion(
            number="CPCS-1",
            first_name=cast.bob.first_name,
            last_name=cast.bob.last_name,
            code="ETH-1",
            completed_on="2025-10-02",
        )
    )
    page = says(bob)
    assert "CPCS-1" not in page.text
    look_for_missing_credit()
    assert (
        "Missing credit: 1 with staff" in Page.of(erin.get("/staff/namss/feed/")).text
    )
    assert cast.bob.name in Page.of(erin.get(STAFF)).text
    question = MissingCredit.objects.get()
    place = f"{STAFF}{question.pk}/"
    row_place = f"/staff/namss/feed/{row.pk}/"
    assert Page.of(erin.get(place)).one("a", href=row_place).text == "CPCS-1"
    given = {
        "do": "settle",
        "member": str(cast.bob.pk),
        "activity_code": "ETH-1",
        "completed_on": "2025-10-02",
        "minutes": "60",
        "reason": "A mistyped number.",
    }
    followed(erin, erin.post(row_place, given))
    assert "The credit is there" in Page.of(bob.get(f"{HERE}?program=namss")).text
    late = followed(erin, erin.post(place, {"outcome": "found", "reason": "It is."}))
    assert "answered meanwhile" in late.notices[0]


def test_staff_answer_that_nobody_reported_it(
    bob: Client, erin: Client, cast: Cast
) -> None:
    says(bob)
    place = f"{STAFF}{MissingCredit.objects.get().pk}/"
    wrong = erin.post(place, {"outcome": "found", "reason": "It is."})
    assert wrong.status_code == 422
    assert "No credit is there yet." in Page.of(wrong).text
    facts = {"outcome": "not_reported", "reason": "The academy has no record."}
    done = followed(erin, erin.post(place, facts))
    assert done.notices == [f"Answered. A mail tells {cast.bob.name}."]
    page = Page.of(bob.get(f"{HERE}?program=namss"))
    assert "The academy has no record." in page.text

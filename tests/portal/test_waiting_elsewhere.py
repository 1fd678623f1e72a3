"""A queue with nothing left: what waits for staff on other pages."""

import pytest
from django.test import Client

from accounts.models import StaffRole
from ce_credits.models import MissingCredit
from ce_credits.tasks import take_feed
from tests.asked import a_question
from tests.cast import NOW, TODAY, Cast
from tests.ce.reporting import submitted
from tests.ce.society import certified
from tests.feeds.feeding import a_row, an_item
from tests.merging.merging import proved, second_account
from tests.portal.reading import Page
from tests.portal.reviewing import queue

pytestmark = pytest.mark.db
HEAD, HOME = "What waits elsewhere", "/staff/namss/"


def test_an_empty_queue_leads_to_what_waits_elsewhere(erin: Client) -> None:
    assert HEAD not in queue(erin).text
    a_question()
    page = queue(erin)
    assert page.links["1 question waits."] == "/staff/acmss/questions/"
    assert "No activity is left to decide on." in page.text


def test_a_queue_with_something_in_it_says_nothing_of_the_rest(
    erin: Client, cast: Cast
) -> None:
    a_question()
    submitted(cast.bob, title="Oldest", today=TODAY, now=NOW)
    assert HEAD not in queue(erin).text


@pytest.mark.parametrize("role", ["reviewer", "manager"])
def test_each_page_that_the_role_may_open_is_named_with_its_count(
    role: str, erin: Client, cast: Cast
) -> None:
    StaffRole.objects.filter(user=cast.erin).update(role=role)
    StaffRole.objects.create(user=cast.erin, program="namss", role=role)
    certified(cast.bob)
    item = an_item()
    a_row()
    take_feed()
    MissingCredit.objects.create(
        program="namss",
        member=cast.bob,
        item=item,
        on=TODAY,
        due_on=TODAY,
        asked_at=NOW,
        state=MissingCredit.State.OPEN,
    )
    proved(cast.bob, second_account(), program="namss")
    links = Page.of(erin.get(f"{HOME}queue/")).links
    assert links["2 reported completions wait for you to match."] == f"{HOME}feed/"
    assert links["1 missing credit waits for you."] == f"{HOME}feed/missing/"
    reports = links.get("1 report of two accounts waits.")
    assert reports == (f"{HOME}duplicates/" if role == "manager" else None)


def test_another_body_s_questions_wait_for_its_own_staff(erin: Client) -> None:
    a_question("namss")
    assert HEAD not in queue(erin).text

"""A queue with nothing left: what waits for staff on other pages."""

import pytest
from django.test import Client

from tests.asked import a_question
from tests.cast import NOW, TODAY, Cast
from tests.ce.reporting import submitted
from tests.portal.reviewing import queue

pytestmark = pytest.mark.db
HEAD = "What waits elsewhere"


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


def test_another_body_s_questions_wait_for_its_own_staff(erin: Client) -> None:
    a_question("namss")
    assert HEAD not in queue(erin).text

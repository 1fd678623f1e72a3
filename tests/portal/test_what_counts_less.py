"""What brings less than it got says so, when it is sent and on its page (N10, N15)."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.ce.society import certified
from tests.portal.reading import Page
from tests.portal.society import sent
from tests.portal.writing import a_pdf

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
CUT = "one course a cycle counts, the one with the most credit"


def course(bob: Client, title: str, credits: str) -> Page:
    """Submit a college course, and read the page it leads to."""
    typed = {"kind": "college_course", "academic_credits": credits, "title": title}
    answer = sent(bob, "submit", **typed, file=a_pdf())
    assert answer.status_code == 302
    return Page.of(bob.get(answer.headers["Location"]))


def test_a_second_course_of_the_cycle_says_that_it_counts_nothing(
    bob: Client, cast: Cast
) -> None:
    certified(cast.bob)
    first = course(bob, "Health law", "3")
    assert "Submitted. 12.0 CE counts from today." in first.text
    assert "It counts. Staff may still ask for more." in first.text
    second = course(bob, "Statistics", "2")
    assert "counts from today" not in second.text
    assert second.text.count(CUT) == 2
    assert "It is on your record. 8.0 reported, 0.0 applied" in second.text

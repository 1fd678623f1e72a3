"""Odd places, spans, ids and answers of a course are refused in words (bad input)."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Enrolment, Watched, Whereabouts
from tests.cast import Cast
from tests.learning.taking import a_course, enrolled, reads_all

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
Signed = Callable[[str], Client]


@pytest.fixture
def mine(cast: Cast) -> Enrolment:
    return enrolled(cast.bob, a_course())


@pytest.mark.parametrize(
    "data",
    [
        {"second": "NaN"},
        {"second": "sNaN"},
        {"second": "Infinity"},
        {"second": "1e999999999"},
        {"second": "9" * 5000},
        {"second": "1\0"},
        {"spans": "[[0, NaN]]"},
        {"spans": "[[0, Infinity]]"},
        {"spans": "[[0, 1e400]]"},
        {"spans": "[[0, true]]"},
        {"spans": '[["0", "1e999999999"]]'},
        {"spans": f"[[0, {'9' * 5000}]]"},
        {"spans": json.dumps([[n, n + 1] for n in range(10_000)])},
        {"spans": "null"},
        {"spans": '{"0": 1}'},
    ],
)
def test_an_odd_place_is_refused(
    signed_in: Signed, mine: Enrolment, data: dict[str, str]
) -> None:
    where = {"course_id": mine.course_id, "code": "film"}
    answer = signed_in("bob").post(reverse("course_place", kwargs=where), data)
    assert answer.status_code == 422, answer.content
    assert answer.json()["problem"].startswith("Send the ")
    assert not Whereabouts.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"second": "-5"},
        {"second": "1e20"},
        {"spans": "[[-5, 5]]"},
        {"spans": "[[5, 1]]"},
        {"spans": "[[0, 999999999999]]"},
        {"captions": "\0"},
    ],
)
def test_a_place_beyond_the_film_is_its_end_or_its_beginning(
    signed_in: Signed, mine: Enrolment, data: dict[str, str]
) -> None:
    where = {"course_id": mine.course_id, "code": "film"}
    answer = signed_in("bob").post(reverse("course_place", kwargs=where), data)
    assert answer.status_code == 200, answer.content
    assert 0 <= Whereabouts.objects.get().second <= 60
    assert all(0 <= float(a) <= float(b) <= 60 for a, b in Watched.objects.get().spans)


@pytest.mark.parametrize(
    "at", ["NaN", "-1", "1e20", "1e999999", "\0", "<script>", "9" * 5000, "٣"]
)
def test_an_odd_beginning_is_as_if_none_was_asked(
    signed_in: Signed, mine: Enrolment, at: str
) -> None:
    where = {"course_id": mine.course_id, "code": "film"}
    page = signed_in("bob").get(reverse("course_page", kwargs=where), {"at": at})
    assert page.status_code in {200, 400}
    assert "<script>1" not in page.text


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999", "9" * 5000])
def test_a_question_that_is_not_there_is_missing(
    signed_in: Signed, mine: Enrolment, number: str
) -> None:
    reads_all(mine)
    bob = signed_in("bob")
    bob.post(reverse("course_test", kwargs={"course_id": mine.course_id}))
    here = reverse("course_test", kwargs={"course_id": mine.course_id})
    for answer in (
        bob.get(f"{here}{number}/"),
        bob.post(f"{here}{number}/", {"chosen": "0"}),
    ):
        assert answer.status_code == 404

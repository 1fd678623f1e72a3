"""Staff read what evaluations say, from five on, and nobody's by themselves (M3)."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from courses.models import CourseVersion, EvaluationAnswers
from tests.cast import BODY, TODAY, Cast
from tests.learning.taking import a_course

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
Signed = Callable[[str], Client]


@pytest.fixture
def version() -> CourseVersion:
    return a_course(program=BODY, credit_kind="", credit=None)


LAST, THIS = TODAY.replace(month=TODAY.month - 1, day=1), TODAY.replace(day=1)


def said(version: CourseVersion, count: int, month: date = LAST) -> None:
    for n in range(count):
        EvaluationAnswers.objects.create(
            version=version,
            month=month,
            answers={"objectives": 1 + n % 5, "better": f"=word {n}"},
        )


def url(version: CourseVersion, name: str) -> str:
    where = {"program": BODY, "course_id": version.course_id}
    return reverse(f"staff_evaluations{name}", kwargs=where)


def test_four_are_counted_and_not_shown(
    signed_in: Signed, version: CourseVersion, cast: Cast
) -> None:
    said(version, 4)
    page = signed_in("mona").get(url(version, ""))
    assert "4 evaluations" in page.text
    assert "Shown from 5 evaluations on" in page.text
    assert "=word" not in page.text
    file = b"".join(signed_in("mona").get(url(version, "_csv"))).decode("utf-8-sig")
    assert file.split() == ["question,answer,count"]


def test_five_are_shown_in_pictures_tables_and_files(
    signed_in: Signed, version: CourseVersion, cast: Cast
) -> None:
    said(version, 6)
    mona = signed_in("mona")
    page = mona.get(url(version, ""))
    assert page.text.count("<rect") >= 5
    assert "Strongly disagree" in page.text
    assert "=word 3" in page.text
    file = b"".join(mona.get(url(version, "_csv"))).decode("utf-8-sig")
    assert "The course met its learning objectives.,Strongly disagree,2" in file
    assert "'=word 3,1" in file
    book = load_workbook(BytesIO(b"".join(mona.get(url(version, "_xlsx")))))
    assert [cell.value for cell in next(book.worksheets[0].rows)] == [
        "question",
        "answer",
        "count",
    ]


def test_what_is_new_is_not_shown_by_itself(
    today: date, signed_in: Signed, version: CourseVersion, cast: Cast
) -> None:
    mona, before = signed_in("mona"), LAST.replace(month=LAST.month - 1)
    said(version, 5, before)
    for month, count, shown in ((LAST, 4, 5), (THIS, 9, 5), (LAST, 1, 10)):
        said(version, count, month)
        page = mona.get(url(version, "")).text
        assert f"evaluations, {shown} shown" in page


@pytest.mark.parametrize(("who", "status"), [("erin", 403), ("rita", 404)])
def test_managers_of_the_body_alone(
    signed_in: Signed, version: CourseVersion, who: str, status: int
) -> None:
    assert signed_in(who).get(url(version, "")).status_code == status

"""The shortest way names courses that bring a holder what they lack (M1, M5, M8)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Member
from core import public_ids
from courses.models import Course, CourseVersion
from courses.services import earnable_courses
from renewals.models import Licence
from tests.api.asking import Caller
from tests.cast import NOW, TODAY, Cast
from tests.learning.taking import a_course, claims, completed, enrolled
from tests.portal.reading import Page

pytestmark = pytest.mark.db
ONCE = ("ehr", "child_abuse", "implicit_bias")
TITLE = "The shortest way to all of it"


def _course(title: str, credit: str, *topics: str) -> CourseVersion:
    version = a_course(bank="", credit=Decimal(credit), topics=list(topics))
    Course.objects.filter(pk=version.course_id).update(title=title)
    return version


def _all_in_two() -> tuple[CourseVersion, CourseVersion]:
    _course("Burnout in short", "2", "burnout")
    first = _course("Pain and records", "3", "pain_management", *ONCE)
    return first, _course("Risks", "10", "risk_management")


def _shown(own: Caller, licence: Licence) -> list[dict[str, object]]:
    answer = own.get(f"licences/lic_{licence.pk.hex}")
    assert answer.status_code == 200, answer.content
    ways: list[dict[str, object]] = answer.json()["relicensure"]["ways"]
    return ways


def _page(client: Client, licence: Licence) -> str:
    return Page.of(client.get(f"/me/licences/{licence.pk}/")).text


def test_rest_and_the_page_name_the_same_fewest_courses(
    licence: Licence, own: Caller, signed_in: Callable[[str], Client]
) -> None:
    pain, risks = _all_in_two()
    assert _shown(own, licence) == [
        {
            "course": public_ids.spell("crs", pain.course_id),
            "title": "Pain and records",
            "credits": "3.00",
            "requirements": ["pain_management", *ONCE],
        },
        {
            "course": public_ids.spell("crs", risks.course_id),
            "title": "Risks",
            "credits": "10.00",
            "requirements": ["risk_management"],
        },
    ]
    listed = own.get("licences").json()["results"][0]["relicensure"]["ways"]
    assert listed == _shown(own, licence)
    text = _page(signed_in("bob"), licence)
    assert TITLE in text
    assert "10.0 for Risk management" in text
    assert "Burnout in short" not in text
    begun = own.get(f"courses/{listed[1]['course']}")
    assert begun.json()["title"] == "Risks"


@pytest.mark.parametrize("profession", ["CMA", ""])
def test_credit_for_physicians_is_nobody_else_s_way(
    profession: str,
    licence: Licence,
    own: Caller,
    signed_in: Callable[[str], Client],
) -> None:
    pain, risks = _all_in_two()
    Member.objects.filter(pk=licence.member_id).update(profession=profession)
    licence.member.refresh_from_db()
    assert _shown(own, licence) == []
    assert TITLE not in _page(signed_in("bob"), licence)
    for version in (pain, risks):
        earned = claims(completed(enrolled(licence.member, version)))
        assert earned.kind == "attendance"
    text = _page(signed_in("bob"), licence)
    assert "10.0 more hours of Risk management" in text


def test_what_was_claimed_is_no_way_to_more(licence: Licence, own: Caller) -> None:
    pain, risks = _all_in_two()
    claims(completed(enrolled(licence.member, pain)))
    assert [each["title"] for each in _shown(own, licence)] == ["Risks"]
    claims(completed(enrolled(licence.member, risks)))
    assert _shown(own, licence) == []


def test_outside_the_period_there_is_no_way(licence: Licence, own: Caller) -> None:
    _all_in_two()
    for first, last in (
        (TODAY + timedelta(days=1), date(2026, 12, 31)),
        (date(2024, 1, 1), TODAY - timedelta(days=1)),
    ):
        Licence.objects.filter(pk=licence.pk).update(first_on=first, last_on=last)
        assert _shown(own, licence) == []


def test_a_course_brings_what_its_claim_would(cast: Cast, physician: Member) -> None:
    burnout = _course("Burnout", "0.5", "burnout").course_id
    a_course(credit_kind="", credit=None)
    a_course(credit_kind="risk_management_study")
    ended = a_course().course_id
    past = TODAY - timedelta(days=1)
    Course.objects.filter(pk=ended).update(released_on=past, expires_on=past)

    def earnable(member: Member) -> list[tuple[object, object, object]]:
        found = earnable_courses(member=member, program="mms", on=TODAY)
        return [(c.pk, a.credits, a.topics) for c, a in found.items()]

    assert earnable(physician) == [(burnout, Decimal("0.5"), ("burnout",))]
    assert earnable(cast.charlie) == []
    mine = enrolled(physician, CourseVersion.objects.get(course=burnout))
    CourseVersion.objects.create(course=mine.course, number=2)
    CourseVersion.objects.filter(course=burnout, number=2).update(
        replaced={"credit": "0.25"},
        published_on=TODAY,
        published_at=NOW,
        published_by="tests",
    )
    (brought,) = earnable_courses(member=physician, program="mms", on=TODAY).values()
    assert brought.credits == claims(completed(mine)).credits

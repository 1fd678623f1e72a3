"""What may be learnt: found, priced, begun once (M1, M10; J8.1)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from core.failures import NotEligible
from courses.models import Course, Enrolment
from courses.queries import assignment_for
from courses.services import begin_draft, enrol, publish_version
from credentials.services import Choice
from portal.queries.lacking import kinds_towards, lacking_lines
from tests.cast import NOW, TESTER, TODAY, Cast, a_member, a_user, certify, given
from tests.courses.packs import FILES_AT, published
from tests.learning.sitting import own, was_given
from tests.learning.taking import a_course
from tests.signing import open_session

pytestmark = pytest.mark.db
HERE = "/me/learn/"
BURNOUT = "clinician-burnout"
DAY = timedelta(days=1)


def _burnout(**changes: object) -> Course:
    course = published(BURNOUT, "mms").course
    if changes:
        Course.objects.filter(pk=course.pk).update(**changes)
        course.refresh_from_db()
    return course


def _url(course: Course) -> str:
    return reverse("course", kwargs={"course_id": course.pk})


def test_a_price_names_members_and_others(bob: Client, cast: Cast) -> None:
    course = _burnout(member_price=Decimal(15), nonmember_price=Decimal(40))
    page = bob.get(_url(course)).content.decode()
    for words in ("Price for members", "$15.00", "Price for others", "$40.00"):
        assert words in page
    assert "$15.00 for members, $40.00 for others" in bob.get(HERE).content.decode()


def test_what_costs_something_is_not_begun_for_nothing(bob: Client, cast: Cast) -> None:
    course = _burnout(member_price=Decimal(0), nonmember_price=Decimal(40))
    page = bob.get(_url(course)).content.decode()
    assert "For you: $40.00" in page
    answer = bob.post(_url(course))
    assert answer.status_code == 409
    assert "costs $40.00" in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_a_chosen_course_is_no_way_into_what_has_its_own_tile(
    bob: Client, cast: Cast
) -> None:
    course = published("mscat-manual").course
    Course.objects.filter(pk=course.pk).update(nonmember_price=Decimal(40))
    was_given(cast, "continuing-education", Choice(course.slug, course.title))
    course.refresh_from_db()
    assert assignment_for(cast.bob, course) is None


def test_a_free_course_is_begun_once_however_often(bob: Client, cast: Cast) -> None:
    course = _burnout()
    for _ in range(3):
        answer = bob.post(_url(course))
        assert answer.headers["Location"] == f"{_url(course)}what-it-is/"
    assert Enrolment.objects.get().member == cast.bob
    page = bob.get(HERE).content.decode()
    assert "In progress" in page
    assert f'href="{_url(course)}what-it-is/"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?topic=burnout", True),
        ("?topic=ehr", False),
        ("?credit=category_1", True),
        ("?credit=none", False),
        ("?price=free", True),
        ("?price=paid", False),
        ("?program=mms", True),
        ("?program=namss", False),
        ("?program=nobody", False),
    ],
)
def test_the_catalogue_is_looked_through(
    query: str, *, found: bool, bob: Client, cast: Cast
) -> None:
    course = _burnout()
    answer = bob.get(HERE + query)
    assert answer.status_code == 200
    assert (course.title in answer.content.decode()) == found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"released_on": TODAY + DAY}, "opens on"),
        ({"released_on": TODAY - 9 * DAY, "expires_on": TODAY - DAY}, "ended on"),
        ({"withdrawn_on": TODAY}, "was withdrawn"),
    ],
)
def test_what_is_not_open_is_neither_found_nor_begun(
    changes: dict[str, object], words: str, bob: Client, cast: Cast
) -> None:
    course = _burnout(**changes)
    assert course.title not in bob.get(HERE).content.decode()
    assert bob.get(_url(course)).status_code == 404
    assert bob.post(_url(course)).status_code == 404
    with pytest.raises(NotEligible, match=words):
        enrol(
            actor=own(cast.bob),
            assignment=None,
            course=course,
            member=cast.bob,
            today=TODAY,
            now=NOW,
        )


def test_who_is_in_the_middle_keeps_their_version(bob: Client, cast: Cast) -> None:
    course = _burnout()
    bob.post(_url(course))
    draft = begin_draft(actor=TESTER, course=course, now=NOW)
    draft.pages.filter(code="what-it-is").update(title="Another")
    publish_version(
        actor=TESTER, version=draft, files_at=FILES_AT, today=TODAY, now=NOW
    )
    assert Enrolment.objects.get().version.number == 1
    bob.post(_url(course))
    assert Enrolment.objects.get().version.number == 1
    later = enrol(
        actor=own(cast.charlie),
        assignment=None,
        course=course,
        member=cast.charlie,
        today=TODAY,
        now=NOW,
    )
    assert later.version.number == 2


def test_each_line_that_is_missing_leads_to_courses_that_bring_it(
    today: date, cast: Cast
) -> None:
    nia = a_member("Nia North", cast.northside, user=a_user("Nia North"))
    assert nia.user is not None
    certify(nia)
    given(cast.membership, cast.northside, nia, today=TODAY - 90 * DAY)
    hers = open_session(Client(), nia.user)
    page = hers.get(reverse("me")).content.decode()
    assert "CME missing: <a" in page
    place = "/me/learn/?program=acmss&amp;requirement=total"
    assert f'href="{place}"' in page
    kind = min(kinds_towards("total", "acmss", TODAY))
    brings = a_course(program="acmss", credit_kind=kind).course
    listed = hers.get(place.replace("&amp;", "&")).content.decode()
    assert brings.title in listed
    Course.objects.filter(pk=brings.pk).update(credit_kind="", credit=None)
    listed = hers.get(place.replace("&amp;", "&")).content.decode()
    assert brings.title not in listed


@pytest.mark.parametrize(
    ("missing", "approved", "asked"),
    [("3", "0", ["total"]), ("3", "1", ["total", "approved"]), ("0", "0", [])],
)
def test_a_cycle_links_each_of_its_missing_lines(
    missing: str, approved: str, asked: list[str]
) -> None:
    found = lacking_lines("namss", "credits", Decimal(missing), Decimal(approved))
    assert [url.rpartition("=")[2] for _, url in found] == asked


def test_approved_credit_is_brought_by_approved_kinds_alone() -> None:
    total = set(kinds_towards("total", "namss", TODAY))
    approved = set(kinds_towards("approved", "namss", TODAY))
    assert approved
    assert approved < total

"""HIPAA and one MSCAT earn the credential, once, with number and proof (A14)."""

import pytest

from accounts.models import Member
from courses.models import Attempt
from courses.services import earn_by_exams, exams_to_look_at
from courses.tasks import earn
from credentials.models import Certification, Window
from credentials.services import ALL_ALIKE
from tests.cast import NOW, TODAY, Cast, a_member, a_user, given
from tests.learning.sitting import SKIN, sat, was_given

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def looked_at(attempt: Attempt) -> list[str]:
    earned = earn_by_exams(attempt_id=attempt.pk, today_in=lambda _: TODAY, now=NOW)
    return [each.code for each in earned]


def someone(cast: Cast) -> Member:
    """Nina works at Northside, and holds no credential yet."""
    return a_member("Nina North", cast.northside, user=a_user("Nina North"))


def test_hipaa_and_one_mscat_earn_it_with_number_and_proof(cast: Cast) -> None:
    nina = someone(cast)
    first = sat(was_given(cast, "hipaa", to=nina), right=25)
    assert looked_at(first) == []
    second = sat(was_given(cast, "mscat-assessment", to=nina), right=24)
    assert looked_at(second) == ["CMSS"]
    row = Certification.objects.get(member=nina)
    assert row.earned_on == TODAY
    assert row.number
    assert "HIPAA for Scribes, 100 %, Nov 17, 2025" in row.proof
    assert "80 %" in row.proof
    assert not Window.objects.filter(member=nina).exists(), "the term starts later"


def test_a_specialty_counts_as_the_one_mscat(cast: Cast) -> None:
    nina = someone(cast)
    sat(was_given(cast, "specialty", SKIN, to=nina), right=8)
    assert looked_at(sat(was_given(cast, "hipaa", to=nina), right=20)) == ["CMSS"]


def test_a_second_mscat_earns_nothing_again(cast: Cast) -> None:
    nina = someone(cast)
    last = [
        sat(was_given(cast, code, choice, to=nina), right=25)
        for code, choice in (
            ("hipaa", ALL_ALIKE),
            ("mscat-assessment", ALL_ALIKE),
            ("specialty", SKIN),
        )
    ]
    assert looked_at(last[1]) == ["CMSS"]
    assert looked_at(last[1]) == []
    assert looked_at(last[2]) == []
    assert Certification.objects.filter(member=nina).count() == 1


def test_a_failed_exam_earns_nothing(cast: Cast) -> None:
    nina = someone(cast)
    sat(was_given(cast, "mscat-assessment", to=nina), right=23)
    assert looked_at(sat(was_given(cast, "hipaa", to=nina), right=20)) == []
    assert not Certification.objects.filter(member=nina).exists()


def test_the_worker_looks_once_at_what_was_passed(cast: Cast) -> None:
    nina = someone(cast)
    for code in ("hipaa", "mscat-assessment"):
        sat(was_given(cast, code, to=nina), right=25)
    assert len(exams_to_look_at(most=9)) == 2
    earn()
    assert exams_to_look_at(most=9) == []
    assert [each.code for each in Certification.objects.filter(member=nina)] == ["CMSS"]
    earn()


def test_the_membership_assigned_afterwards_begins_the_term(cast: Cast) -> None:
    nina = someone(cast)
    for code in ("hipaa", "mscat-assessment"):
        sat(was_given(cast, code, to=nina), right=25)
    earn()
    given(cast.membership, cast.northside, nina)
    assert Window.objects.get(member=nina).first_on == TODAY

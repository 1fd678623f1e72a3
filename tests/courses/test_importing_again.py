"""A ZIP for a course that people read: what is said of it changes with publishing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from core import public_ids
from core.failures import NotUsable, Stale
from core.models import AuditEntry
from courses.models import Course, CourseVersion, Enrolment, EvaluationGiven
from courses.queries import facts_of, learnt_facts
from courses.queries.written import seen_draft
from courses.services import (
    change_course,
    discard_draft,
    export_course,
    publish_version,
)
from portal.queries.learn_course import course_page
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.courses.packs import FILES_AT, contents, packed, published, taken_in
from tests.learning.taking import SOCIETY, claims, enrolled

pytestmark = pytest.mark.db
BURNOUT, FACTS = "clinician-burnout", "course.toml"


def _said_otherwise(*said: tuple[bytes, bytes], sample: str) -> CourseVersion:
    files = contents(sample)
    for old, new in said:
        assert old in files[FACTS]
        files[FACTS] = files[FACTS].replace(old, new, 1)
    program = SOCIETY if sample == BURNOUT else BODY
    return taken_in(packed(files), program)


def _publish(draft: CourseVersion) -> CourseVersion:
    return publish_version(
        actor=TESTER, version=draft, files_at=FILES_AT, today=TODAY, now=NOW
    )


def _twice_the_credit() -> CourseVersion:
    more, named = (b"0.50", b"1.00"), (b'title = "', b'title = "New: ')
    return _said_otherwise(more, named, sample=BURNOUT)


def _done(member: Member, version: CourseVersion) -> Enrolment:
    """Somebody's enrolment, with nothing left but to claim."""
    member.profession = "MD"
    member.save()
    mine = enrolled(member, version)
    Enrolment.objects.filter(pk=mine.pk).update(completed_at=NOW)
    EvaluationGiven.objects.create(enrolment=mine, on=TODAY)
    return mine


def test_nothing_of_a_course_changes_before_its_draft_is_published(cast: Cast) -> None:
    course = published(BURNOUT, SOCIETY).course
    before = facts_of(course)
    draft = _twice_the_credit()
    assert facts_of(Course.objects.get()) == before
    assert draft.facts is not None
    assert {*draft.facts} == {"title", "credit"}
    _publish(draft)
    after = facts_of(Course.objects.get())
    assert (after.credit, after.title) == (Decimal(1), f"New: {before.title}")
    assert AuditEntry.objects.filter(action="course.changed").count() == 1


def test_a_draft_thrown_away_changes_nothing(cast: Cast) -> None:
    before = facts_of(published(BURNOUT, SOCIETY).course)
    discard_draft(actor=TESTER, version=_twice_the_credit(), now=NOW)
    assert facts_of(Course.objects.get()) == before
    assert not AuditEntry.objects.filter(action="course.changed").exists()


def test_a_draft_given_out_says_what_it_will_change(cast: Cast) -> None:
    published(BURNOUT, SOCIETY)
    out = dict(export_course(version=_twice_the_credit()))
    assert b'title = "New: ' in out[FACTS]


def test_who_is_in_the_middle_claims_what_was_stated_of_their_version(
    cast: Cast,
) -> None:
    first = published(BURNOUT, SOCIETY)
    mine = _done(cast.bob, first)
    theirs = _done(cast.charlie, _publish(_twice_the_credit()))
    earned = claims(mine)
    assert earned.credits == Decimal("0.5")
    assert earned.activity is not None
    assert earned.activity.title == first.course.title
    assert claims(theirs).credits == Decimal(1)


def _corrected(credit: str) -> None:
    """Correct the credit among the course's facts, where it holds at once."""
    course = Course.objects.get()
    facts = replace(facts_of(course), credit=Decimal(credit))
    change_course(actor=TESTER, course=course, facts=facts, today=TODAY, now=NOW)


def test_what_no_later_version_stated_is_the_course_s_own_as_it_is(cast: Cast) -> None:
    first = published(BURNOUT, SOCIETY)
    mine = _done(cast.bob, first)
    _publish(_said_otherwise((b'title = "', b'title = "New: '), sample=BURNOUT))
    _corrected("0.25")
    stated = learnt_facts(Enrolment.objects.get(pk=mine.pk))
    assert (stated.title, stated.credit) == (first.course.title, Decimal("0.25"))


def test_what_is_shown_to_who_learns_it_is_what_they_can_claim(cast: Cast) -> None:
    mine = _done(cast.bob, published(BURNOUT, SOCIETY))
    _publish(_twice_the_credit())
    shown, others = (
        dict(course_page(each, Course.objects.get(), TODAY).facts)["Credit"]
        for each in (cast.bob, cast.charlie)
    )
    assert shown == "0.5 AMA PRA Category 1 Credit"
    assert others == "1.0 AMA PRA Category 1 Credit"
    assert claims(mine).credits == Decimal("0.5")


def test_what_is_said_over_rest_is_what_they_can_claim(
    signed_in: Callable[[str], Client], today: date, cast: Cast
) -> None:
    mine = _done(cast.bob, published(BURNOUT, SOCIETY))
    _publish(_twice_the_credit())
    place = f"/api/v1/me/courses/{public_ids.spell('crs', mine.course_id)}"
    assert signed_in("bob").get(place).json()["credit"] == "0.50"
    assert signed_in("charlie").get(place).json()["credit"] == "1.00"


def test_a_fact_corrected_meanwhile_has_publishing_look_again(cast: Cast) -> None:
    published(BURNOUT, SOCIETY)
    draft = _twice_the_credit()
    seen = seen_draft(draft)
    _corrected("0.25")
    draft = CourseVersion.objects.get(pk=draft.pk)
    place: dict[str, Any] = {"version": draft, "files_at": FILES_AT, "seen": seen}
    with pytest.raises(Stale):
        publish_version(actor=TESTER, **place, today=TODAY, now=NOW)


def test_the_draft_s_page_lists_what_publishing_changes(
    mona: Client, cast: Cast
) -> None:
    published()
    draft = _said_otherwise(
        (b'title = "', b'title = "New: '), sample="hipaa-for-scribes"
    )
    place = {"program": BODY, "version_id": draft.pk}
    page = mona.get(reverse("staff_version", kwargs=place)).content.decode()
    assert "What publishing changes of the course" in page
    assert "→ New: " in page


def test_a_fact_that_can_t_be_is_refused_when_it_is_taken_in(cast: Cast) -> None:
    published(BURNOUT, SOCIETY)
    with pytest.raises(NotUsable, match="none of"):
        _said_otherwise((b'topics = ["', b'topics = ["magic", "'), sample=BURNOUT)

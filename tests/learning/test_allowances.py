"""Staff allow another try of a test, and extended time, with a reason (M3, A14)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from core.actor import Actor
from core.failures import NotEligible, NotUsable
from core.models import AuditEntry
from courses.models import Allowance, Course, Enrolment
from courses.queries.allowances import extended_percent
from courses.queries.course_tests import course_test_of, why_no_test
from courses.services import (
    allow_another_try,
    begin_attempt,
    begin_test,
    extend_time,
)
from credentials.policy import day_words
from portal.queries import allowances
from portal.queries.allowances import allowed_words, used_up_in
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, a_user
from tests.learning.sitting import own, was_given
from tests.learning.taking import SOCIETY, a_course, enrolled, reads_all, sits
from tests.merging.merging import merged, proved, second_account, undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
Signed = Callable[[str], Client]
WHY = "Her connection broke off twice."


def used_up(member: Member, program: str = SOCIETY) -> Enrolment:
    """Somebody who failed a course's test as often as it can be taken."""
    mine = enrolled(member, a_course(program=program, credit_kind="", credit=None))
    reads_all(mine)
    for _ in range(2):
        assert not sits(mine, right=0).passed
    return mine


def allowed(mine: Enrolment, actor: Actor = TESTER, reason: str = WHY) -> Allowance:
    """Allow another try."""
    return allow_another_try(
        actor=actor, enrolment=mine, reason=reason, today=TODAY, now=NOW
    )


def extended(
    member: Member,
    percent: int,
    program: str = BODY,
    *,
    actor: Actor = TESTER,
    now: datetime = NOW,
) -> Allowance | None:
    """Give more time."""
    return extend_time(
        actor=actor,
        member=member,
        program=program,
        percent=percent,
        reason=WHY,
        today=TODAY,
        now=now,
    )


def test_who_used_up_the_tries_takes_the_test_once_more(cast: Cast) -> None:
    mine = used_up(cast.bob)
    with pytest.raises(NotEligible, match="as often as it can be taken"):
        sits(mine, right=2)
    made = allowed(mine)
    assert (made.nth, made.reason) == (3, WHY)
    entry = AuditEntry.objects.get(action="course.try_allowed")
    assert (entry.member_id, entry.reason) == (cast.bob.pk, WHY)
    assert sits(mine, right=2).passed


def test_no_try_is_allowed_of_a_course_that_ended(cast: Cast) -> None:
    mine = used_up(cast.bob)
    Course.objects.update(expires_on=TODAY)
    with pytest.raises(NotEligible, match="ended on"):
        allow_another_try(
            actor=TESTER,
            enrolment=Enrolment.objects.get(pk=mine.pk),
            reason=WHY,
            today=TODAY + timedelta(days=1),
            now=NOW,
        )
    assert not Allowance.objects.exists()


def test_who_used_up_the_tries_is_named_in_three_statements(
    cast: Cast, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    mine = used_up(cast.bob)
    for member in (cast.charlie, a_member("Hal Once", None, user=a_user("Hal Once"))):
        theirs = enrolled(member, mine.version)
        reads_all(theirs)
        for _ in range(2 if member == cast.charlie else 1):
            sits(theirs, right=0)
    # How many there are, whom one page names, and their names.
    with django_assert_num_queries(3):
        named = used_up_in(mine.course).people
    assert {name for name, _ in named} == {cast.bob.name, cast.charlie.name}
    allowed(mine)
    assert [name for name, _ in used_up_in(mine.course).people] == [cast.charlie.name]


def test_many_who_used_up_the_tries_are_named_a_page_at_a_time(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    monkeypatch.setattr("portal.queries.allowances.PAGE_SIZE", 1)
    mine = used_up(cast.bob)
    theirs = enrolled(cast.charlie, mine.version)
    reads_all(theirs)
    for _ in range(2):
        sits(theirs, right=0)
    pages = []
    for number in (1, 2):
        with django_assert_num_queries(3):
            pages.append(used_up_in(mine.course, number))
    assert [len(each.people) for each in pages] == [1, 1]
    assert {name for each in pages for name, _ in each.people} == {
        cast.bob.name,
        cast.charlie.name,
    }
    assert pages[0].pager.next_url == "?page=2"
    assert not pages[1].pager.next_url


def test_sent_twice_it_is_one_try(cast: Cast) -> None:
    mine = used_up(cast.bob)
    allowed(mine)
    with pytest.raises(NotEligible, match="a try left"):
        allowed(mine)
    assert Allowance.objects.count() == 1


def test_who_passed_has_nothing_to_take_again(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    reads_all(mine)
    sits(mine, right=2)
    with pytest.raises(NotEligible, match="passed"):
        allowed(mine)


def test_nobody_allows_themselves_anything_and_nothing_without_a_reason(
    cast: Cast,
) -> None:
    mine = used_up(cast.bob)
    with pytest.raises(NotEligible):
        allowed(mine, actor=own(cast.bob))
    with pytest.raises(NotUsable, match="Write why"):
        allowed(mine, reason=" ")


def test_extended_time_holds_from_the_next_exam_and_test_on(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    reads_all(mine)
    usual = begin_test(actor=own(cast.bob), enrolment=mine, today=TODAY, now=NOW)
    assert usual.ends_at - usual.started_at == timedelta(minutes=30)
    extended(cast.bob, 50, SOCIETY)
    usual.refresh_from_db()
    assert usual.ends_at - usual.started_at == timedelta(minutes=30)
    other = enrolled(cast.bob, a_course())
    reads_all(other)
    longer = begin_test(actor=own(cast.bob), enrolment=other, today=TODAY, now=NOW)
    assert longer.ends_at - longer.started_at == timedelta(minutes=45)


def test_an_exam_is_as_much_longer(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    extended(cast.bob, 25)
    attempt = begin_attempt(
        actor=own(cast.bob), assignment=given, sworn=True, today=TODAY, now=NOW
    )
    minutes = (attempt.ends_at - attempt.started_at) / timedelta(minutes=1)
    extended(cast.bob, 0)
    assert minutes % 5 == 0
    assert minutes * 100 % 125 == 0


def test_the_same_time_again_changes_nothing(cast: Cast) -> None:
    assert extended(cast.bob, 50) is not None
    assert extended(cast.bob, 50) is None
    assert AuditEntry.objects.filter(action="exam.time_extended").count() == 1
    with pytest.raises(NotUsable, match="0 to 300"):
        extended(cast.bob, 301)


def test_what_was_allowed_moves_with_its_person(cast: Cast) -> None:
    mine, second = used_up(cast.bob), second_account()
    allowed(mine)
    extended(cast.bob, 50, SOCIETY)
    row = merged(cast, proved(second, cast.bob), second)
    assert {each.member_id for each in Allowance.objects.all()} == {second.pk}
    undone(cast, row)
    assert {each.member_id for each in Allowance.objects.all()} == {cast.bob.pk}


def test_more_time_saved_once_two_accounts_are_merged_is_the_kept_record_s(
    cast: Cast,
) -> None:
    extended(cast.bob, 50)
    second = second_account()
    # As it was read before the merge, by whoever writes then.
    stale = Member.objects.get(pk=cast.bob.pk)
    merged(cast, proved(second, cast.bob), second)
    made = extended(stale, 75, now=NOW + timedelta(minutes=1))
    assert made is not None
    assert made.member_id == second.pk
    assert extended_percent(second.pk, BODY) == 75
    entry = AuditEntry.objects.filter(action="exam.time_extended").latest("pk")
    assert (entry.member_id, entry.changes) == (second.pk, {"percent": [50, 75]})
    # Ended under the old record, it is ended; and nobody gives themselves any.
    assert extended(stale, 0, now=NOW + timedelta(minutes=2)) is not None
    assert extended_percent(second.pk, BODY) == 0
    with pytest.raises(NotEligible):
        extended(stale, 25, actor=own(second))


def test_a_manager_allows_both_on_a_page(
    signed_in: Signed, cast: Cast, today: date
) -> None:
    mona, bob = signed_in("mona"), signed_in("bob")
    mine = used_up(cast.bob, BODY)
    place = {"program": BODY, "member_id": cast.bob.pk}
    url = reverse("staff_allowances", kwargs=place)
    course = {"program": BODY, "course_id": mine.course_id}
    listed = mona.get(reverse("staff_course", kwargs=course)).content.decode()
    assert url in listed
    assert "Allow another try" in mona.get(url).content.decode()
    sent = {"act": "try", "enrolment": str(mine.pk), "reason": ""}
    assert mona.post(url, sent).status_code == 422
    assert mona.post(url, sent | {"reason": WHY}).status_code == 302
    again = mona.post(url, sent | {"reason": WHY})
    assert (again.status_code, "a try left" in again.content.decode()) == (409, True)
    time = {"act": "time", "percent": "50", "reason": WHY}
    assert mona.post(url, time).status_code == 302
    page = mona.get(url).content.decode()
    assert "50 % more time in exams and tests." in page
    assert "Try 3 of the test of" in page
    test = {"course_id": mine.course_id}
    shown = bob.get(reverse("course_test", kwargs=test)).content.decode()
    assert "1 of 3" in shown


def test_what_is_said_of_another_try_names_the_day_it_waits_for(
    signed_in: Signed, cast: Cast, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = used_up(cast.bob, BODY)
    test = course_test_of(mine, TODAY)
    assert test
    waits = replace(test, wait_days=2)
    monkeypatch.setattr(allowances, "course_test_of", lambda *_: waits)
    url = reverse(
        "staff_allowances", kwargs={"program": BODY, "member_id": cast.bob.pk}
    )
    sent = {"act": "try", "enrolment": str(mine.pk), "reason": WHY}
    said = signed_in("mona").post(url, sent, follow=True).content.decode()
    again = day_words(TODAY + timedelta(days=2))
    assert f"can take the test once more, from {again} on." in said
    more = replace(waits, attempts=3)
    tries = list(mine.attempts.order_by("nth"))
    assert why_no_test(more, tries, TODAY).endswith(f"from {again} on.")


def test_another_try_after_the_waiting_days_is_said_without_a_day(cast: Cast) -> None:
    mine = used_up(cast.bob, BODY)
    later = TODAY + timedelta(days=400)
    assert allowed_words(mine, later).endswith("can take the test once more.")


def test_somebody_elses_enrolment_is_not_found(
    signed_in: Signed, cast: Cast, today: date
) -> None:
    theirs = used_up(cast.charlie, BODY)
    url = reverse(
        "staff_allowances", kwargs={"program": BODY, "member_id": cast.bob.pk}
    )
    sent = {"act": "try", "enrolment": str(theirs.pk), "reason": WHY}
    assert signed_in("mona").post(url, sent).status_code == 404

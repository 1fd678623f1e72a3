"""What two accounts of one person learn, once they are one, and two again (M1)."""

import contextlib
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.queries import credits_by_member
from core.failures import Stale
from core.models import AuditEntry
from courses.models import CourseCredit, Enrolment
from portal.queries.merging import one_duplicate
from tests.cast import NOW, TODAY, Cast, a_member, a_user
from tests.ce.reporting import decided
from tests.learning.taking import a_course, claims, completed, enrolled
from tests.merging.merging import everything, merged, proved, second_account, undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
NOTHING, ONE = Decimal(0), Decimal(1)


def test_credit_that_one_of_them_claimed_is_not_claimed_again(cast: Cast) -> None:
    version, second = a_course(), second_account()
    Member.objects.filter(pk__in=[cast.bob.pk, second.pk]).update(profession="MD")
    cast.bob.refresh_from_db()
    second.refresh_from_db()
    earned = claims(completed(enrolled(cast.bob, version)))
    theirs = completed(enrolled(second, version))
    row = merged(cast, proved(second, cast.bob), second)
    assert claims(theirs) == earned
    assert Activity.objects.filter(program="mms").count() == 1
    assert CourseCredit.objects.get().member_id == second.pk
    undone(cast, row)
    assert CourseCredit.objects.get().member_id == cast.bob.pk


def counts(member: Member) -> Decimal:
    """What counts for somebody at the end of the day."""
    credits = credits_by_member([member.pk], "mms")[member.pk]
    return sum((each.credits for each in credits if each.counts_as_of(TODAY)), NOTHING)


def both_claimed(cast: Cast) -> Member:
    """Bob's second account, which claimed the same course a minute after the first."""
    version, second = a_course(), second_account()
    Member.objects.filter(pk__in=[cast.bob.pk, second.pk]).update(profession="MD")
    for minute, member in enumerate((cast.bob, second)):
        member.refresh_from_db()
        mine = completed(enrolled(member, version))
        claims(mine, now=NOW + timedelta(minutes=minute))
    return second


@pytest.mark.parametrize("keeps_second", [False, True])
def test_credit_that_both_claimed_counts_once_after_a_merge(
    cast: Cast,
    keeps_second: bool,  # noqa: FBT001
) -> None:
    second = both_claimed(cast)
    assert (counts(cast.bob), counts(second)) == (ONE, ONE)
    row = proved(cast.bob, second)
    said = one_duplicate(row, None, now=NOW).counted_once
    assert "Both earned the credit of Burnout" in said[0]
    kept = second if keeps_second else cast.bob
    merged(cast, row, kept)
    assert counts(kept) == 1
    later = CourseCredit.objects.latest("at").activity
    assert later is not None
    newest = later.awards.order_by("-sequence")[0]
    assert (newest.credits, newest.rule) == (NOTHING, "M1")
    assert AuditEntry.objects.get(action="ce.set_aside").subject_id == later.pk


def test_undoing_the_merge_puts_back_what_was_set_aside(cast: Cast) -> None:
    second = both_claimed(cast)
    row = merged(cast, proved(cast.bob, second), cast.bob)
    undone(cast, row)
    assert (counts(cast.bob), counts(second)) == (ONE, ONE)
    assert len(everything(second)["CreditAward"]) == 3
    assert AuditEntry.objects.filter(action="ce.taken_up").count() == 1


def test_what_staff_refuse_while_it_is_set_aside_never_counts_again(cast: Cast) -> None:
    second = both_claimed(cast)
    row = merged(cast, proved(cast.bob, second), cast.bob)
    later = CourseCredit.objects.latest("at").activity
    assert later is not None
    later.refresh_from_db()
    decided(later, "rejected")
    assert counts(cast.bob) == ONE
    undone(cast, row)
    assert (counts(cast.bob), counts(second)) == (ONE, NOTHING)


def test_what_staff_accept_while_it_is_set_aside_still_counts_once(cast: Cast) -> None:
    second = both_claimed(cast)
    merged(cast, proved(cast.bob, second), cast.bob)
    later = CourseCredit.objects.latest("at").activity
    assert later is not None
    later.refresh_from_db()
    with contextlib.suppress(Stale):
        decided(later, "accepted")
    assert counts(cast.bob) == ONE


def claimed_in_order() -> list[Activity]:
    """The activities of the claims, the earlier first."""
    claimed = CourseCredit.objects.order_by("at")
    return [claim.activity for claim in claimed if claim.activity]


def test_the_later_claim_counts_once_staff_refuse_the_first(cast: Cast) -> None:
    second = both_claimed(cast)
    merged(cast, proved(cast.bob, second), cast.bob)
    first, later = claimed_in_order()
    decided(first, "rejected")
    assert counts(cast.bob) == ONE
    newest = later.awards.order_by("-sequence")[0]
    assert (newest.credits, newest.counts_from) == (ONE, TODAY)
    assert AuditEntry.objects.get(action="ce.taken_up").subject_id == later.pk


def test_the_later_claim_is_set_aside_once_staff_accept_the_first_anew(
    cast: Cast,
) -> None:
    second = both_claimed(cast)
    merged(cast, proved(cast.bob, second), cast.bob)
    first, later = claimed_in_order()
    decided(first, "rejected")
    first.refresh_from_db()
    decided(first, "accepted")
    assert counts(cast.bob) == ONE
    newest = later.awards.order_by("-sequence")[0]
    assert (newest.credits, newest.rule) == (NOTHING, "M1")
    first.refresh_from_db()
    decided(first, "returned")
    assert counts(cast.bob) == ONE


def test_nothing_counts_once_staff_refused_both(cast: Cast) -> None:
    second = both_claimed(cast)
    merged(cast, proved(cast.bob, second), cast.bob)
    first, later = claimed_in_order()
    decided(later, "rejected")
    decided(first, "rejected")
    assert counts(cast.bob) == NOTHING
    later.refresh_from_db()
    decided(later, "accepted")
    assert counts(cast.bob) == ONE
    first.refresh_from_db()
    decided(first, "accepted")
    assert counts(cast.bob) == ONE


def test_a_third_account_that_claimed_it_too_counts_nothing_more(cast: Cast) -> None:
    second = both_claimed(cast)
    merged(cast, proved(cast.bob, second), cast.bob)
    later = NOW + timedelta(days=1, minutes=1)
    when = {"today": later.date(), "now": later}
    third = a_member("Bob B. Baker", None, user=a_user("Bob B. Baker"))
    third.profession = "MD"
    third.save()
    course = CourseCredit.objects.all()[0].version
    claims(completed(enrolled(third, course)), now=later)
    merged(cast, proved(third, cast.bob, now=later), third, **when)
    chains = credits_by_member([third.pk], "mms")[third.pk]
    assert sum(each.credits for each in chains if each.counts_as_of(later.date())) == 1


def test_a_course_goes_back_along_the_way_it_came(cast: Cast) -> None:
    first = enrolled(cast.bob, a_course())
    second = second_account()
    third = a_member("Bob B. Baker", None, user=a_user("Bob B. Baker"))
    merged(cast, proved(second, cast.bob), second)
    later = NOW + timedelta(days=1, minutes=1)
    when = {"today": later.date(), "now": later}
    row = merged(cast, proved(third, second, now=later), third, **when)
    assert Enrolment.objects.get(pk=first.pk).member_id == third.pk
    undone(cast, row, **when)
    assert Enrolment.objects.get(pk=first.pk).member_id == second.pk

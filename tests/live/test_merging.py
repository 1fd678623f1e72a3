"""What two accounts of one person come to live, once they are one, and two again."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Member
from ce_credits.models import Activity
from courses.models import LiveRegistration
from courses.queries.live import registration_of
from courses.services import cancel_registration
from portal.queries.merging import one_duplicate
from tests.cast import NOW, TODAY, Cast, a_member, a_user
from tests.learning.sitting import own
from tests.learning.test_merging_courses import counts
from tests.live.holding import (
    WRITTEN,
    a_live,
    at,
    attended,
    claims,
    finds,
    registered,
    was_there,
)
from tests.merging.merging import merged, proved, second_account, undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
CREDIT = Decimal("1.5")


@pytest.fixture
def second(cast: Cast) -> Member:
    found = second_account()
    Member.objects.filter(pk__in=[cast.bob.pk, found.pk]).update(profession="MD")
    cast.bob.refresh_from_db()
    found.refresh_from_db()
    return found


def test_a_registration_goes_with_its_person_and_back(
    cast: Cast, second: Member
) -> None:
    mine = registered(second, a_live())
    row = merged(cast, proved(cast.bob, second), cast.bob)
    assert LiveRegistration.objects.get(pk=mine.pk).member == cast.bob
    undone(cast, row)
    assert LiveRegistration.objects.get(pk=mine.pk).member == second


def test_who_cancelled_here_and_came_there_was_there(
    cast: Cast, second: Member
) -> None:
    live = a_live()
    cancelled = registered(cast.bob, live)
    cancel_registration(
        actor=own(cast.bob), registration=cancelled, today=WRITTEN, now=at(WRITTEN)
    )
    came = was_there(second, live)
    row = merged(cast, proved(cast.bob, second), cast.bob)
    mine = registration_of(cast.bob, live)
    assert mine == came
    assert registered(cast.bob, live) == came
    came.refresh_from_db()
    assert finds(came) == came
    undone(cast, row)
    assert registration_of(second, live) == came
    assert registration_of(cast.bob, live) == cancelled


def test_what_both_claimed_counts_once(cast: Cast, second: Member) -> None:
    live = a_live()
    for member in (cast.bob, second):
        claims(was_there(member, live), today=TODAY)
    row = proved(cast.bob, second)
    assert (
        "Both earned the credit of Pain"
        in one_duplicate(row, None, now=NOW).counted_once[0]
    )
    done = merged(cast, row, cast.bob)
    assert counts(cast.bob) == CREDIT
    undone(cast, done)
    assert (counts(cast.bob), counts(second)) == (CREDIT, CREDIT)


def test_what_one_of_them_claimed_is_not_claimed_again(
    cast: Cast, second: Member
) -> None:
    live = a_live()
    earned = claims(was_there(second, live))
    mine = was_there(cast.bob, live)
    merged(cast, proved(cast.bob, second), cast.bob)
    assert claims(mine) == earned
    assert Activity.objects.filter(program="mms").count() == 1


def test_who_has_both_places_and_came_under_the_other_can_claim(
    cast: Cast, second: Member
) -> None:
    live = a_live()
    idle = registered(cast.bob, live)
    came = was_there(second, live)
    places = {row.pk: row.place for row in (idle, came)}
    row = merged(cast, proved(cast.bob, second), cast.bob)
    came.refresh_from_db()
    assert came.member == cast.bob
    assert finds(came) == came
    undone(cast, row)
    assert registration_of(cast.bob, live) == idle
    assert registration_of(second, live) == came
    held = LiveRegistration.objects.values_list("pk", "place")
    assert dict(held) == places


def test_who_is_noted_under_the_other_after_the_merge_can_claim(
    cast: Cast, second: Member
) -> None:
    live = a_live()
    idle, other = registered(cast.bob, live), registered(second, live)
    row = merged(cast, proved(cast.bob, second), cast.bob)
    attended(other)
    other.refresh_from_db()
    assert other.member == cast.bob
    assert finds(other) == other
    undone(cast, row)
    assert registration_of(cast.bob, live) == idle
    assert registration_of(second, live) == other


def test_attendance_goes_up_two_merges_and_back_down_the_one_undone(
    cast: Cast, second: Member
) -> None:
    live = a_live()
    third = a_member("Bob Baker", None, user=a_user("Rob Baker"))
    mine, theirs = registered(cast.bob, live), registered(second, live)
    came = registered(third, live)
    merged(cast, proved(second, third), second)
    later: Any = {"today": TODAY + timedelta(1), "now": NOW + timedelta(1)}
    row = merged(cast, proved(cast.bob, second), cast.bob, **later)
    attended(came)
    assert registration_of(cast.bob, live) == came
    undone(cast, row, **later)
    assert registration_of(cast.bob, live) == mine
    assert registration_of(second, live) == came
    assert registration_of(third, live) == theirs

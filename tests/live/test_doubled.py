"""One person with two accounts has one place, once their merge stands (M4)."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Member
from core.failures import NotEligible
from core.models import AuditEntry
from core.scope import Scope, scoped
from courses import tasks
from courses.models import LiveActivity, LiveRegistration
from courses.queries.live import free_places, registration_of
from courses.rules.live import Session
from courses.services import cancel_registration, doubled_places, free_doubled
from tests.cast import NOW, TODAY, Cast, a_member, a_user
from tests.database import WORKER, working_as
from tests.learning.sitting import own
from tests.learning.taking import SOCIETY
from tests.live.holding import FACTS, a_live, registered
from tests.merging.merging import merged, proved, second_account, undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
DAY = timedelta(days=1)
LATER: Any = {"today": TODAY + DAY, "now": NOW + DAY}
TO_COME = TODAY + 10 * DAY


@pytest.fixture
def live(cast: Cast) -> LiveActivity:
    """An activity of two places that is still to come."""
    (session,) = FACTS.sessions
    sessions = (Session(TO_COME, session.begins, session.ends),)
    return a_live(capacity=2, sessions=sessions)


@pytest.fixture
def second(cast: Cast) -> Member:
    """Bob's second account."""
    return second_account()


def frees(days: int = 1) -> int:
    """The worker comes by some days after the merge; how many places it frees."""
    when: Any = {"today": TODAY + days * DAY, "now": NOW + days * DAY}
    with working_as(WORKER), scoped(Scope.sweep()):
        found = doubled_places(program=SOCIETY, **when)
        return sum(free_doubled(registration_id=each, **when) for each in found)


def free(live: LiveActivity) -> int:
    """How many places nobody has."""
    return free_places([live])[live.pk]


def test_the_second_place_of_one_person_is_free_once_the_merge_stands(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    mine, other = registered(cast.bob, live), registered(second, live)
    with pytest.raises(NotEligible, match="All places are taken"):
        registered(cast.charlie, live)
    merged(cast, proved(cast.bob, second), cast.bob)
    assert frees(days=0) == 0
    assert frees() == 1
    assert frees() == 0
    assert registration_of(cast.bob, live) == mine
    mine.refresh_from_db()
    assert mine.place is not None
    entry = AuditEntry.objects.get(action="live.left")
    assert (entry.subject_id, entry.program) == (other.pk, SOCIETY)
    registered(cast.charlie, live)
    assert free(live) == 0


def test_whoever_is_two_again_has_both_places(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    mine, other = registered(cast.bob, live), registered(second, live)
    row = merged(cast, proved(cast.bob, second), cast.bob)
    assert frees(days=0) == 0
    undone(cast, row)
    assert frees() == 0
    assert registration_of(cast.bob, live) == mine
    assert registration_of(second, live) == other
    assert free(live) == 0


def test_a_merge_that_is_undone_as_the_worker_comes_frees_nothing(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    registered(cast.bob, live)
    other = registered(second, live)
    row = merged(cast, proved(cast.bob, second), cast.bob)
    assert doubled_places(program=SOCIETY, **LATER) == [other.pk]
    undone(cast, row)
    assert not free_doubled(registration_id=other.pk, **LATER)
    other.refresh_from_db()
    assert other.place is not None


def test_the_only_place_of_somebody_stays_theirs(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    other = registered(second, live)
    merged(cast, proved(cast.bob, second), cast.bob)
    assert frees() == 0
    assert registration_of(cast.bob, live) == other
    assert free(live) == 1


def test_who_cancels_under_the_account_kept_leaves_no_place_behind(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    mine = registered(cast.bob, live)
    registered(second, live)
    merged(cast, proved(cast.bob, second), cast.bob)
    when: Any = {"today": TODAY, "now": NOW}
    cancel_registration(actor=own(cast.bob), registration=mine, **when)
    assert frees() == 1
    assert free(live) == live.capacity


def test_of_three_accounts_one_place_is_left(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    third = a_member("Bob Baker", None, user=a_user("Rob Baker"))
    mine = registered(cast.bob, live)
    registered(third, live)
    merged(cast, proved(second, third), second)
    merged(cast, proved(cast.bob, second), cast.bob, **LATER)
    # The later merge may still be undone; what it left with each is not looked at yet.
    assert frees() == 0
    assert frees(days=2) == 1
    standing = LiveRegistration.objects.standing().filter(live=live)
    assert list(standing) == [mine]


def test_what_has_begun_or_was_attended_stays_as_it_is(
    cast: Cast, second: Member, live: LiveActivity
) -> None:
    registered(cast.bob, live)
    registered(second, live)
    merged(cast, proved(cast.bob, second), cast.bob)
    assert frees(days=10) == 0
    assert frees(days=9) == 1


def test_the_worker_frees_it_by_itself(
    cast: Cast, second: Member, live: LiveActivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(cast.bob, live)
    registered(second, live)
    merged(cast, proved(cast.bob, second), cast.bob)
    monkeypatch.setattr(tasks, "today", lambda zone: TODAY + DAY)
    monkeypatch.setattr(tasks, "now", lambda: NOW + DAY)
    with working_as(WORKER):
        tasks.free_places()
    assert free(live) == 1

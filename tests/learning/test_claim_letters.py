"""Who completed a course and claimed nothing is reminded of it, once (M3)."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Member
from core.letters import Letter, Moment, compose
from core.models import AuditEntry, OutboxMessage
from core.scope import Scope, scoped
from courses import tasks
from courses.models import Course, Enrolment
from courses.rules.reminding import completed_between
from courses.services import claims_to_remind, remind_of_claim
from credentials.policy import policy_for
from tests.cast import BODY, NOW, TODAY, Cast
from tests.database import WORKER, working_as
from tests.learning.taking import (
    SOCIETY,
    a_course,
    claims,
    completed,
    enrolled,
    evaluated,
    reads_all,
    sits,
)
from tests.merging.merging import merged, proved, second_account

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
DAY = timedelta(days=1)
State = OutboxMessage.State
LETTERS = OutboxMessage.objects.filter(kind="course_reminder")


def _days() -> tuple[date, date]:
    """From which day on, and until which, what was completed today is reminded of."""
    rules = policy_for(SOCIETY, on=TODAY).courses
    assert rules
    assert rules.reminder
    return (
        TODAY + rules.reminder.after_days * DAY,
        TODAY + rules.reminder.until_days * DAY,
    )


def _finished(cast: Cast) -> Enrolment:
    mine = enrolled(cast.bob, a_course())
    reads_all(mine)
    assert sits(mine, right=2).passed
    mine.refresh_from_db()
    assert mine.completed_at == NOW
    return mine


def _waiting(day: date) -> list[object]:
    return list(claims_to_remind(program=SOCIETY, today=day))


def _reminds(mine: Enrolment, day: date) -> bool:
    return remind_of_claim(enrolment_id=mine.pk, today=day, now=_at(day))


def _at(day: date) -> datetime:
    return NOW + (day - TODAY)


def _letter(day: date) -> Letter | None:
    """The letter that was queued last, put together as the worker does."""
    message = LETTERS.latest("created_at")
    with working_as(WORKER), scoped(Scope.sweep()):
        return compose(message=message, moment=Moment(_at(day), lambda _: day))


def _moves(cast: Cast, address: str) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(email=address)


def test_the_days_that_are_reminded_of_are_counted_from_their_letter() -> None:
    days = completed_between(date(2026, 3, 8), after_days=7, until_days=60)
    assert days == (date(2026, 1, 7), date(2026, 3, 1))


def test_who_did_not_claim_is_written_to_once_some_days_later(cast: Cast) -> None:
    mine = _finished(cast)
    first, last = _days()
    assert not _waiting(first - DAY)
    # The worker was down meanwhile: late is better than never, but not for ever.
    assert _waiting(first) == _waiting(last) == [mine.pk]
    assert not _waiting(last + DAY)
    assert _reminds(mine, first)
    assert not _reminds(mine, first)
    assert not _waiting(first)
    message = OutboxMessage.objects.get(kind="course_reminder")
    assert (message.recipient, message.payload) == (cast.bob.written_to, {})
    entry = AuditEntry.objects.get(action="course.reminded")
    assert (entry.member_id, entry.program) == (cast.bob.pk, SOCIETY)
    letter = _letter(first)
    assert letter is not None
    assert letter.payload["done_text"] == "Nov 17, 2025"
    assert str(letter.payload["url"]).endswith(f"/{mine.course_id}/evaluation/")
    evaluated(mine)
    letter = _letter(first)
    assert letter is not None
    assert letter.payload["evaluated"] is True
    assert str(letter.payload["url"]).endswith(f"/{mine.course_id}/credit/")
    claims(mine)
    assert _letter(first) is None


def test_the_day_is_that_of_the_body_s_zone(cast: Cast) -> None:
    mine = _finished(cast)
    first, _ = _days()
    # Completed late in the evening there, which is the next day by UTC.
    late = datetime(2025, 11, 17, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    other = enrolled(cast.charlie, mine.version)
    Enrolment.objects.filter(pk=other.pk).update(completed_at=late)
    assert set(_waiting(first)) == {mine.pk, other.pk}
    assert not _waiting(first - DAY)


def test_what_can_t_be_claimed_is_not_reminded_of(cast: Cast) -> None:
    mine = _finished(cast)
    first, _ = _days()
    # In the middle of it, and where it brings nothing.
    enrolled(cast.charlie, mine.version)
    free = enrolled(cast.charlie, a_course(bank="", credit_kind="", credit=None))
    reads_all(free)
    assert _waiting(first) == [mine.pk]
    Course.objects.filter(pk=mine.course_id).update(expires_on=first - DAY)
    assert not _waiting(first)
    assert not _reminds(mine, first)
    Course.objects.filter(pk=mine.course_id).update(expires_on=first)
    assert _reminds(mine, first)
    letter = _letter(first)
    assert letter is not None
    assert letter.payload["until_text"]
    # It ended while the letter waited.
    assert _letter(first + DAY) is None


def test_who_claimed_is_not_reminded(cast: Cast) -> None:
    mine = completed(enrolled(cast.bob, a_course()))
    assert _waiting(_days()[0]) == [mine.pk]
    claims(mine)
    assert not _waiting(_days()[0])
    assert not _reminds(mine, _days()[0])
    assert not OutboxMessage.objects.filter(kind="course_reminder").exists()


def test_nobody_is_written_to_whose_account_is_closed_or_merged(cast: Cast) -> None:
    mine = _finished(cast)
    user, (first, _) = cast.bob.user, _days()
    assert user is not None
    user.is_active = False
    user.save()
    # Nor is their row looked at every ten minutes.
    assert not _waiting(first)
    assert not _reminds(mine, first)
    user.is_active = True
    user.save()
    assert _waiting(first) == [mine.pk]
    second = second_account()
    also = enrolled(second, mine.version)
    merged(cast, proved(second, cast.bob), second)
    # Both began it: what was completed stays with the record that was given up.
    assert not _waiting(first)
    assert not _reminds(mine, first)
    assert not _reminds(also, first)
    assert not OutboxMessage.objects.filter(kind="course_reminder").exists()


@pytest.mark.parametrize("state", [State.VOID, State.DEAD])
def test_who_moved_before_the_letter_left_is_written_to_where_they_are(
    cast: Cast, state: str
) -> None:
    mine, (first, last) = _finished(cast), _days()
    assert _reminds(mine, first)
    _moves(cast, "bob@new.example")
    # It waits still: what becomes of it is not known yet.
    assert not _waiting(first + DAY)
    assert _letter(first) is None
    LETTERS.update(state=state)
    assert _waiting(first + DAY) == _waiting(last) == [mine.pk]
    assert not _waiting(last + DAY)
    assert _reminds(mine, first + DAY)
    assert not _reminds(mine, first + DAY)
    assert not _waiting(first + DAY)
    assert _letter(first + DAY) is not None
    assert LETTERS.latest("created_at").recipient == "bob@new.example"
    assert LETTERS.count() == 2
    assert AuditEntry.objects.filter(action="course.reminded").count() == 2
    mine.refresh_from_db()
    assert mine.reminded_at == _at(first)


def test_who_was_told_or_is_where_they_were_is_not_told_again(cast: Cast) -> None:
    mine, (first, _) = _finished(cast), _days()
    assert _reminds(mine, first)
    # At the same address it stays with staff.
    for state in (State.VOID, State.DEAD):
        LETTERS.update(state=state)
        assert not _waiting(first)
        assert not _reminds(mine, first)
    _moves(cast, "bob@new.example")
    for state in (State.SENT, State.UNCONFIRMED):
        LETTERS.update(state=state)
        assert not _waiting(first)
        assert not _reminds(mine, first)
    assert LETTERS.count() == 1


def test_a_body_whose_policy_names_no_day_reminds_nobody(cast: Cast) -> None:
    assert not claims_to_remind(program=BODY, today=TODAY)


def test_the_worker_queues_each_letter_once_and_one_that_fails_holds_up_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = _finished(cast)
    other = enrolled(cast.charlie, mine.version)
    Enrolment.objects.filter(pk=other.pk).update(completed_at=NOW - DAY)
    day, broken = _days()[0], {other.pk}

    def reminds(*, enrolment_id: UUID, today: date, now: datetime) -> bool:
        if enrolment_id in broken:
            raise ValueError
        return remind_of_claim(enrolment_id=enrolment_id, today=today, now=now)

    monkeypatch.setattr(tasks, "today", lambda _: day)
    monkeypatch.setattr(tasks, "now", lambda: _at(day))
    monkeypatch.setattr(tasks, "remind_of_claim", reminds)
    told = OutboxMessage.objects.filter(kind="course_reminder")
    tasks.remind_claims()
    assert [each.subject_id for each in told.all()] == [mine.pk]
    broken.clear()
    for _ in range(2):
        tasks.remind_claims()
    assert {each.subject_id for each in told.all()} == {mine.pk, other.pk}
    assert told.count() == 2

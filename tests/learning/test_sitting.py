"""An exam is begun, answered and handed in; its clock is the server's (A14)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.failures import Missing, NotEligible, NotUsable, Stale
from courses.models import Answer, Attempt
from courses.queries.sitting import bank_at, sheet_of
from courses.rules import draw_sheet
from courses.services import (
    answer_question,
    begin_attempt,
    hand_in,
    hand_in_overdue,
    overdue_attempts,
)
from credentials.models import Assignment
from credentials.services import undo
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.learning.sitting import DAY, SKIN, answers, begun, own, sat, was_given

pytestmark = [pytest.mark.django_db, pytest.mark.db]
State = Assignment.State
MINUTE = timedelta(minutes=1)


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


def test_beginning_draws_what_seed_and_bank_say_and_starts_the_clock(
    cast: Cast,
) -> None:
    given = was_given(cast, "hipaa")
    attempt = begun(given)
    assert len(attempt.sheet) == attempt.number == 25
    drawn = draw_sheet(bank_at(attempt), number=25, seed=attempt.seed)
    assert sheet_of(attempt) == drawn
    assert attempt.ends_at - attempt.started_at == 40 * MINUTE
    assert fresh(given).state == State.STARTED
    assert attempt.policy == "acmss@2017-01-01"


def test_beginning_twice_sits_one_exam(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    assert begun(given) == begun(given, NOW + MINUTE)
    assert Attempt.objects.count() == 1


def test_without_the_declaration_nothing_begins(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    with pytest.raises(NotUsable) as refusal:
        begin_attempt(
            actor=own(cast.bob), assignment=given, sworn=False, today=TODAY, now=NOW
        )
    assert [each.field for each in refusal.value.problems] == ["sworn"]
    assert not Attempt.objects.exists()
    assert fresh(given).state == State.ASSIGNED


@pytest.mark.parametrize("product", ["mscat-manual", "mscat-training"])
def test_what_opens_no_exam_says_so(cast: Cast, product: str) -> None:
    with pytest.raises(NotEligible, match="No exam is published"):
        begun(was_given(cast, product))


def test_twenty_of_twenty_five_pass_and_the_practice_reads_it(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    attempt = sat(given, right=20)
    assert (attempt.right, attempt.passed) == (20, True)
    assert (fresh(given).state, fresh(given).label) == (State.COMPLETE, "passed 80 %")
    with pytest.raises(NotEligible, match="You passed this exam"):
        begun(given, NOW + DAY)


def test_nineteen_fail_and_the_next_try_is_another_sheet_a_day_later(
    cast: Cast,
) -> None:
    given = was_given(cast, "hipaa")
    first = sat(given, right=19)
    assert first.passed is False
    assert fresh(given).label == "76 %, 2 tries left"
    with pytest.raises(NotEligible, match="again from Nov 18, 2025 on"):
        begun(given, NOW + MINUTE)
    second = sat(given, right=19, now=NOW + DAY)
    assert second.sheet != first.sheet
    assert fresh(given).label == "76 %, 1 try left"


def test_after_the_last_try_it_has_failed(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    for day in range(3):
        sat(given, right=0, now=NOW + day * DAY)
    assert (fresh(given).state, fresh(given).label) == (State.FAILED, "failed 0 %")
    with pytest.raises(NotEligible, match="You took it 3 times"):
        begun(given, NOW + 9 * DAY)


def test_a_specialty_is_asked_of_its_own_bank(cast: Cast) -> None:
    attempt = begun(was_given(cast, "specialty", SKIN))
    assert attempt.title.endswith(": Dermatology")
    assert attempt.number == 10
    assert bank_at(attempt).specialty == "dermatology"


def test_the_next_choice_replaces_the_one_before(cast: Cast) -> None:
    attempt = begun(was_given(cast, "hipaa"))
    for chosen in ([0], [1], []):
        answer_question(
            actor=own(cast.bob),
            attempt=attempt,
            number=1,
            chosen=chosen,
            flagged=True,
            now=NOW,
        )
    answer = Answer.objects.get()
    assert (answer.chosen, answer.flagged) == ([], True)


@pytest.mark.parametrize(
    ("number", "chosen", "field"),
    [(0, [0], "number"), (26, [0], "number"), (1, [9], "chosen"), (1, [-1], "chosen")],
)
def test_what_was_not_asked_is_not_answered(
    cast: Cast, number: int, chosen: list[int], field: str
) -> None:
    attempt = begun(was_given(cast, "hipaa"))
    with pytest.raises(NotUsable) as refusal:
        answer_question(
            actor=own(cast.bob),
            attempt=attempt,
            number=number,
            chosen=chosen,
            flagged=False,
            now=NOW,
        )
    assert [each.field for each in refusal.value.problems] == [field]


def test_one_answer_is_one_answer(cast: Cast) -> None:
    attempt = begun(was_given(cast, "hipaa"))
    bank = bank_at(attempt)
    number = next(
        number
        for number, each in enumerate(sheet_of(attempt).asked, start=1)
        if not bank.question(each.code).several
    )
    with pytest.raises(NotUsable, match="Choose one answer"):
        answer_question(
            actor=own(cast.bob),
            attempt=attempt,
            number=number,
            chosen=[0, 1],
            flagged=False,
            now=NOW,
        )


def test_an_answer_counts_to_the_last_instant_and_not_after(cast: Cast) -> None:
    attempt = begun(was_given(cast, "hipaa"))
    answers(attempt, right=25, now=attempt.ends_at)
    with pytest.raises(Stale, match="The time is up"):
        answers(attempt, right=0, now=attempt.ends_at + timedelta(microseconds=1))
    late = hand_in(
        actor=own(cast.bob), attempt=attempt, now=attempt.ends_at + 5 * MINUTE
    )
    assert (late.right, late.ended_at) == (25, attempt.ends_at)


def test_a_clock_set_back_gives_no_more_time(cast: Cast) -> None:
    """The browser's clock is never asked; the end was stored with the beginning."""
    attempt = begun(was_given(cast, "hipaa"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(ends_at=attempt.ends_at + DAY)


def test_what_is_handed_in_stays_as_it_is(cast: Cast) -> None:
    attempt = sat(was_given(cast, "hipaa"), right=3)
    with pytest.raises(Stale, match="is handed in"):
        answers(attempt, right=25)
    again = hand_in(actor=own(cast.bob), attempt=attempt, now=NOW + MINUTE)
    assert (again.right, again.ended_at) == (3, NOW)


def test_what_was_left_open_is_handed_in_by_itself(cast: Cast) -> None:
    attempt = begun(was_given(cast, "hipaa"))
    answers(attempt, right=24)
    assert overdue_attempts(now=attempt.ends_at, most=9) == []
    hand_in_overdue(attempt_id=attempt.pk, now=attempt.ends_at)
    assert Attempt.objects.running().exists()
    later = attempt.ends_at + MINUTE
    assert overdue_attempts(now=later, most=9) == [attempt.pk]
    hand_in_overdue(attempt_id=attempt.pk, now=later)
    hand_in_overdue(attempt_id=attempt.pk, now=later)
    row = Attempt.objects.get()
    assert (row.right, row.passed, row.ended_at) == (24, True, attempt.ends_at)


def test_what_was_begun_is_not_taken_back(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    begun(given)
    with pytest.raises(NotEligible):
        undo(
            actor=TESTER,
            practice=cast.northside,
            assignment_ids=[given.pk],
            days={"acmss": TODAY},
            now=NOW,
        )


def test_what_was_taken_back_opens_nothing(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    Assignment.objects.filter(pk=given.pk).update(state=State.UNDONE)
    with pytest.raises(Missing):
        begun(given)

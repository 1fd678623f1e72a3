"""Sitting an exam: it is drawn, each answer is kept, and it is handed in (A14)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.work import hasten
from courses.models import Answer, Attempt
from courses.queries import attempts_of, bank_of, exam_of, why_not_begun
from courses.queries.allowances import minutes_for
from courses.queries.sitting import bank_at, mark_of, most_attempts, sheet_of
from courses.rules import is_open, percent_words
from courses.services.drawing import Paper, draw_attempt
from courses.services.keeping import finish_if_whole, hold_enrolment
from courses.services.using_up import mark_used_up
from credentials.models import Assignment
from credentials.services import hold_assignment, report_progress

State = Assignment.State
NOT_SWORN = "Read the declaration, and tick it."
TIME_UP = "The time is up. What was saved until then counts."
HANDED_IN = "This exam is handed in. Nothing of it can be changed any more."
ALL_OR_NOTHING = "Choose among the answers that are shown."


@transaction.atomic
def begin_attempt(
    *, actor: Actor, assignment: Assignment, sworn: bool, today: date, now: datetime
) -> Attempt:
    """Begin an exam: draw its questions and start the clock.

    One that runs already is given back, so that two tabs sit one exam.

    Args:
        actor: who takes it.
        assignment: what opens it.
        sworn: whether the affidavit was declared.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Missing: the assignment was taken back.
        NotEligible: it opens no exam, or the exam can't be taken (again) today.
        NotUsable: the affidavit was not declared.
    """
    row = hold_assignment(assignment=assignment)
    tries = attempts_of(row)
    if tries and tries[-1].ended_at is None:
        return tries[-1]
    held = exam_of(row, today)
    if held is None:
        raise NotEligible("No exam is published for this yet.")
    if reason := why_not_begun(row, held, tries, today):
        raise NotEligible(reason)
    if not sworn:
        raise NotUsable(NOT_SWORN, [FieldProblem("sworn", NOT_SWORN)])
    bank, text = bank_of(held)
    minutes = minutes_for(row.member_id, row.product.program, held.paper.minutes)
    attempt = draw_attempt(
        Paper(bank, text, held.paper.questions, minutes),
        member=row.member,
        program=row.product.program,
        assignment=row,
        exam=held.exam.code,
        specialty=held.specialty,
        title=held.title,
        nth=len(tries) + 1,
        policy=held.policy,
        today=today,
        now=now,
    )
    record(
        actor=actor,
        action="exam.begun",
        subject=attempt,
        practice_id=row.practice_id,
        member_id=row.member_id,
        program=attempt.program,
        sentence=f"Began {attempt.title}, try {attempt.nth}",
        now=now,
    )
    report_progress(actor=actor, assignment=row, state=State.STARTED, label="", now=now)
    return attempt


@transaction.atomic
def answer_question(
    *,
    actor: Actor,
    attempt: Attempt,
    number: int,
    chosen: Collection[int],
    flagged: bool,
    now: datetime,
) -> Answer:
    """Keep what was chosen for a question, in place of what was chosen before.

    Whoever takes the exam is who answers; the trail has its beginning and its end, not
    each choice.

    Args:
        actor: who takes it.
        attempt: their running exam.
        number: which question of the sheet, counted from 1.
        chosen: the options by their places as shown, counted from 0.
        flagged: whether they want to look at it again.
        now: the instant, UTC.

    Raises:
        Stale: it is handed in, or its time is up.
        NotUsable: there is no such question or option, or several were chosen where
            one is asked for.
    """
    row = _held(attempt.pk)
    if row.ended_at is not None:
        raise Stale(HANDED_IN)
    if not is_open(now, row.ends_at):
        raise Stale(TIME_UP)
    code, places = _asked(row, number, chosen)
    answer, _ = Answer.objects.update_or_create(
        attempt=row,
        question=code,
        defaults={"chosen": places, "flagged": flagged, "at": now},
    )
    return answer


@transaction.atomic
def hand_in(*, actor: Actor, attempt: Attempt, now: datetime) -> Attempt:
    """Hand an exam in, and mark it; again changes nothing.

    After its end it counts as handed in at its end.
    """
    row = _held(attempt.pk)
    if row.ended_at is None:
        _mark(actor, row, now)
    return row


def overdue_attempts(*, now: datetime, most: int) -> Sequence[UUID]:
    """Name the exams whose time is up and that nobody handed in, the oldest first."""
    rows = Attempt.objects.overdue(now).order_by("ends_at", "pk")
    return list(rows.values_list("pk", flat=True)[:most])


@transaction.atomic
def hand_in_overdue(*, attempt_id: UUID, now: datetime) -> None:
    """Hand in what its member left open; what they handed in meanwhile stays so."""
    row = _held(attempt_id)
    if row.ended_at is None and not is_open(now, row.ends_at):
        _mark(Actor.system("exams"), row, now)


def _held(attempt_id: UUID) -> Attempt:
    """Lock what opened it, then the attempt itself: as beginning and undoing do."""
    row = Attempt.objects.select_related("assignment", "enrolment").get(pk=attempt_id)
    if row.assignment is not None:
        hold_assignment(assignment=row.assignment)
    if row.enrolment is not None:
        hold_enrolment(row.enrolment)
    rows = Attempt.objects.select_related(
        "assignment__product", "enrolment__version", "bank", "member"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=attempt_id)


def _asked(
    attempt: Attempt, number: int, chosen: Collection[int]
) -> tuple[str, list[int]]:
    """Turn what was chosen, as shown, into a question's code and places in its bank."""
    sheet = sheet_of(attempt)
    if not 1 <= number <= len(sheet.asked):
        text = f"There is no question {number}. Choose 1 to {len(sheet.asked)}."
        raise NotUsable(text, [FieldProblem("number", text)])
    asked = sheet.asked[number - 1]
    if not all(0 <= each < len(asked.options) for each in chosen):
        raise NotUsable(ALL_OR_NOTHING, [FieldProblem("chosen", ALL_OR_NOTHING)])
    several = bank_at(attempt).question(asked.code).several
    if len(set(chosen)) > 1 and not several:
        text = "Choose one answer."
        raise NotUsable(text, [FieldProblem("chosen", text)])
    return asked.code, sorted({asked.options[each] for each in chosen})


def _mark(actor: Actor, attempt: Attempt, now: datetime) -> None:
    mark = mark_of(attempt)
    attempt.ended_at = min(now, attempt.ends_at)
    attempt.right, attempt.passed = mark.right, mark.passed
    attempt.save(update_fields=["ended_at", "right", "passed"])
    words = percent_words(mark.right, mark.asked)
    said = "passed" if mark.passed else "not passed"
    record(
        actor=actor,
        action="exam.handed_in",
        subject=attempt,
        practice_id=_practice_of(attempt),
        member_id=attempt.member_id,
        program=attempt.program,
        sentence=f"Handed in {attempt.title}, try {attempt.nth}: {said}, {words}",
        now=now,
    )
    if attempt.enrolment is not None:
        row = hold_enrolment(attempt.enrolment)
        finish_if_whole(actor, row, now)
        mark_used_up(row)
    if attempt.assignment is not None:
        _report(actor, attempt, attempt.assignment, words, now)
        if mark.passed:
            hasten("courses.tasks.earn")


def _practice_of(attempt: Attempt) -> UUID | None:
    """Name the practice whose seat an exam took; a course's test takes none."""
    return attempt.assignment.practice_id if attempt.assignment else None


def _report(
    actor: Actor, attempt: Attempt, assignment: Assignment, words: str, now: datetime
) -> None:
    """Say where the assignment stands, now that an exam of it is marked."""
    left = most_attempts(attempt) - attempt.nth
    if attempt.passed:
        state, label = State.COMPLETE, f"passed {words}"
    elif left > 0:
        tries = f"{left} {'try' if left == 1 else 'tries'} left"
        state, label = State.STARTED, f"{words}, {tries}"
    else:
        state, label = State.FAILED, f"failed {words}"
    report_progress(
        actor=actor, assignment=assignment, state=state, label=label, now=now
    )

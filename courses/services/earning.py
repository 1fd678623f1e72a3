"""A credential that exams together earn is recorded once they are all passed (A14)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.actor import Actor
from core.turns import take_turn
from courses.models import Attempt
from courses.queries import Passed, passed_exams
from credentials.models import Certification
from credentials.policy import Credential, day_words, policy_for
from credentials.services import record_certification


def exams_to_look_at(*, most: int) -> Sequence[UUID]:
    """Name what was passed and not looked at yet, the oldest first."""
    rows = Attempt.objects.unreported().order_by("ended_at", "pk")
    return list(rows.values_list("pk", flat=True)[:most])


@transaction.atomic
def earn_by_exams(
    *, attempt_id: UUID, today_in: Callable[[str], date], now: datetime
) -> Sequence[Certification]:
    """Record each credential that a member has now passed all exams of.

    Again changes nothing: a credential that is held is held once, and two that look at
    one member take turns.

    Args:
        attempt_id: an exam that was passed.
        today_in: gives the day in a body's zone.
        now: the instant, UTC.
    """
    attempt = Attempt.objects.select_related("member").get(pk=attempt_id)
    today = today_in(attempt.program)
    take_turn(f"earn {attempt.program} {attempt.member_id}")
    passed = {each.exam: each for each in passed_exams(attempt.member, attempt.program)}
    held = set(
        Certification.objects.filter(
            member=attempt.member, program=attempt.program
        ).values_list("code", flat=True)
    )
    policy = policy_for(attempt.program, on=attempt.started_on)
    earned = [
        _record(attempt, credential, passed, today, now)
        for credential in policy.credentials
        if credential.exams
        and credential.code not in held
        and passed.keys() >= set(credential.exams)
    ]
    mine = Attempt.objects.filter(pk=attempt.pk, reported_at=None)
    mine.update(reported_at=now)
    return earned


def _record(
    attempt: Attempt,
    credential: Credential,
    passed: Mapping[str, Passed],
    today: date,
    now: datetime,
) -> Certification:
    proof = "; ".join(
        f"{one.title}, {one.words}, {day_words(one.attempt.started_on)}"
        for one in (passed[code] for code in credential.exams)
    )
    return record_certification(
        actor=Actor.system("exams"),
        member=attempt.member,
        program=attempt.program,
        code=credential.code,
        # The day that the proof names too, however late the worker comes.
        earned_on=max(passed[code].attempt.started_on for code in credential.exams),
        proof=f"Passed here: {proof}",
        today=today,
        now=now,
    )

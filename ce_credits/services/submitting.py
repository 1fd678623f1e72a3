"""Submitting an activity: from then on it counts, unless staff have to decide (A9)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.queries import sponsor_of
from ce_credits.events import CreditChanged
from ce_credits.models import Activity
from ce_credits.rules import Award, as_kept
from ce_credits.services.numbered import Step
from ce_credits.services.reports import Report, problems_of
from ce_credits.services.steps import give, take_step, take_turn, write_down
from ce_credits.services.telling import tell_received
from core.actor import Actor
from core.events import publish
from core.failures import FieldProblem, NotUsable, Refusal
from credentials.policy import day_words

State = Activity.State
KEPT_BACK = (
    "An audit that is still open did not accept this. It counts nothing. You can send "
    "it in again once the audit is closed: a mail tells you."
)
NOT_YET = "Staff are not done with this activity. It can't be sent in again yet."
NO_PROOF = "Add a copy of the certificate, or documentation of the hours."


@transaction.atomic
def submit(
    *,
    actor: Actor,
    activity: Activity,
    seen: int,
    report: Report,
    today: date,
    now: datetime,
) -> Activity:
    """Submit an activity with its proof; its credit counts from today (A8, A9).

    What is in no band waits for staff and counts nothing until they decide (A6).

    Raises:
        NotUsable: the fields that stand in the way, or no proof; it stays a draft.
        Stale: it changed since the caller looked at version `seen`.
        Refusal: it was submitted already, or an open audit did not accept it.
    """
    take_turn(activity)
    if activity.state not in Activity.OPEN:
        raise Refusal("This activity is submitted already.")
    _check_kept_back(actor, activity)
    report = report.by(activity.member)
    problems = problems_of(report=report, program=activity.program, today=today)
    if not activity.proofs.there().handed_in().exists():
        problems.append(FieldProblem("proofs", NO_PROOF, "missing"))
    if problems:
        raise NotUsable(problems[0].text, problems)
    before, answer = activity.state, report.answer(activity.program, today)
    inputs = as_kept(report.asked(activity.program, today))
    facts = _facts(report, answer) | {"inputs": inputs}
    step = Step("submitted", actor, today, now, facts=facts)
    written = take_step(
        activity,
        step,
        seen=seen,
        state=State.SUBMITTED,
        submitted_at=now,
        typed={},
        inputs=inputs,
        **_columns(report, answer),
        practice_id=activity.practice_id
        or sponsor_of(activity.member, activity.program),
    )
    award = answer.credits and give(activity, step, written, answer)
    assert activity.on is not None
    write_down(
        activity,
        step,
        action="ce.submitted",
        sentence=f"Submitted “{activity}” of {day_words(activity.on)} "
        f"for {activity.member.name}",
        before=before,
    )
    if award:
        publish(CreditChanged(activity.member_id, activity.program, actor, today, now))
    tell_received(activity, written, answer.explanation, now)
    return activity


def _check_kept_back(actor: Actor, activity: Activity) -> None:
    """What an open audit did not accept stays so; a practice reads of no audit."""
    if not Activity.objects.filter(pk=activity.pk, kept_back=True).exists():
        return
    user = activity.member.user_id
    mine = user is not None and actor.user_id == user
    raise Refusal(KEPT_BACK if mine else NOT_YET)


def _columns(report: Report, answer: Award) -> dict[str, object]:
    return {
        "kind": report.kind,
        "title": report.title.strip(),
        "provider": report.provider.strip(),
        "on": report.on,
        "minutes": answer.minutes,
        "licence_number": report.licence_number.strip(),
        "catalogue_item_id": report.item.pk if report.item else None,
    }


def _facts(report: Report, answer: Award) -> dict[str, Any]:
    """What was submitted and what the rules answered, as plain JSON values."""
    return {
        "kind": report.kind,
        "title": report.title.strip(),
        "provider": report.provider.strip(),
        "on": report.on and report.on.isoformat(),
        "minutes": answer.minutes,
        "licence_number": report.licence_number.strip(),
        "item": report.item.code if report.item else "",
        "answer": {
            "outcome": answer.outcome,
            "credits": str(answer.credits) if answer.credits is not None else None,
            "unit": answer.unit,
            "index": answer.index,
            "rule": answer.rule,
            "policy": answer.policy,
            "explanation": answer.explanation,
            "reasons": [asdict(reason) for reason in answer.reasons],
        },
    }

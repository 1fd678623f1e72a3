"""Recording CE: staff write down an activity they have seen the proof of."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import Member, Practice
from accounts.queries import sponsor_of
from ce_credits.events import CreditChanged
from ce_credits.models import Activity, CreditAward
from ce_credits.rules import ActivityInput, Award, award
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, NotUsable
from credentials.policy import credit_words, day_words, policy_for

MOST_CREDITS = Decimal(1000)


@transaction.atomic
def record_accepted_activity(
    *,
    actor: Actor,
    member: Member,
    program: str,
    kind: str,
    title: str,
    on: date,
    minutes: object,
    proof: str,
    reason: str,
    determined: Decimal | None = None,
    practice: Practice | None = None,
    today: date,
    now: datetime,
) -> Activity:
    """Write down an activity that staff accept, with the credit the rules give it.

    Args:
        minutes: as typed; empty lets the title speak where the body reads titles (A7).
        proof: what staff saw: the certificate, or documentation of the hours (A8).
        reason: why staff record it.
        determined: the credit staff decide on where the rules leave it to them (A6).

    Raises:
        NotUsable: the fields that stand in the way, each with its sentence.
    """
    _check(title, on, proof, reason, today)
    policy = policy_for(program, on=on)
    answer = award(
        policy, ActivityInput(kind=kind, on=on, minutes=minutes, title=title.strip())
    )
    credits = _credits(answer, determined)
    activity = Activity.objects.create(
        member=member,
        program=program,
        kind=kind,
        title=title.strip(),
        on=on,
        minutes=answer.minutes,
        state=Activity.State.ACCEPTED,
        reported_by=actor.label,
        practice=practice,
        proof=proof.strip(),
        created_at=now,
    )
    _give(actor, activity, answer, credits, reason, today, now)
    record(
        actor=actor,
        action="ce.recorded",
        subject=activity,
        member_id=member.pk,
        practice_id=practice.pk if practice else sponsor_of(member, program),
        program=program,
        sentence=f"Recorded “{activity.title}” of {day_words(on)} "
        f"for {member.name}: {credit_words(credits)} {answer.unit}",
        reason=reason.strip(),
        now=now,
    )
    publish(CreditChanged(member.pk, program, actor, today, now))
    return activity


def _check(title: str, on: date, proof: str, reason: str, today: date) -> None:
    problems = []
    if not title.strip():
        problems.append(FieldProblem("title", "Enter the activity's title."))
    if on > today:
        text = f"{day_words(on)} is still to come. Enter the day it was done."
        problems.append(FieldProblem("on", text))
    if not proof.strip():
        problems.append(FieldProblem("proof", "Write which proof you saw."))
    if not reason.strip():
        problems.append(FieldProblem("reason", "Write why you record it."))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _credits(answer: Award, determined: Decimal | None) -> Decimal:
    if answer.outcome == "refused":
        raise NotUsable(
            answer.explanation, [FieldProblem("minutes", answer.explanation)]
        )
    if answer.credits is not None:
        if determined is not None and determined != answer.credits:
            text = (
                f"The rules give {credit_words(answer.credits)} {answer.unit} here. "
                "Leave this empty."
            )
            raise NotUsable(text, [FieldProblem("credits", text)])
        return answer.credits
    if determined is None:
        text = f"{answer.explanation} Enter the credit you determine."
        raise NotUsable(text, [FieldProblem("credits", text)])
    if not 0 <= determined <= MOST_CREDITS or determined != round(determined, 2):
        text = "Enter credit from 0 to 1,000, with two decimals at most."
        raise NotUsable(text, [FieldProblem("credits", text)])
    return determined


def _give(
    actor: Actor,
    activity: Activity,
    answer: Award,
    credits: Decimal,
    reason: str,
    today: date,
    now: datetime,
) -> None:
    CreditAward.objects.create(
        activity=activity,
        sequence=1,
        credits=credits,
        unit=answer.unit,
        index_number=answer.index or "",
        approved=answer.approved,
        rule=answer.rule,
        policy=answer.policy,
        explanation=answer.explanation,
        reasons=[asdict(step) for step in answer.reasons],
        counts_from=today,
        decided_by=actor.label,
        decided_at=now,
        note=reason.strip(),
    )

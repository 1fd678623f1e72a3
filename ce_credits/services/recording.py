"""Recording CE: staff write down an activity they have seen the proof of."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.access import refuse_own_record
from accounts.models import Member, Practice
from ce_credits.events import CreditChanged
from ce_credits.models import Activity, CatalogueItem
from ce_credits.rules import as_kept
from ce_credits.services.numbered import Step
from ce_credits.services.reports import Report, problems_of_inputs
from ce_credits.services.settling import settled
from ce_credits.services.steps import give, take_step, write_down
from core.actor import Actor
from core.events import publish
from core.failures import FieldProblem, NotUsable
from credentials.policy import credit_words, day_words


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
    inputs: Mapping[str, object] | None = None,
    proof: str,
    reason: str,
    determined: Decimal | None = None,
    practice: Practice | None = None,
    item: CatalogueItem | None = None,
    provider: str = "",
    today: date,
    now: datetime,
) -> Activity:
    """Write down an activity that staff accept, with the credit the rules give it.

    Args:
        minutes: as typed; empty lets the title speak where the body reads titles (A7).
        inputs: what else the kind asks, of `EXTRAS`.
        proof: what staff saw: the certificate, or documentation of the hours (A8).
        reason: why staff record it.
        determined: the credit staff decide on where the rules leave it to them (A6).
        item: what the body's catalogue knows it as.
        provider: whose activity it was, where the catalogue doesn't say so.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: the fields that stand in the way, each with its sentence.
    """
    refuse_own_record(actor, member)
    _check(title, on, proof, reason, today)
    report = Report(
        kind=kind, title=title.strip(), on=on, minutes=minutes, inputs=inputs or {}
    ).by(member)
    _check_inputs(report, program, today)
    found = report.kind_in(program, today)
    answer = settled(found, report.answer(program, today), determined, reason)
    credits = answer.credits or Decimal(0)
    activity = Activity.objects.create(
        member=member,
        program=program,
        kind=kind,
        title=report.title,
        provider=item.provider if item else provider,
        catalogue_item=item,
        on=on,
        minutes=answer.minutes,
        inputs=as_kept(report.asked(program, today)),
        state=Activity.State.ACCEPTED,
        reported_by=actor.label,
        practice=practice,
        proof=proof.strip(),
        created_at=now,
        changed_at=now,
        submitted_at=now,
    )
    facts = {"minutes": activity.minutes, "inputs": activity.inputs}
    step = Step("recorded", actor, today, now, words=reason.strip(), facts=facts)
    written = take_step(activity, step, seen=0)
    give(activity, step, written, answer)
    write_down(
        activity,
        step,
        action="ce.recorded",
        sentence=f"Recorded “{activity.title}” of {day_words(on)} "
        f"for {member.name}: {credit_words(credits)} {answer.unit}",
    )
    publish(CreditChanged(member.pk, program, actor, today, now))
    return activity


def _check_inputs(report: Report, program: str, today: date) -> None:
    problems = problems_of_inputs(report=report, program=program, today=today)
    if problems:
        raise NotUsable(problems[0].text, problems)


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

"""Recording who is a member of the society that a body's fees ask about (N6)."""

from datetime import date, datetime
from typing import NoReturn

from django.db import IntegrityError, transaction

from accounts.access import refuse_own_record
from accounts.models import Member
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.words import day_words
from credentials.models import SocietyMembership


@transaction.atomic
def record_society(
    *,
    actor: Actor,
    member: Member,
    program: str,
    from_on: date,
    today: date,
    now: datetime,
) -> SocietyMembership:
    """Record that somebody is a member of the society from a day on.

    The same again gives the first one back.

    Args:
        actor: who records it for the body.
        member: who joined.
        program: the body.
        from_on: the first day of the membership, today or earlier.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: the day is yet to come, or another membership reaches to it.
        Stale: somebody recorded one at this very moment.
    """
    refuse_own_record(actor, member)
    mine = SocietyMembership.objects.filter(member=member, program=program)
    running = mine.filter(until_on=None).first()
    if running is not None and running.from_on == from_on:
        return running
    if from_on > today:
        _refuse("from_on", "Enter the day it began: today or earlier.")
    if running is not None:
        since = day_words(running.from_on)
        _refuse("from_on", f"A membership since {since} runs. End it first.")
    if mine.filter(until_on__gte=from_on).exists():
        _refuse("from_on", "An earlier membership reaches to that day.")
    try:
        with transaction.atomic():
            made = SocietyMembership.objects.create(
                member=member,
                program=program,
                from_on=from_on,
                recorded_by=actor.label,
                recorded_at=now,
            )
    except IntegrityError as error:
        raise Stale("It was recorded at this very moment.") from error
    record(
        actor=actor,
        action="society.joined",
        subject=made,
        member_id=member.pk,
        program=program,
        sentence=f"Recorded {member.name}'s society membership from "
        f"{day_words(from_on)}",
        now=now,
    )
    return made


@transaction.atomic
def end_society(
    *,
    actor: Actor,
    member: Member,
    program: str,
    until_on: date,
    now: datetime,
) -> SocietyMembership:
    """Record the last day of the membership that runs.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: none runs, or the day is before it began.
    """
    refuse_own_record(actor, member)
    mine = SocietyMembership.objects.filter(member=member, program=program)
    running = mine.select_for_update(of=("self",)).filter(until_on=None).first()
    if running is None:
        _refuse("until_on", "No society membership runs. Nothing was ended.")
    if until_on < running.from_on:
        began = day_words(running.from_on)
        _refuse("until_on", f"It began on {began}: enter that day or a later one.")
    running.until_on = until_on
    running.save(update_fields=["until_on"])
    record(
        actor=actor,
        action="society.left",
        subject=running,
        member_id=member.pk,
        program=program,
        sentence=f"Recorded that {member.name}'s society membership ends "
        f"{day_words(until_on)}",
        now=now,
    )
    return running


def _refuse(field: str, text: str) -> NoReturn:
    raise NotUsable(text, [FieldProblem(field, text)])

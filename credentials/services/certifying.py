"""Recording a credential that somebody earned elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import randbelow

from django.db import IntegrityError, transaction

from accounts.access import refuse_own_record
from accounts.models import Member
from accounts.queries import sponsor_of
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, NotUsable
from credentials.events import CertificationEarned
from credentials.models import Certification, StandingPeriod
from credentials.policy import Credential, day_words, policy_for
from credentials.services.holding_trails import hold_trails


@dataclass(frozen=True)
class Earned:
    """A credential that somebody earned, with the proof that staff saw (A14).

    `number` is empty where a new one is to be given.
    """

    program: str
    code: str
    earned_on: date
    proof: str
    number: str = ""


@transaction.atomic
def record_certification(
    *,
    actor: Actor,
    member: Member,
    program: str,
    code: str,
    earned_on: date,
    proof: str,
    number: str = "",
    today: date,
    now: datetime,
) -> Certification:
    """Write down that a member earned a credential, with the proof seen (A14).

    Args:
        proof: what staff saw, in their words; kept for an audit.
        number: the credential's number where it already has one; else one is given.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: an unknown credential, a day to come, no proof, or held already. One
            that had expired by that day can be earned again (N8).
    """
    return earn(
        actor=actor,
        member=member,
        earned=Earned(program, code, earned_on, proof, number),
        today=today,
        now=now,
    )


def earn(
    *,
    actor: Actor,
    member: Member,
    earned: Earned,
    today: date,
    now: datetime,
    action: str = "certification.recorded",
    said: str = "Recorded",
) -> Certification:
    """Write down a credential and begin what follows; a part of a service.

    Args:
        action: what is done, as the trail keeps it; `said` in a word.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: as `record_certification` says.
    """
    refuse_own_record(actor, member)
    program, earned_on = earned.program, earned.earned_on
    certification = _write(actor, member, earned, today, now)
    practice_id = sponsor_of(member, program)
    hold_trails(member_ids=[member.pk], program=program, practice_id=practice_id)
    record(
        actor=actor,
        action=action,
        subject=certification,
        practice_id=practice_id,
        member_id=member.pk,
        program=program,
        sentence=f"{said} {certification.code} for {member.name}, "
        f"earned {day_words(earned_on)}",
        reason=certification.proof,
        changes={"number": (None, certification.number)},
        now=now,
    )
    publish(CertificationEarned(certification, actor, today, now))
    return certification


def _write(
    actor: Actor, member: Member, earned: Earned, today: date, now: datetime
) -> Certification:
    program, code, earned_on = earned.program, earned.code, earned.earned_on
    credential = _credential(program, code, earned_on)
    _check(earned_on, earned.proof, today)
    nth = _which_time(member, program, code, earned_on)
    try:
        with transaction.atomic():
            return Certification.objects.create(
                member=member,
                program=program,
                code=credential.code,
                number=earned.number.strip() or _new_number(credential),
                earned_on=earned_on,
                nth=nth,
                proof=earned.proof.strip(),
                recorded_by=actor.label,
                recorded_at=now,
            )
    except IntegrityError as error:
        text = f"{member.name} already holds {code}, or the number is taken."
        raise NotUsable(text, [FieldProblem("number", text, "taken")]) from error


def _which_time(member: Member, program: str, code: str, on: date) -> int:
    """Count how often it was earned: again only once it had expired (N8)."""
    mine = {"member": member, "program": program}
    before = list(Certification.objects.filter(**mine, code=code))
    if before:
        standings = StandingPeriod.objects.filter(**mine, from_on__lte=on)
        known = standings.order_by("-recording", "-from_on").first()
        # One that was earned after the expiry is the new one already.
        if (
            known is None
            or known.standing != "expired"
            or any(each.earned_on >= known.from_on for each in before)
        ):
            text = f"{member.name} already holds {code}."
            raise NotUsable(text, [FieldProblem("code", text, "taken")])
    return len(before) + 1


def _credential(program: str, code: str, earned_on: date) -> Credential:
    for credential in policy_for(program, on=earned_on).credentials:
        if credential.code == code:
            return credential
    text = "Choose a credential of this body."
    raise NotUsable(text, [FieldProblem("code", text)])


def _check(earned_on: date, proof: str, today: date) -> None:
    problems = []
    if earned_on > today:
        text = f"{day_words(earned_on)} is still to come. Enter the day it was earned."
        problems.append(FieldProblem("earned_on", text))
    if not proof.strip():
        problems.append(FieldProblem("proof", "Write which proof you saw."))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _new_number(credential: Credential) -> str:
    # Short enough to read out; the database's unique constraint is the guard.
    return f"{credential.number_prefix}-{randbelow(10**9):09d}"

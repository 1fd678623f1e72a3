"""Recording a credential that somebody earned elsewhere."""

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
    refuse_own_record(actor, member)
    credential = _credential(program, code, earned_on)
    _check(earned_on, proof, today)
    nth = _which_time(member, program, code, earned_on)
    try:
        with transaction.atomic():
            certification = Certification.objects.create(
                member=member,
                program=program,
                code=credential.code,
                number=number.strip() or _new_number(credential),
                earned_on=earned_on,
                nth=nth,
                proof=proof.strip(),
                recorded_by=actor.label,
                recorded_at=now,
            )
    except IntegrityError as error:
        text = f"{member.name} already holds {code}, or the number is taken."
        raise NotUsable(text, [FieldProblem("number", text, "taken")]) from error
    practice_id = sponsor_of(member, program)
    hold_trails(member_ids=[member.pk], program=program, practice_id=practice_id)
    record(
        actor=actor,
        action="certification.recorded",
        subject=certification,
        practice_id=practice_id,
        member_id=member.pk,
        program=program,
        sentence=f"Recorded {code} for {member.name}, earned {day_words(earned_on)}",
        reason=proof.strip(),
        changes={"number": (None, certification.number)},
        now=now,
    )
    publish(CertificationEarned(certification, actor, today, now))
    return certification


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

"""Claiming a live activity: its code, the name, the evaluation, the credit (M4, M5)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from accounts.models import Member
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from core.scope import Scope, stepping_into
from core.sealing import unseal
from courses.models import LiveActivity, LiveAnswers, LiveClaim, LiveRegistration
from courses.queries.live import same_name
from courses.rules import answers_kept, problems_of_answers
from courses.rules.live import same_code
from courses.services.crediting import (
    ATTENDANCE,
    Earning,
    certify_credit,
    claimed_words,
    report_credit,
)
from courses.services.offering import Offered, credit_stated
from credentials.policy import CourseRules, day_words, policy_for

# One answer, whatever is wrong: that a code exists is nobody's to find out.
WRONG_CODE = (
    "This code opens nothing for you. Check it against the letter about the activity; "
    "spaces, hyphens and capitals don't matter. It works for whoever registered and "
    "was there."
)
WRONG_NAME = (
    "Write first and last name exactly as you registered. Your registration stands "
    "under Live activities."
)


def find_claim(
    *,
    member: Member,
    typed: str,
    name: tuple[str, str],
    today_in: Callable[[str], date],
) -> LiveRegistration:
    """Find which of somebody's registrations a code opens.

    Call it only within the limits on how often a code may be tried. It takes the same
    time whichever code is typed, and says the same of each that opens nothing.

    Args:
        member: who signed in.
        typed: the code, with any spaces and in any case.
        name: first and last name as typed; capitals, accents and spaces don't matter.
        today_in: gives the day in a body's zone.

    Raises:
        NotUsable: the code is none of theirs, or the name is another.
        NotEligible: its last session is to come, or its evaluation is over.
    """
    rows = LiveRegistration.objects.visible_to(member).standing()
    rows = rows.filter(attendance__isnull=False, live__cancelled_at=None)
    mine = list(rows.select_related("live", "member").order_by("live__last_on"))
    found = [each for each in mine if same_code(typed, unseal(each.live.code))]
    if not found:
        raise NotUsable(WRONG_CODE, [FieldProblem("code", WRONG_CODE)])
    row = found[0]
    if not same_name(name, (row.first_name, row.last_name)):
        fields = ("first_name", "last_name")
        raise NotUsable(WRONG_NAME, [FieldProblem(each, WRONG_NAME) for each in fields])
    if not LiveClaim.objects.filter(registration=row).exists():
        check_open(row.live, today_in(row.program))
    return row


@transaction.atomic
def claim_live(
    *,
    actor: Actor,
    registration: LiveRegistration,
    answers: Mapping[str, object],
    today: date,
    now: datetime,
) -> LiveClaim:
    """Take an evaluation, and give the activity's credit with its certificate.

    However often and in how many tabs it is claimed, it is given once: again gives back
    what was given first, and keeps no other answers.

    Args:
        actor: who was there.
        registration: what `find_claim` gave them.
        answers: by the question's code: the place on the scale from 1, or words.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: its last session is to come, or its evaluation is over.
        NotUsable: an answer is missing, or none of those there are.
    """
    rows = LiveRegistration.objects.select_related("live", "member")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=registration.pk)
    if known := LiveClaim.objects.filter(registration=row).first():
        return known
    if known := _claimed_as_another(row):
        return known
    check_open(row.live, today)
    asked = claim_rules(row.live, today).evaluation
    if problems := problems_of_answers(asked, answers):
        named = [FieldProblem(code, text) for code, text in problems]
        raise NotUsable(named[0].text, named)
    # Its id is random, and its month all that is known of when: no row leads back.
    kept = answers_kept(asked, answers)
    said = LiveAnswers(live=row.live, month=today.replace(day=1), answers=kept)
    LiveAnswers.objects.bulk_create([said])
    claim = _earned(actor, row, today, now)
    record(
        actor=actor,
        action="live.claimed",
        subject=claim,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Evaluated and claimed {row.live.title}: {words_of_claim(claim)}",
        now=now,
    )
    return claim


def claim_rules(live: LiveActivity, today: date) -> CourseRules:
    """Say what an activity's evaluation asks, and what its certificate says.

    Raises:
        LookupError: its body's pack has no courses; nobody could announce one.
    """
    rules = policy_for(live.program, on=today).courses
    if rules is None:
        raise LookupError(f"{live.program} has no courses")
    return rules


def check_open(live: LiveActivity, today: date) -> None:
    """Hold that an activity's evaluation is taken today.

    Raises:
        NotEligible: its last session is to come, or the evaluation's last day is over.
    """
    if today < live.last_on:
        raise NotEligible(f"You can claim it from {day_words(live.last_on)} on.")
    if today > live.evaluate_by:
        body = policy_for(live.program, on=today).body_name
        raise NotEligible(
            f"The evaluation was open until {day_words(live.evaluate_by)}, and nothing "
            f"is claimed after it. Ask the staff of {body}, under “Ask for help”."
        )


def live_offered(row: LiveRegistration) -> Offered | None:
    """Say what an activity brings somebody; None where it states no credit."""
    live = row.live
    if not live.credit_kind:
        return None
    policy = policy_for(live.program, on=live.last_on)
    return credit_stated(policy, live, row.member.profession, live.last_on)


def words_of_claim(claim: LiveClaim) -> str:
    """Say what a claim brought, in a few words."""
    if claim.activity is None or claim.kind == ATTENDANCE:
        return "a certificate of attendance"
    offered = live_offered(claim.registration)
    assert offered is not None
    return claimed_words(answer=offered.answer)


def _claimed_as_another(row: LiveRegistration) -> LiveClaim | None:
    """Find what was claimed of the same activity by a record that is theirs now (M1).

    The other registration stays with the record that was given up: staff see it.
    """
    with stepping_into(Scope.staff(row.program)):
        theirs = Q(registration__member__joined_to=row.member_id)
        theirs |= Q(activity__member=row.member_id)
        found = LiveClaim.objects.filter(theirs, registration__live=row.live_id)
        return found.select_related("certificate").order_by("at").first()


def _earned(
    actor: Actor, row: LiveRegistration, today: date, now: datetime
) -> LiveClaim:
    live, offered = row.live, live_offered(row)
    credited = offered is not None and not offered.attendance
    earning = Earning(
        member=row.member,
        program=row.program,
        source_id=row.pk,
        paper=claim_rules(live, today).paper,
        title=live.title,
        # The credit is of the day it was held, however late it is claimed.
        on=live.last_on,
        proof=f"Attended: {live.title}, {day_words(live.last_on)}",
        reason="The activity was attended and evaluated.",
    )
    return LiveClaim.objects.create(
        registration=row,
        kind=live.credit_kind if credited else ATTENDANCE,
        credits=(offered.answer.credits if offered else None) or Decimal(0),
        activity=report_credit(earning, offered, today, now) if offered else None,
        certificate=certify_credit(actor, earning, offered, today, now),
        on=today,
        at=now,
    )

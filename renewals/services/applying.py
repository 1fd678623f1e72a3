"""Applying a membership or a renewal: the term, its certificate, the standing, mail."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Member, Sponsorship
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible, Stale
from credentials.events import ProductAssigned
from credentials.models import Assignment, Window
from credentials.policy import day_words, policy_for
from renewals.models import TermCertificate
from renewals.queries import Life, lives_of, why_not
from renewals.rules import OutOfCalendarError, Term, next_term
from renewals.services.holding import decide
from renewals.services.standing import record_standing
from renewals.services.telling import tell_practice, tell_renewed


@dataclass(frozen=True)
class Applied:
    """A term that was applied, and what became of its certificate."""

    window: Window
    certificate: TermCertificate


def on_product_assigned(event: ProductAssigned) -> None:
    """Begin a term for everybody a membership or renewal was assigned to.

    Raises:
        NotEligible: a rule says no for one of them, so nobody is renewed.
        Stale: somebody was renewed by another at this very moment.
    """
    product = event.batch.product
    if not product.begins_term:
        return
    members = [assignment.member_id for assignment in event.assignments]
    lives = lives_of(members, product.program)
    applied = [
        _apply(event, assignment, lives[assignment.member_id])
        for assignment in event.assignments
    ]
    told = [(row.window, row.certificate) for row in applied]
    tell_practice(event.batch, told, event.today, event.now)


def _apply(event: ProductAssigned, assignment: Assignment, life: Life) -> Applied:
    name = assignment.member.name
    reason = why_not(event.batch.product, life, name=name, today=event.today)
    if reason:
        raise NotEligible(f"{reason} Nothing was assigned.")
    window = start_term(
        actor=event.actor,
        member=assignment.member,
        program=assignment.product.program,
        sponsorship=assignment.sponsorship,
        assignment=assignment,
        life=life,
        today=event.begins_on or event.today,
        now=event.now,
    )
    held = decide(actor=event.actor, window=window, today=event.today, now=event.now)
    record_standing(
        member_id=window.member_id,
        program=window.program,
        today=event.today,
        now=event.now,
    )
    Assignment.objects.filter(pk=assignment.pk).update(state=Assignment.State.ACTIVE)
    tell_renewed(window, held, event.now)
    return Applied(window, held)


@transaction.atomic
def start_term(
    *,
    actor: Actor,
    member: Member,
    program: str,
    sponsorship: Sponsorship | None,
    life: Life,
    today: date,
    now: datetime,
    assignment: Assignment | None = None,
) -> Window:
    """Write the term a renewal begins (A1): from the renewal date, or from today.

    Args:
        actor: who brought it about.
        member: whose term it is.
        program: the body's.
        sponsorship: whose practice pays; None where members pay for themselves.
        life: what was before it.
        today: the day it is applied, in the body's zone.
        now: the instant, UTC.
        assignment: what begins it, where a practice assigned it.

    Raises:
        Stale: another request wrote this member's next term first.
        NotEligible: the term would end after the calendar does.
    """
    practice_id = sponsorship.practice_id if sponsorship else None
    term = _next(program, life, today)
    ends_under = policy_for(program, on=term.last_on)
    try:
        with transaction.atomic():
            window = Window.objects.create(
                member=member,
                program=program,
                practice_id=practice_id,
                sponsorship=sponsorship,
                assignment=assignment,
                sequence=len(life.windows) + 1,
                first_on=term.first_on,
                last_on=term.last_on,
                applied_on=today,
                credits_asked=ends_under.terms.requirement.credits,
                policy=ends_under.version,
                created_at=now,
            )
    except IntegrityError as error:
        raise Stale(
            f"{member.name} was renewed by somebody else just now. "
            "Nothing was assigned. Reload the page to see the new date."
        ) from error
    renewal_on = life.latest.renewal_on if life.latest else None
    record(
        actor=actor,
        action="term.applied",
        subject=window,
        practice_id=practice_id,
        member_id=member.pk,
        program=program,
        sentence=f"Renewal date of {member.name} is now {day_words(window.renewal_on)}",
        changes={"renewal_on": (renewal_on, window.renewal_on)},
        now=now,
    )
    return window


def _next(program: str, life: Life, today: date) -> Term:
    before = life.terms[-1] if life.terms else None
    try:
        policy = policy_for(program, on=today)
        return next_term(policy, applied_on=today, previous=before)
    except OutOfCalendarError as error:
        raise NotEligible(f"{error}. Nothing was assigned.") from error

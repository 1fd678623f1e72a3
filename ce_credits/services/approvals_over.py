"""What was approved is taken back, or changed by an application that follows it (M12).

An approval is never rewritten. Its body ends it, or approves another application in its
place: what was attended until that day keeps its credit, later days have none.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from ce_credits.models import ApprovalApplication, ApprovalStep, CatalogueItem
from ce_credits.rules import typed_again
from ce_credits.services.approval_letters import tell_ended
from ce_credits.services.approval_steps import (
    CHANGED,
    check_words,
    hold_application,
    note_approval,
    take_approval_step,
)
from ce_credits.services.numbered import Step
from core.actor import Actor
from core.failures import NotEligible, Refusal, Stale

State, Kind = ApprovalApplication.State, ApprovalStep.Kind
OWN_END = "This is your own activity. Another member of staff has to end its approval."
NOT_STANDING = "This approval does not stand any more. Nothing was done."


@transaction.atomic
def end_approval(
    *,
    actor: Actor,
    application: ApprovalApplication,
    words: str,
    seen: int,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Take an approval back: its activity leaves the catalogue, its sponsor is told.

    What was attended until today has its credit, also where it is reported later.

    Raises:
        NotEligible: it is the actor's own.
        NotUsable: no reason, or one too long.
        Refusal: it is not approved, or its approval is over.
        Stale: it changed since version `seen`.
    """
    if actor.user_id == application.user_id:
        raise NotEligible(OWN_END)
    hold_application(application)
    if application.state != State.APPROVED:
        raise Refusal(NOT_STANDING)
    check_words(words, "Write why the approval ends. The sponsor reads it.")
    act = Step(Kind.ENDED, actor, today, now, words=words)
    step = _end(application, act, State.ENDED, words.strip(), seen=seen)
    tell_ended(application, step, now)
    return application


def take_its_place(
    application: ApprovalApplication, act: Step, code: str
) -> ApprovalApplication | None:
    """End what an application was to change, now that it is approved under a code.

    Call it in a transaction. Its sponsor is told by the letter of the approval.

    Returns:
        What ended; None where it changes nothing that stands.
    """
    former = application.replaces
    if former is None:
        return None
    hold_application(former)
    if former.state != State.APPROVED:
        return None
    why = f"{code} takes its place."
    facts = {"code": code, "application": str(application.pk)}
    step = Step(Kind.REPLACED, act.actor, act.today, act.now, words=why, facts=facts)
    _end(former, step, State.REPLACED, why, seen=former.version)
    return former


@transaction.atomic
def change_approved(
    *,
    actor: Actor,
    user: User,
    application: ApprovalApplication,
    seen: int,
    now: datetime,
) -> ApprovalApplication:
    """Begin the application that asks for a change; what is approved stands meanwhile.

    It begins with what was approved. Again gives back the one that is not decided on.

    Raises:
        Refusal: it is not approved, or its approval is over.
        Stale: it changed since version `seen`.
    """
    hold_application(application)
    open_now = ApprovalApplication.objects.of_account(user.pk).filter(
        replaces=application, state__in=ApprovalApplication.UNDECIDED
    )
    if known := open_now.first():
        return known
    if application.state != State.APPROVED:
        raise Refusal(NOT_STANDING)
    if application.version != seen:
        raise Stale(CHANGED)
    try:
        with transaction.atomic():
            made = ApprovalApplication.objects.create(
                program=application.program,
                user=user,
                replaces=application,
                state=State.DRAFT,
                typed=typed_again(application.facts),
                title=application.title,
                sponsor=application.sponsor,
                created_at=now,
                changed_at=now,
            )
    except IntegrityError as twice:
        raise Stale(CHANGED) from twice
    text = f"Began to write a change of “{made}”"
    note_approval(made, actor, "drafted", text, now)
    return made


def _end(
    application: ApprovalApplication,
    act: Step,
    state: ApprovalApplication.State,
    why: str,
    *,
    seen: int,
) -> ApprovalStep:
    step = take_approval_step(
        application,
        act,
        seen=seen,
        state=state,
        ended_on=act.today,
        ended_why=why,
    )
    items = CatalogueItem.objects.filter(approval=application, offered_now=True)
    items.update(offered_now=False, changed_at=act.now)
    note_approval(
        application,
        act.actor,
        state.value,
        f"Ended the approval of “{application}” of {application.sponsor}",
        act.now,
        reason=why,
        before=State.APPROVED,
    )
    return step

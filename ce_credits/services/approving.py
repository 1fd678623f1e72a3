"""A body's staff ask about a sponsor's activity, approve it or refuse it (M12, N10)."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from ce_credits.models import ApprovalApplication, ApprovalStep, CatalogueItem
from ce_credits.queries import approval_policy, credit_stated
from ce_credits.rules import Programme, Stated, in_order
from ce_credits.services.approval_letters import (
    tell_approved,
    tell_asked,
    tell_refused,
)
from ce_credits.services.approval_steps import (
    LONGEST,
    check_words,
    hold_application,
    note_approval,
    rules_of,
    take_approval_step,
)
from ce_credits.services.approvals_over import take_its_place
from ce_credits.services.feed_again import judge_codes_again
from ce_credits.services.numbered import Step
from core.actor import Actor
from core.failures import FieldProblem, NotEligible, NotUsable, Refusal

State, Kind = ApprovalApplication.State, ApprovalStep.Kind
DECIDED = "This application is not with you any more. Nothing was done."
OWN = "This is your own application. Another member of staff has to decide on it."
# How many codes that a catalogue has already are passed over.
MOST_TAKEN = 1000


@transaction.atomic
def ask_sponsor(
    *,
    actor: Actor,
    application: ApprovalApplication,
    words: str,
    seen: int,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Ask a sponsor something; they answer, and may change what they sent.

    Raises:
        NotEligible: it is the actor's own.
        NotUsable: nothing is asked.
        Refusal: it is not with the body.
        Stale: it changed since version `seen`.
    """
    _hold(actor, application, (State.SUBMITTED,))
    check_words(words, "Write what you ask.")
    act = Step(Kind.ASKED, actor, today, now, words=words)
    step = take_approval_step(application, act, seen=seen, state=State.ASKED)
    note_approval(
        application,
        actor,
        "asked",
        f"Asked {application.sponsor} about “{application}”",
        now,
        reason=words,
        before=State.SUBMITTED,
    )
    tell_asked(application, step, now)
    return application


@transaction.atomic
def approve_activity(
    *,
    actor: Actor,
    application: ApprovalApplication,
    words: str = "",
    seen: int,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Approve an activity: it enters the catalogue with its code, once.

    A change of an approved one takes its place there.

    Its credit is stated from its minutes by the policy of its first day, and kept with
    the step and why.

    Raises:
        NotEligible: it is the actor's own.
        NotUsable: the words are too long, or the rules give it no credit any more.
        Refusal: it is not with the body.
        Stale: it changed since version `seen`.
    """
    before = _hold(actor, application, (State.SUBMITTED, State.ASKED))
    if words.strip():
        check_words(words, "")
    programme = Programme.of(application.facts)
    stated = credit_stated(application)
    if not stated.award.credits:
        text = "The rules give this programme no credit. Ask about it, or refuse it."
        raise NotUsable(text, [FieldProblem("words", text)])
    item, number = _enter(application, programme, stated, today, now)
    facts = {
        "code": item.code,
        "minutes": stated.minutes,
        "credits": str(stated.award.credits),
        "unit": stated.award.unit,
        "policy": stated.award.policy,
        "reasons": [asdict(reason) for reason in stated.reasons],
    }
    act = Step(Kind.APPROVED, actor, today, now, words=words, facts=facts)
    step = take_approval_step(
        application, act, seen=seen, state=State.APPROVED, item=item, number=number
    )
    former = take_its_place(application, act, item.code)
    note_approval(
        application,
        actor,
        "approved",
        f"Approved “{application}” of {application.sponsor} as {item.code}",
        now,
        reason=words,
        before=before,
    )
    tell_approved(application, step, stated, former, now)
    judge_codes_again(
        actor=actor,
        program=application.program,
        codes=[item.code],
        subject=application,
        now=now,
    )
    return application


@transaction.atomic
def refuse_activity(
    *,
    actor: Actor,
    application: ApprovalApplication,
    ground: str,
    words: str = "",
    seen: int,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Refuse to approve an activity, with a ground of the pack.

    Raises:
        NotEligible: it is the actor's own.
        NotUsable: no ground is chosen, or its words are missing or too long.
        Refusal: it is not with the body.
        Stale: it changed since version `seen`.
    """
    before = _hold(actor, application, (State.SUBMITTED, State.ASKED))
    found = rules_of(application.program, today).ground(ground)
    if found is None:
        text = "Choose why it is refused."
        raise NotUsable(text, [FieldProblem("ground", text)])
    if found.needs_words or len(words) > LONGEST:
        check_words(words, "Write why it is refused.")
    act = Step(Kind.REFUSED, actor, today, now, ground=ground, words=words)
    step = take_approval_step(application, act, seen=seen, state=State.REFUSED)
    why = f"{found.text}: {words.strip()}" if words.strip() else found.text
    note_approval(
        application,
        actor,
        "refused",
        f"Refused to approve “{application}” of {application.sponsor}",
        now,
        reason=why,
        before=before,
    )
    tell_refused(application, step, found.text, now)
    return application


def _hold(
    actor: Actor,
    application: ApprovalApplication,
    states: tuple[ApprovalApplication.State, ...],
) -> str:
    """Hold an application, and what it changes, for whoever may decide on it.

    Returns:
        Its state.
    """
    if actor.user_id == application.user_id:
        raise NotEligible(OWN)
    hold_application(application)
    if application.state not in states:
        raise Refusal(DECIDED)
    if application.replaces is not None:
        # Before the catalogue, as whoever imports a file of it does.
        hold_application(application.replaces)
    return application.state


def _enter(
    application: ApprovalApplication,
    programme: Programme,
    stated: Stated,
    today: date,
    now: datetime,
) -> tuple[CatalogueItem, int]:
    """Put the activity into the catalogue under the next code that is free.

    The database lets a code in once: of two approved at one time, the second takes the
    number after.
    """
    rules = rules_of(application.program, today)
    approved = ApprovalApplication.objects.of_program(application.program)
    topics = in_order(approval_policy(application), programme.topics)
    tried = 0
    for _ in range(MOST_TAKEN):
        last = approved.aggregate(last=Max("number"))["last"] or 0
        tried = max(tried, last) + 1
        try:
            with transaction.atomic():
                item = CatalogueItem.objects.create(
                    program=application.program,
                    code=rules.code_of(tried),
                    title=programme.title,
                    kind=programme.kind,
                    minutes=stated.minutes,
                    provider=programme.sponsor,
                    topics=topics,
                    changed_at=now,
                )
        except IntegrityError:
            continue
        return item, tried
    raise Refusal("The catalogue has all codes that could follow. Free one first.")

"""A sponsor applies to have an activity approved: written, sent, answered (M12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts.models import User
from ce_credits.models import ApprovalApplication, ApprovalStep
from ce_credits.rules import (
    Programme,
    kept_typed,
    read_programme,
    wrong_time,
    wrong_topics,
)
from ce_credits.services.approval_steps import (
    CHANGED,
    check_words,
    hold_application,
    note_approval,
    rules_of,
    take_approval_step,
)
from ce_credits.services.numbered import Step
from core.actor import Actor
from core.failures import FieldProblem, Missing, NotUsable, Refusal, Stale
from credentials.policy import policy_for

State, Kind = ApprovalApplication.State, ApprovalStep.Kind
SAVED_ELSEWHERE = (
    "This was saved in another window meanwhile. What you wrote is still in the form: "
    "compare it, then save again."
)
SENT = "This application is with the body. It can't be written in now."


@transaction.atomic
def start_application(
    *,
    actor: Actor,
    user: User,
    program: str,
    typed: Mapping[str, Any],
    key: UUID | None = None,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Begin to write an application; nobody of the body sees it before it is sent.

    Args:
        key: the one use of the form it comes from, which becomes its id: the same form
            again gives back what it began.

    Raises:
        Missing: the body approves no activities, or the key is somebody else's.
    """
    rules_of(program, today)
    kept = kept_typed(typed)
    try:
        made, begun = ApprovalApplication.objects.get_or_create(
            pk=key or uuid4(),
            defaults={
                "program": program,
                "user": user,
                "state": State.DRAFT,
                "typed": kept,
                "title": kept["title"].strip(),
                "sponsor": kept["sponsor"].strip(),
                "created_at": now,
                "changed_at": now,
            },
        )
    except IntegrityError as taken:
        # By somebody whose rows the database doesn't show.
        raise Missing("Not found.") from taken
    if made.user_id != user.pk:
        raise Missing("Not found.")
    if begun:
        note_approval(made, actor, "drafted", f"Began to write “{made}”", now)
    return made


@transaction.atomic
def save_application(
    *,
    application: ApprovalApplication,
    typed: Mapping[str, Any],
    seen_saves: int,
    now: datetime,
) -> ApprovalApplication:
    """Keep what was typed so far; what was sent before stands until it is answered.

    Args:
        seen_saves: how often it had been saved when the caller's page was made.

    Raises:
        Stale: another window saved it since, or it is with the body meanwhile.
    """
    kept = kept_typed(typed)
    if application.state not in ApprovalApplication.OPEN:
        raise Stale(SENT)
    changes: dict[str, Any] = {"typed": kept}
    if application.state == State.DRAFT:
        changes |= {name: kept[name].strip() for name in ("title", "sponsor")}
    if all(getattr(application, name) == value for name, value in changes.items()):
        return application
    changes |= {"saves": seen_saves + 1, "changed_at": now}
    mine = ApprovalApplication.objects.filter(
        pk=application.pk, saves=seen_saves, state__in=ApprovalApplication.OPEN
    )
    if not mine.update(**changes):
        raise Stale(SAVED_ELSEWHERE)
    for name, value in changes.items():
        setattr(application, name, value)
    return application


@transaction.atomic
def send_application(
    *,
    actor: Actor,
    user: User,
    application: ApprovalApplication,
    typed: Mapping[str, Any],
    answer: str = "",
    seen: int,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Send an application to its body; asked about, send it again with an answer.

    Args:
        typed: what it says, which is kept with it.
        answer: what the sponsor answers, where staff asked something.
        seen: the version that the sponsor saw.
        today: the day in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way; nothing is sent.
        Refusal: it is with the body already, or was decided on.
        Stale: it changed since version `seen`.
    """
    hold_application(application)
    if application.state not in ApprovalApplication.OPEN:
        raise Refusal(SENT)
    if application.version != seen:
        raise Stale(CHANGED)
    asked = application.state == State.ASKED
    if asked:
        check_words(answer, "Answer what was asked.", "answer")
    kept = kept_typed(typed)
    said = _programme_in(application.program, kept, today)
    before, again = application.state, application.submitted_at
    step = Kind.ANSWERED if asked else Kind.SUBMITTED
    words = answer if asked else ""
    act = Step(step, actor, today, now, words=words, facts=said.kept)
    take_approval_step(
        application,
        act,
        seen=seen,
        state=State.SUBMITTED,
        typed=kept,
        saves=application.saves + 1,
        facts=said.kept,
        title=said.title,
        sponsor=said.sponsor,
        name=user.name[:200],
        email=user.email,
        submitted_at=again or now,
    )
    verb = "Answered about" if asked else "Applied for the approval of"
    note_approval(
        application, actor, step.value, f"{verb} “{application}”", now, before=before
    )
    return application


@transaction.atomic
def withdraw_application(
    *,
    actor: Actor,
    application: ApprovalApplication,
    seen: int,
    today: date,
    now: datetime,
) -> ApprovalApplication:
    """Take an application back before it is decided on.

    Raises:
        Refusal: it was decided on, or withdrawn.
        Stale: it changed since version `seen`.
    """
    hold_application(application)
    if application.state not in ApprovalApplication.UNDECIDED:
        raise Refusal("This application is decided on, or withdrawn. Nothing was done.")
    before = application.state
    act = Step(Kind.WITHDRAWN, actor, today, now)
    take_approval_step(application, act, seen=seen, state=State.WITHDRAWN)
    note_approval(
        application, actor, "withdrawn", f"Withdrew “{application}”", now, before=before
    )
    return application


def _programme_in(program: str, typed: Mapping[str, Any], today: date) -> Programme:
    """Read an application whole, as the body's rules ask for it.

    Raises:
        NotUsable: the fields that stand in the way, each with its way out.
    """
    rules = rules_of(program, today)
    found, wrong = read_programme(typed, kinds=rules.kinds, asks=rules.asks)
    if found is not None:
        policy = policy_for(program, on=found.days[0])
        late = wrong_time(policy, rules, found, today)
        wrong = [*wrong_topics(policy, found), *late]
    if found is None or wrong:
        problems = [FieldProblem(each.field, each.text) for each in wrong]
        raise NotUsable(problems[0].text, problems)
    return found

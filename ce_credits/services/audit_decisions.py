"""Staff find an audited submission verified or not accepted, and close the case."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.access import refuse_own_record
from ce_credits.events import ActivitiesDeciding, AuditClosed, AuditClosing
from ce_credits.models import Activity, AuditCase, AuditItem
from ce_credits.models.audits import LONGEST_WORDS
from ce_credits.services.audit_cases import lock_case
from ce_credits.services.deciding import Ruling, decide
from ce_credits.services.steps import practice_of
from core.actor import Actor
from core.audit import hold_chains, record
from core.events import publish
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from credentials.models import Window
from credentials.policy import day_words, policy_for

State, Outcome = Activity.State, AuditItem.Outcome
STALE = (
    "This audit changed since you opened the page. Nothing was done. "
    "Reload the page, then look again."
)
# What a practice reads of an activity that nobody proved: never that it was audited.
UNPROVED = "No proof was sent"
LONGEST_CLOSING = 400
DECIDED = (
    *("outcome", "ground", "finding"),
    *("decided_by", "user", "decided_on", "decided_at"),
)


@dataclass(frozen=True)
class Finding:
    """What staff find of one item.

    Args:
        outcome: verified or not_accepted.
        activity_seen: the version of the activity that they looked at.
        ground: the code of a reason for not accepting, out of the pack.
        words: their own words. They stay with the audit, which no practice reads,
            unless the decision itself can't do without them.
        determined: the credit staff decide on where the rules leave it to them (A6).
    """

    outcome: str
    activity_seen: int
    ground: str = ""
    words: str = ""
    determined: Decimal | None = None


@transaction.atomic
def decide_item(
    *,
    actor: Actor,
    item: AuditItem,
    seen: int,
    finding: Finding,
    today: date,
    now: datetime,
) -> AuditItem:
    """Verify one submission of an audit, or do not accept it; credit moves at once.

    Args:
        seen: the version of the case that the actor looked at.
        today: the day it is in the body's zone.

    Raises:
        NotEligible: it is the actor's own record, the holder withdrew the submission,
            or there is still time for the answer.
        NotUsable: the fields that stand in the way.
        Stale: the case or the submission changed since, or is decided already.
    """
    refuse_own_record(actor, item.case.member)
    case = lock_case(item.case)
    if case.version != seen or not case.is_open:
        raise Stale(STALE)
    left = _hold(case, case.items.filter(pk=item.pk, outcome=""))
    if not left:
        raise Stale("This item is decided already. Nothing was done again.")
    _check(case, finding, today)
    activity = left[0].activity
    if finding.outcome == Outcome.VERIFIED:
        _verify(actor, activity, finding, today, now)
    else:
        _refuse(actor, activity, finding, today, now)
        Activity.objects.filter(pk=activity.pk).update(kept_back=True)
    _write(actor, case, item, finding, today, now)
    return item


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    case: AuditCase,
    seen: int,
    reason: str = "",
    today: date,
    now: datetime,
) -> AuditCase:
    """Close an audit: each item is decided, or nothing came until the due day passed.

    What was not answered is then not accepted, with the reason given here.

    Args:
        seen: the version of the case that the actor looked at.
        reason: why what was not answered is not accepted; needed only then.
        today: the day it is in the body's zone.

    Raises:
        NotEligible: it is the actor's own record, an answered item waits for a
            decision, or there is still time to answer.
        NotUsable: there is no reason for what was not answered, or it is too long.
        Stale: the case changed since, or is closed.
    """
    refuse_own_record(actor, case.member)
    publish(AuditClosing(case.pk))
    row = lock_case(case)
    if row.version != seen or not row.is_open:
        raise Stale(STALE)
    left = _hold(row, row.items.filter(outcome=""))
    if left:
        _check_closing(row, len(left), reason, today)
    for item in left:
        bare = Finding(Outcome.NOT_ACCEPTED, item.activity.version, words=UNPROVED)
        _refuse(actor, item.activity, bare, today, now)
        _write(actor, row, item, replace(bare, words=reason.strip()), today, now)
    AuditCase.objects.filter(pk=row.pk).update(
        closed_on=today,
        closed_at=now,
        closed_by=actor.label,
        closing=reason.strip() if left else "",
        version=F("version") + 1,
    )
    Activity.objects.filter(audit_items__case=row).update(kept_back=False)
    row.refresh_from_db()
    record(
        actor=actor,
        action="audit.closed",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Closed the audit of {row.member.name}",
        reason=row.closing,
        now=now,
    )
    publish(AuditClosed(row.pk, row.member_id, row.program, actor, today, now))
    return row


def _hold(case: AuditCase, items: QuerySet[AuditItem]) -> list[AuditItem]:
    """Hold what deciding on items locks, in the order of all others; read them then.

    Whoever writes an activity locks it before the trails. So all of them come first,
    then every trail that a decision may be written to.
    """
    publish(ActivitiesDeciding(list(items.values_list("activity_id", flat=True))))
    mine = Activity.objects.select_for_update(of=("self",), no_key=True)
    list(mine.filter(audit_items__in=items).order_by("pk"))
    held = list(items.select_related("activity__member__user"))
    paid = Window.objects.filter(member=case.member_id, program=case.program)
    ids = {practice_of(each.activity) for each in held}
    ids |= set(paid.values_list("practice_id", flat=True))
    hold_chains(practice_ids={None, *ids}, program=case.program)
    return held


def _check(case: AuditCase, finding: Finding, today: date) -> None:
    if finding.outcome not in Outcome.values:
        text = "Choose Verified or Not accepted."
        raise NotUsable(text, [FieldProblem("outcome", text)])
    if len(finding.words.strip()) > LONGEST_WORDS:
        text = f"Use at most {LONGEST_WORDS} characters."
        raise NotUsable(text, [FieldProblem("words", text)])
    waits = case.sent_at is None and not case.is_over(today)
    if finding.outcome == Outcome.NOT_ACCEPTED and waits:
        until = day_words(case.due_on)
        raise NotEligible(
            f"The holder may answer until {until}. It can be verified before, "
            "but not refused."
        )


def _check_closing(case: AuditCase, left: int, reason: str, today: date) -> None:
    noun = "item is" if left == 1 else "items are"
    if case.sent_at is not None:
        raise NotEligible(f"{left} {noun} not decided. Decide on what was answered.")
    if not case.is_over(today):
        until = day_words(case.due_on)
        raise NotEligible(
            f"{left} {noun} not decided, and the holder may answer until {until}."
        )
    text = ""
    if not reason.strip():
        text = "Write why what was not answered is not accepted."
    elif len(reason.strip()) > LONGEST_CLOSING:
        text = f"Use at most {LONGEST_CLOSING} characters."
    if text:
        raise NotUsable(text, [FieldProblem("reason", text)])


def _verify(
    actor: Actor, activity: Activity, finding: Finding, today: date, now: datetime
) -> None:
    if activity.state == State.WITHDRAWN:
        raise NotEligible(
            "The holder withdrew this submission, so it can't be verified."
        )
    if activity.state == State.ACCEPTED:
        _check_seen(activity, finding)
        return
    words = finding.words if finding.determined is not None else ""
    ruling = Ruling(State.ACCEPTED, words=words, determined=finding.determined)
    _decide(actor, activity, finding, ruling, today, now)


def _refuse(
    actor: Actor, activity: Activity, finding: Finding, today: date, now: datetime
) -> None:
    if activity.state in {State.WITHDRAWN, State.REJECTED}:
        # It counts nothing already: what is found is kept with the audit alone.
        _check_seen(activity, finding)
        _check_ground(activity, finding)
        return
    ground = policy_for(activity.program, on=activity.day).ground(finding.ground)
    words = finding.words if ground is None or ground.needs_words else ""
    ruling = Ruling(State.REJECTED, ground=finding.ground, words=words)
    _decide(actor, activity, finding, ruling, today, now)


def _decide(
    actor: Actor,
    activity: Activity,
    finding: Finding,
    ruling: Ruling,
    today: date,
    now: datetime,
) -> None:
    decide(
        actor=actor,
        activity=activity,
        seen=finding.activity_seen,
        ruling=ruling,
        today=today,
        now=now,
    )


def _check_seen(activity: Activity, finding: Finding) -> None:
    if activity.version != finding.activity_seen:
        raise Stale(STALE)


def _check_ground(activity: Activity, finding: Finding) -> None:
    policy = policy_for(activity.program, on=activity.day)
    ground = policy.ground(finding.ground)
    if ground is None and (finding.ground or not finding.words.strip()):
        text = "Choose why it is not accepted."
        raise NotUsable(text, [FieldProblem("ground", text)])
    if ground is not None and ground.needs_words and not finding.words.strip():
        text = "Write the reason in your own words."
        raise NotUsable(text, [FieldProblem("words", text)])


def _write(
    actor: Actor,
    case: AuditCase,
    item: AuditItem,
    finding: Finding,
    today: date,
    now: datetime,
) -> None:
    item.outcome = finding.outcome
    item.ground = finding.ground if finding.outcome == Outcome.NOT_ACCEPTED else ""
    item.finding = finding.words.strip()
    item.decided_by, item.user_id = actor.label, actor.user_id
    item.decided_on, item.decided_at = today, now
    item.save(update_fields=DECIDED)
    AuditCase.objects.filter(pk=case.pk).update(version=F("version") + 1)
    case.version += 1
    word = item.get_outcome_display()
    record(
        actor=actor,
        action=f"audit.{item.outcome}",
        subject=case,
        member_id=case.member_id,
        program=case.program,
        sentence=f"{word}: “{item.activity}” in the audit of {case.member.name}",
        reason=item.finding,
        now=now,
    )

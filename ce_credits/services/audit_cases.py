"""Opening an audit of one member, and its member's answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.access import refuse_own_record
from accounts.models import Member
from ce_credits.models import Activity, AuditCase, AuditDraw, AuditItem
from ce_credits.models.audits import LONGEST_WORDS
from ce_credits.services.audit_letters import tell_selected
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Refusal, Stale
from core.turns import take_turn
from credentials.policy import Policy, day_words, policy_for, programs

ANSWERED = "Your answer is sent. Nothing of it can be changed any more."
TAKEN = (
    "Somebody opened an audit of {name} meanwhile. Nothing was done. "
    "Look at the list, then try again."
)
MOST_ITEMS = 100


def audit_of(*, program: str, today: date) -> Policy:
    """Return the policy of a body that audits.

    Args:
        program: the body's.
        today: the day it is in its zone.

    Raises:
        NotEligible: its policy knows no audits.
    """
    policy = policy_for(program, on=today) if program in programs() else None
    if policy is None or policy.audit is None:
        raise NotEligible("This body's policy says nothing of audits.")
    return policy


def due_day(*, program: str, today: date) -> date:
    """Name the day an answer is due by the pack's own count of days.

    Raises:
        NotEligible: its policy knows no audits.
    """
    audit = audit_of(program=program, today=today).audit
    assert audit is not None
    return today + timedelta(days=audit.answer_days)


def await_audits(*, program: str) -> None:
    """Wait until nobody else opens audits of a body.

    A draw has the trail when it comes to a member's case: it may wait for nobody then.
    """
    take_turn(f"audit {program}")


def check_due(due_on: date, today: date) -> list[FieldProblem]:
    """Say what keeps a day from being the last one to answer."""
    if due_on <= today:
        return [FieldProblem("due_on", "Write a day after today.")]
    return []


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    program: str,
    member: Member,
    activities: Sequence[Activity],
    due_on: date,
    reason: str = "",
    draw: AuditDraw | None = None,
    today: date,
    now: datetime,
) -> AuditCase:
    """Ask a member to prove some of what they reported, and write to them.

    Args:
        activities: what they reported to the body; each becomes an item.
        due_on: the last day to answer.
        reason: why, where no draw chose them.
        draw: the draw that chose them.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: nothing is chosen, the day is past, or no reason is given.
        NotEligible: the body's policy knows no audits, or it is the actor's own record
            and no draw chose it.
        Stale: they have an open audit.
    """
    audit_of(program=program, today=today)
    await_audits(program=program)
    if draw is None:
        refuse_own_record(actor, member)
    _check_asked(program, member, activities, due_on, reason, draw, today)
    try:
        with transaction.atomic():
            case = AuditCase.objects.create(
                program=program,
                member=member,
                draw=draw,
                reason=reason.strip(),
                opened_by=actor.label,
                opened_on=today,
                opened_at=now,
                due_on=due_on,
            )
    except IntegrityError as taken:
        raise Stale(TAKEN.format(name=member.name)) from taken
    AuditItem.objects.bulk_create(
        AuditItem(case=case, number=number, activity=activity)
        for number, activity in enumerate(activities, start=1)
    )
    noun = "submission" if len(activities) == 1 else "submissions"
    record(
        actor=actor,
        action="audit.opened",
        subject=case,
        member_id=member.pk,
        program=program,
        sentence=f"Opened an audit of {len(activities)} {noun} of {member.name}, "
        f"due {day_words(due_on)}",
        reason=case.reason,
        now=now,
    )
    tell_selected(case, now)
    return case


def _check_asked(
    program: str,
    member: Member,
    activities: Sequence[Activity],
    due_on: date,
    reason: str,
    draw: AuditDraw | None,
    today: date,
) -> None:
    problems = check_due(due_on, today)
    drawable = {Activity.State.SUBMITTED, Activity.State.ACCEPTED}
    # Whoever is drawn is asked about all that is drawn of them.
    too_many = draw is None and len(activities) > MOST_ITEMS
    if not activities or too_many:
        text = f"Choose at least one submission, and at most {MOST_ITEMS}."
        problems.append(FieldProblem("activities", text))
    elif any(
        each.program != program
        or each.member_id != member.pk
        or each.state not in drawable
        for each in activities
    ):
        text = "Choose submissions that count, or wait for review, of this member."
        problems.append(FieldProblem("activities", text))
    if draw is None and not reason.strip():
        problems.append(FieldProblem("reason", "Write why they are audited."))
    if problems:
        raise NotUsable(problems[0].text, problems)


@transaction.atomic
def keep_answer(
    *, actor: Actor, case: AuditCase, words: Mapping[UUID, str], now: datetime
) -> None:
    """Keep what a member writes about the items, before they send it.

    Raises:
        NotUsable: something is too long.
        Refusal: the answer is sent, or the audit is closed.
    """
    _check_answering(case)
    if _write(case, words):
        _note(actor, case, "audit.answer_kept", "Wrote an answer to an audit", now)


@transaction.atomic
def send_answer(
    *,
    actor: Actor,
    case: AuditCase,
    words: Mapping[UUID, str],
    today: date,
    now: datetime,
) -> AuditCase:
    """Send the answer to an audit: from now on it is as it is.

    It may come after the due day, as long as staff have not closed the case.

    Args:
        words: what the member writes, by item.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: an item has neither a file nor a word; or something is too long.
        Refusal: the answer is sent, or the audit is closed.
    """
    _check_answering(case)
    _write(case, words)
    problems = [
        FieldProblem(
            f"words-{item.number}", f"Add a file or a line to item {item.number}."
        )
        for item in case.items.filter(outcome="")
        if not item.words and not item.proofs.there().exists()
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)
    AuditCase.objects.filter(pk=case.pk).update(
        sent_on=today, sent_at=now, version=F("version") + 1
    )
    case.refresh_from_db()
    _note(actor, case, "audit.answered", "Answered an audit", now)
    return case


def lock_case(case: AuditCase) -> AuditCase:
    """Wait until nobody else changes a case; return it as it stands then."""
    mine = AuditCase.objects.select_for_update(of=("self",), no_key=True)
    return mine.get(pk=case.pk)


def _check_answering(case: AuditCase) -> None:
    now_as = lock_case(case)
    if not now_as.is_open:
        raise Refusal("This audit is closed. Nothing can be added.")
    if not now_as.may_answer():
        raise Refusal(ANSWERED)


def _write(case: AuditCase, words: Mapping[UUID, str]) -> bool:
    # What is decided stands, with what was written about it.
    items = list(case.items.filter(outcome=""))
    texts = {item: words.get(item.pk, item.words).strip() for item in items}
    problems = [
        FieldProblem(f"words-{item.number}", f"Use at most {LONGEST_WORDS} characters.")
        for item, text in texts.items()
        if len(text) > LONGEST_WORDS
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)
    changed = [item for item, text in texts.items() if item.words != text]
    for item in changed:
        item.words = texts[item]
    AuditItem.objects.bulk_update(changed, ["words"])
    return bool(changed)


def _note(
    actor: Actor, case: AuditCase, action: str, sentence: str, now: datetime
) -> None:
    record(
        actor=actor,
        action=action,
        subject=case,
        member_id=case.member_id,
        program=case.program,
        sentence=sentence,
        now=now,
    )

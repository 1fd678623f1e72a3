"""A holder says that a credit is missing; what comes of it, once (N12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.access import refuse_own_record
from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedRow, MissingCredit
from ce_credits.queries import Due, credited, due_of
from ce_credits.rules import plain
from ce_credits.services.missing_letters import tell_answered
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.work import hasten
from credentials.models import Certification
from credentials.policy import day_words

State = MissingCredit.State
TASK = "ce_credits.tasks.look_for_missing"
LONGEST = 400
CAME = "It came, and it counts."
NONE_YET = "No credit is there yet. Settle its row, or record the activity, first."
THERE = "The credit is there by now, and it counts. Answer that it is there."
STALE = "This was answered meanwhile. Nothing was done."


@dataclass(frozen=True)
class Said:
    """What is known of a credit that its holder misses.

    Where a feed's row of theirs holds it there is `row` and no `question`; `row` is
    never anybody else's.
    """

    due: Due
    row: FeedRow | None = None
    question: MissingCredit | None = None


@transaction.atomic
def ask_missing(
    *,
    actor: Actor,
    member: Member,
    item: CatalogueItem | None,
    on: date | None,
    today: date,
    now: datetime,
) -> Said:
    """Say at once what a feed holds; else keep that somebody misses it, once.

    What is not due yet is kept as expected, and becomes staff's when it doesn't come.

    Args:
        item: what they completed, as the catalogue has it; None where it has not.
        on: the day they completed it; None where none was named.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way.
    """
    due = _check(member, item, on, today)
    assert item is not None
    assert on is not None
    row = _own_row(member, item, on)
    if row is not None:
        return Said(due, row=row)
    same = MissingCredit.objects.visible_to(member).filter(item=item, on=on)
    there = same.first()
    if there is not None:
        return Said(due, question=there)
    try:
        with transaction.atomic():
            question = MissingCredit.objects.create(
                program=item.program,
                member=member,
                item=item,
                on=on,
                due_on=due.on,
                asked_at=now,
                state=State.OPEN if due.missing(today) else State.EXPECTED,
            )
    except IntegrityError:
        return Said(due, question=same.get())
    _note(actor, question, "missing.asked", f"Missed the credit of {question}", now)
    hasten(TASK)
    return Said(due, question=question)


@transaction.atomic
def answer_missing(
    *,
    actor: Actor,
    question: MissingCredit,
    outcome: str,
    reason: str,
    now: datetime,
) -> MissingCredit:
    """Answer a holder for the body: the credit is there, or nobody reported it.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: the answer or its reason is missing, or it is not as answered.
        Stale: it was answered already.
    """
    refuse_own_record(actor, question.member)
    _check_answer(question, outcome, reason)
    mine = MissingCredit.objects.select_for_update(of=("self",), no_key=True)
    if not mine.unanswered().filter(pk=question.pk).exists():
        raise Stale(STALE)
    _answer(actor, question, State(outcome), reason.strip(), now)
    return question


def hold_missed(row: FeedRow) -> Sequence[MissingCredit]:
    """Hold what a row would answer, before the trail is held."""
    if row.member_id is None:
        return []
    same = Q(item=row.item_id, on=row.on) | Q(row=row.pk)
    mine = MissingCredit.objects.select_for_update(of=("self",), no_key=True)
    found = mine.unanswered().filter(same, program=row.program, member=row.member_id)
    return list(found.select_related("member__user", "item").order_by("pk"))


def answer_held(
    actor: Actor, held: Sequence[MissingCredit], words: str, now: datetime
) -> None:
    """Tell whoever missed it that it is there."""
    for question in held:
        _answer(actor, question, State.FOUND, words or CAME, now)


def may_be(*, question: MissingCredit, by_name: bool) -> list[FeedRow]:
    """Find rows that staff have to settle and that may be what somebody misses.

    Of the same activity and day they name the member by their address, and `by_name`
    also by both names, with whatever number.
    """
    member = question.member
    rows = FeedRow.objects.of_program(question.program).filter(
        state=FeedRow.State.UNMATCHED, item=question.item_id, on=question.on
    )
    addresses = {
        each.lower()
        for each in (member.email, member.user.email if member.user else "")
        if each
    }
    name = plain(f"{member.first_name} {member.last_name}")
    return [
        row
        for row in rows.filter(Q(member=None) | Q(member=member)).order_by("pk")
        if row.member_id == member.pk
        or row.email.lower() in addresses
        or (by_name and plain(f"{row.first_name} {row.last_name}") == name)
    ]


def _check(
    member: Member, item: CatalogueItem | None, on: date | None, today: date
) -> Due:
    problems = []
    if item is None:
        text = "Choose an activity of the catalogue."
        problems.append(FieldProblem("item", text))
    if on is None:
        problems.append(FieldProblem("on", "Enter the day you completed it."))
    elif on > today:
        text = f"{day_words(on)} is still to come. Enter the day you completed it."
        problems.append(FieldProblem("on", text))
    if item is not None and on is not None and not problems:
        due = due_of(item.program, item.kind, on, item)
        held = Certification.objects.filter(member=member, program=item.program)
        if due is not None and held.exists():
            return due
        text = "This doesn't report itself: add it yourself, with its proof."
        if due is not None:
            text = "You hold no credential that this counts for."
        problems.append(FieldProblem("item", text))
    raise NotUsable(problems[0].text, problems)


def _own_row(member: Member, item: CatalogueItem, on: date) -> FeedRow | None:
    """Find what a feed sent of the member: taken, or with staff to be settled."""
    rows = FeedRow.objects.of_program(item.program).filter(
        member=member, item=item, on=on
    )
    rows = rows.select_related("activity", "item")
    taken = rows.exclude(activity=None).first()
    return taken or rows.filter(state=FeedRow.State.UNMATCHED).first()


def _check_answer(question: MissingCredit, outcome: str, reason: str) -> None:
    problems = []
    if outcome not in (State.FOUND, State.NOT_REPORTED):
        problems.append(FieldProblem("outcome", "Choose an answer."))
    elif (outcome == State.FOUND) != bool(credited([question])):
        problems.append(
            FieldProblem("outcome", NONE_YET if outcome == State.FOUND else THERE)
        )
    if not reason.strip():
        problems.append(FieldProblem("reason", "Write why."))
    elif len(reason.strip()) > LONGEST:
        text = f"Use at most {LONGEST} characters."
        problems.append(FieldProblem("reason", text))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _answer(
    actor: Actor,
    question: MissingCredit,
    state: MissingCredit.State,
    words: str,
    now: datetime,
) -> None:
    question.state, question.words = state, words[:LONGEST]
    question.answered_by, question.answered_at = actor.label[:200], now
    question.save(update_fields=["state", "words", "answered_by", "answered_at"])
    _note(
        actor,
        question,
        f"missing.{state.value}",
        f"Answered about the credit of {question}: {state.label.lower()}",
        now,
        reason=question.words,
    )
    tell_answered(question, now)


def _note(
    actor: Actor,
    question: MissingCredit,
    action: str,
    sentence: str,
    now: datetime,
    reason: str = "",
) -> None:
    record(
        actor=actor,
        action=action,
        subject=question,
        member_id=question.member_id,
        program=question.program,
        sentence=sentence[:400],
        reason=reason,
        now=now,
    )

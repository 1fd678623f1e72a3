"""The worker looks for what somebody misses: a row it may be, a day past (N12)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ce_credits.models import FeedRow, MissingCredit
from ce_credits.queries import due_of
from ce_credits.services.missing import may_be
from core.actor import Actor
from core.audit import record

State = MissingCredit.State


def missing_to_look_for(*, today: Mapping[str, date], most: int) -> Sequence[UUID]:
    """Name what nobody looked for yet, and what was due by a day that passed.

    Args:
        today: program → the day it is in the body's zone.
    """
    due = Q()
    for program, day in today.items():
        due |= Q(program=program, due_on__lt=day)
    found = MissingCredit.objects.unanswered().filter(
        Q(looked_at=None) | Q(due, state=State.EXPECTED)
    )
    return list(found.order_by("due_on", "pk").values_list("pk", flat=True)[:most])


@transaction.atomic
def look_for_missing(
    *, question_id: UUID, today_in: Callable[[str], date], now: datetime
) -> None:
    """Link the row that may be it, and hand it to staff once it is due or found so.

    Before it is due, somebody's own address alone tells; after that the name does too.
    """
    mine = MissingCredit.objects.select_for_update(of=("self",), no_key=True)
    found = mine.unanswered().filter(pk=question_id)
    question = found.select_related("member__user", "item").first()
    if question is None:
        return
    # Staff may have set a conference's day since.
    due = due_of(question.program, question.item.kind, question.on, question.item)
    question.due_on = due.on if due else question.due_on
    overdue = question.due_on < today_in(question.program)
    rows = may_be(question=question, by_name=overdue)
    _hand_over(question, rows[0] if rows else None, overdue=overdue, now=now)


def hold_unlinked(row: FeedRow) -> Sequence[MissingCredit]:
    """Hold what a row that goes to staff may be, before the trail is held."""
    if row.item_id is None or row.on is None:
        return []
    mine = MissingCredit.objects.select_for_update(of=("self",), no_key=True)
    same = mine.unanswered().filter(
        program=row.program, item=row.item_id, on=row.on, row=None
    )
    return list(same.select_related("member__user", "item").order_by("pk"))


def link_held(
    held: Sequence[MissingCredit], row: FeedRow, today: date, now: datetime
) -> None:
    """Link a row that went to staff to whoever misses it."""
    for question in held:
        overdue = question.due_on < today
        if row in may_be(question=question, by_name=overdue):
            _hand_over(question, row, overdue=overdue, now=now)


def _hand_over(
    question: MissingCredit, row: FeedRow | None, *, overdue: bool, now: datetime
) -> None:
    linked = row is not None and question.row_id != row.pk
    handed = question.state == State.EXPECTED and (overdue or row is not None)
    question.row, question.looked_at = row or question.row, now
    if handed:
        question.state = State.OPEN
    question.save(update_fields=["row", "state", "due_on", "looked_at"])
    if handed:
        _note(question, "missing.with_staff", "Put before staff:", now)
    if linked:
        _note(question, "missing.linked", "Found a row that may be", now)


def _note(question: MissingCredit, action: str, verb: str, now: datetime) -> None:
    # Of nobody's own log: a row that may be theirs may be somebody else's.
    record(
        actor=Actor.system("feeds"),
        action=action,
        subject=question,
        program=question.program,
        sentence=f"{verb} the missing credit of {question}"[:400],
        now=now,
    )

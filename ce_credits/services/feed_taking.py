"""A row of a feed is taken by the worker, or settled or set aside by staff (N12)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Member
from ce_credits.models import Activity, CatalogueItem, FeedRow
from ce_credits.rules import Completion
from ce_credits.services.approval_chains import credited_by_another
from ce_credits.services.feed_checks import LONGEST, check_reason, check_settling
from ce_credits.services.feed_judging import Judged, Register, report_of
from ce_credits.services.missing import answer_held, hold_missed
from ce_credits.services.missing_looking import hold_unlinked, link_held
from ce_credits.services.recording import record_accepted_activity
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Refusal, Stale
from credentials.policy import day_words

State = FeedRow.State
SETTLED = "This row was settled or set aside meanwhile. Nothing was done."
TWICE = "The same completion was taken from another row already."


def rows_to_take(*, most: int) -> Sequence[UUID]:
    """Name the rows that wait, the oldest first."""
    waiting = FeedRow.objects.waiting().order_by("received_at", "id")
    return list(waiting.values_list("pk", flat=True)[:most])


@transaction.atomic
def take_row(
    *, row_id: UUID, today_in: Callable[[str], date], now: datetime
) -> FeedRow | None:
    """Give a waiting row its credit, or put it before staff with the reason.

    Two workers at one row do it once: the second finds it taken.

    Args:
        today_in: gives the day in a body's zone.

    Returns:
        The row as it stands now; None where it waits no more.
    """
    mine = FeedRow.objects.waiting().select_for_update(of=("self",), no_key=True)
    row = mine.filter(pk=row_id).select_related("delivery").first()
    if row is None:
        return None
    today, sent = today_in(row.program), completion_of(row)
    judged = Register(row.program, [sent], today=today).judge(sent)
    row.member, row.item, row.on = judged.member, judged.item, judged.on
    delivery = row.delivery
    sent_by = f"{delivery.source}, sent by {delivery.by}"
    actor = Actor(sent_by, delivery.user_id, maker_id=delivery.maker_id)
    if judged.problems:
        missed = hold_unlinked(row)
        _put_before_staff(actor, row, judged.problems, now)
        link_held(missed, row, today, now)
    elif _taken_before(row):
        _set_aside(actor, row, "repeated", TWICE, now)
    else:
        _take(actor, row, judged, today, now)
    return row


@transaction.atomic
def settle_row(
    *,
    actor: Actor,
    row: FeedRow,
    member: Member,
    item: CatalogueItem | None,
    on: date,
    minutes: int | None,
    reason: str,
    today: date,
    now: datetime,
) -> Activity:
    """Take a row for whom, what, when and how long staff say it is.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: the fields that stand in the way.
        Stale: it was settled or set aside, or its completion taken from another row.
    """
    check_settling(item, on, minutes, reason, today, row.program)
    assert item is not None
    hold_for_staff(row)
    row.member, row.item, row.on = member, item, on
    if _taken_before(row):
        raise Stale(f"{TWICE} Set this one aside.")
    missed = hold_missed(row)
    activity = _recorded(actor, row, minutes, reason.strip(), today, now)
    row.activity = activity
    try:
        with transaction.atomic():
            _end(row, State.SETTLED, actor, now, words=reason.strip())
    except IntegrityError as error:
        raise Stale(f"{TWICE} Set this one aside.") from error
    answer_held(actor, missed, reason.strip(), now)
    return activity


@transaction.atomic
def set_row_aside(*, actor: Actor, row: FeedRow, reason: str, now: datetime) -> None:
    """End a row that gives nobody credit, with the reason.

    Raises:
        NotUsable: no reason is given.
        Stale: it was settled or set aside already.
    """
    check_reason(reason)
    hold_for_staff(row)
    _set_aside(actor, row, "by_staff", reason.strip(), now)


def completion_of(row: FeedRow) -> Completion:
    """Give a row as it was sent."""
    return Completion(
        number=row.number,
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        code=row.code,
        completed_on=row.completed_on,
        minutes=row.minutes,
    )


def hold_for_staff(row: FeedRow) -> None:
    """Wait until nobody else ends the row; held until the transaction ends.

    Raises:
        Stale: it doesn't wait for staff any more.
    """
    mine = FeedRow.objects.select_for_update(of=("self",), no_key=True)
    if not mine.filter(pk=row.pk, state=State.UNMATCHED).exists():
        raise Stale(SETTLED)
    row.state = State.UNMATCHED


def _take(
    actor: Actor, row: FeedRow, judged: Judged, today: date, now: datetime
) -> None:
    said = f"{row.delivery.source} reported it"
    missed = hold_missed(row)
    try:
        with transaction.atomic():
            row.activity = _recorded(actor, row, judged.minutes, said, today, now)
    except Refusal as refusal:
        # Their own record, or what the rules say of it since it was judged.
        problem = FieldProblem("certification_no", refusal.text, refusal.slug)
        _put_before_staff(actor, row, [problem], now)
        return
    _end(row, State.TAKEN, actor, now)
    answer_held(actor, missed, "", now)


def _recorded(
    actor: Actor,
    row: FeedRow,
    minutes: int | None,
    why: str,
    today: date,
    now: datetime,
) -> Activity:
    assert row.member is not None
    assert row.item is not None
    assert row.on is not None
    report = report_of(row.item, row.on, minutes)
    return record_accepted_activity(
        actor=actor,
        member=row.member,
        program=row.program,
        kind=report.kind,
        title=report.title,
        on=row.on,
        minutes=report.minutes,
        inputs=report.inputs,
        item=row.item,
        proof=_proof(row)[:LONGEST],
        reason=why,
        today=today,
        now=now,
    )


def _proof(row: FeedRow) -> str:
    minutes = f", {row.minutes} minutes" if row.minutes else ""
    return (
        f"Reported by {row.delivery.source} on {day_words(row.received_at.date())}: "
        f"{row.named}, {row.code}, {row.completed_on}{minutes}"
    )


def _put_before_staff(
    actor: Actor, row: FeedRow, problems: Sequence[FieldProblem], now: datetime
) -> None:
    first = problems[0]
    words = " ".join(each.text for each in problems)[:LONGEST]
    row.state, row.reason, row.words = State.UNMATCHED, first.code[:20], words
    row.activity = None
    _write(row, State.WAITING)
    record(
        actor=actor,
        action="feed.unmatched",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Put a completion of {row.code or 'no activity'} by {row.named} "
        "before staff",
        reason=words,
        now=now,
    )


def _set_aside(
    actor: Actor, row: FeedRow, code: str, words: str, now: datetime
) -> None:
    _end(row, State.SET_ASIDE, actor, now, reason=code, words=words)
    record(
        actor=actor,
        action="feed.set_aside",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Set aside what {row.delivery.source} sent of {row.named}: "
        f"{row.code}, {row.completed_on}",
        reason=words,
        now=now,
    )


def _end(
    row: FeedRow,
    state: FeedRow.State,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    words: str = "",
) -> None:
    before = FeedRow.State(row.state)
    row.state, row.words, row.reason = state, words[:LONGEST], reason
    row.ended_by, row.ended_at = actor.label[:200], now
    _write(row, before)


def _write(row: FeedRow, before: FeedRow.State) -> None:
    """Write what became of a row, where nobody else has since it was read."""
    values = {
        name: getattr(row, name)
        for name in (
            *("state", "reason", "words", "member", "item", "on", "activity"),
            *("ended_by", "ended_at"),
        )
    }
    if not FeedRow.objects.filter(pk=row.pk, state=before).update(**values):
        raise Stale(SETTLED)


def _taken_before(row: FeedRow) -> bool:
    same = FeedRow.objects.of_program(row.program).filter(
        member=row.member, item=row.item, on=row.on, activity__isnull=False
    )
    return same.exclude(pk=row.pk).exists() or credited_by_another(row)

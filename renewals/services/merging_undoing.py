"""Undoing a merge within a day: both accounts are as if it had never been."""

from datetime import date, datetime

from django.db import transaction

from accounts.events import RecordsMerged
from accounts.models import Duplicate, Member, User
from core.actor import Actor
from core.events import publish
from core.failures import NotEligible, Stale
from core.scope import Scope, stepping_into
from credentials.policy import programs
from renewals.services.merging_holding import (
    MEANWHILE,
    elsewhere,
    hold,
    locked,
    pair_of,
    reckon,
    refuse_own,
    said_words,
)
from renewals.services.merging_papers import take_papers_back
from renewals.services.merging_rows import give_back, take_room
from renewals.services.merging_since import come_since, with_what_rests
from renewals.services.merging_telling import When, note, tell_both

State = Duplicate.State


@transaction.atomic
def undo_merge(
    *, actor: Actor, duplicate: Duplicate, reason: str, today: date, now: datetime
) -> Duplicate:
    """Give back all that a merge moved, within 24 hours; both accounts are as before.

    Undoing what is undone already changes nothing.

    Args:
        actor: staff of the body that was asked, never one of the two.
        duplicate: the report that was merged.
        reason: why; both accounts' holders read it.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotUsable: no reason, or one too long.
        NotEligible: it is the actor's own; the day is over; or something new hangs on
            what had moved.
        Stale: it isn't merged.
    """
    said = said_words(reason, "reason", "Write why the two are not one person.")
    row = locked(duplicate)
    if row.state == State.UNDONE:
        return row
    if row.state != State.MERGED or row.kept_id is None:
        raise Stale(MEANWHILE)
    pair = pair_of(row, row.kept_id)
    refuse_own(actor, pair)
    if not row.may_undo(now):
        raise NotEligible("A merge can be undone for 24 hours. This one stands.")
    pair = hold(row, pair)
    if pair.kept.joined_to_id:
        raise NotEligible("The account kept was merged since. Undo that merge first.")
    _check_nothing_hangs(row)
    when = When(actor, today, now)
    for program, moved in row.moved["rows"].items():
        with stepping_into(Scope.staff(program)):
            give_back(row, with_what_rests(row, program, moved))
            take_papers_back(row, program, when)
    for program in programs():
        on = elsewhere(row, program, when).today
        with stepping_into(Scope.staff(program)):
            publish(RecordsMerged(pair.ids, program, actor, on, now, undone=True))
    take_room(pair.kept, row.moved["room"])
    _open_again(row)
    row.state, row.reason = State.UNDONE, said
    row.ended_at, row.ended_by = now, actor.label[:200]
    row.save(update_fields=["state", "reason", "ended_at", "ended_by"])
    reckon(row, pair, when)
    note(row, pair, when)
    tell_both(row, pair, now)
    return row


def _open_again(row: Duplicate) -> None:
    assert row.given_up_id
    Member.objects.filter(pk=row.given_up_id).update(
        joined_to=None, user=row.given_up_user_id
    )
    if row.given_up_user_id is None:
        return
    with stepping_into(Scope.entry()):
        User.objects.filter(pk=row.given_up_user_id).update(is_active=True)


def _check_nothing_hangs(row: Duplicate) -> None:
    found: dict[str, bool] = {}
    for program, moved in row.moved["rows"].items():
        with stepping_into(Scope.staff(program)):
            found |= come_since(row, program, moved)
    lasting = [words for words, lasts in found.items() if lasts]
    if lasting:
        raise NotEligible(
            f"The account kept was given {', '.join(sorted(lasting))} since, which may "
            "rest on what was moved and can't be taken back. The merge stands."
        )
    if found:
        raise NotEligible(
            f"The account kept was given {', '.join(sorted(found))} since, which may "
            "rest on what was moved. Take that back first, then undo the merge."
        )

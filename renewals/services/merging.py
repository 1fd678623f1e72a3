"""Merging two accounts of one person, or refusing to."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.events import RecordsMerged
from accounts.models import Duplicate, Member, User
from accounts.services.sessions import end_sessions_of
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, NotEligible, Stale
from core.scope import Scope, stepping_into
from credentials.policy import programs
from renewals.queries.merging import compare
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
from renewals.services.merging_papers import freed_of, waiting_terms
from renewals.services.merging_rows import add_room, hand_over
from renewals.services.merging_telling import Pair, When, note, tell_both, tell_refused

State = Duplicate.State


@transaction.atomic
def merge_accounts(
    *,
    actor: Actor,
    duplicate: Duplicate,
    keep: UUID,
    ground: str,
    today: date,
    now: datetime,
) -> Duplicate:
    """Merge two accounts of one person: what one has names the other from now on.

    Merging what is merged into the same account already changes nothing.

    Args:
        actor: staff of the body that was asked, never one of the two.
        duplicate: the report, with its second account proved.
        keep: which of the two records goes on.
        ground: how it is known that they are one person.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotUsable: no ground, or one too long; or `keep` is neither of the two.
        NotEligible: one of them is the actor's own, or something is in the way.
        Stale: somebody was faster.
    """
    said = said_words(ground, "ground", "Write how you know that they are one person.")
    row = locked(duplicate)
    if row.state == State.MERGED and row.kept_id == keep:
        return row
    if row.state != State.PROVED:
        raise Stale(MEANWHILE)
    pair = pair_of(row, keep)
    refuse_own(actor, pair)
    pair = hold(row, pair)
    problems = compare(pair.kept, pair.given_up, now=now).in_the_way
    if problems:
        raise NotEligible(
            problems[0], [FieldProblem("keep", each, "in_the_way") for each in problems]
        )
    when = When(actor, today, now)
    _stand(row, pair, said, when)
    counted = add_room(pair.kept, pair.given_up)
    rows = {}
    for program in programs():
        there = elsewhere(row, program, when)
        with stepping_into(Scope.staff(program)):
            found = hand_over(row, program)
            publish(RecordsMerged(pair.ids, program, actor, there.today, now))
        if found:
            rows[program] = found
    row.moved = {"rows": rows, "room": counted}
    _close(pair)
    waited = waiting_terms(row, pair)
    reckon(row, pair, when)
    row.moved["freed"] = freed_of(waited)
    row.save(update_fields=["moved"])
    note(row, pair, when)
    tell_both(row, pair, now)
    return row


@transaction.atomic
def refuse_merge(
    *, actor: Actor, duplicate: Duplicate, reason: str, now: datetime
) -> Duplicate:
    """Leave two accounts as they are; whoever reported them reads why.

    Raises:
        NotUsable: no reason, or one too long.
        NotEligible: one of them is the actor's own.
        Stale: somebody was faster.
    """
    said = said_words(reason, "reason", "Write why they are not merged.")
    row = locked(duplicate)
    if row.state == State.REFUSED:
        return row
    if row.state != State.PROVED:
        raise Stale(MEANWHILE)
    refuse_own(actor, pair_of(row, row.member_id))
    row.state, row.reason = State.REFUSED, said
    row.ended_at, row.ended_by = now, actor.label[:200]
    row.save(update_fields=["state", "reason", "ended_at", "ended_by"])
    record(
        actor=actor,
        action="duplicate.refused",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Refused to merge two accounts of {row.member.name}",
        reason=said,
        now=now,
    )
    tell_refused(row, now)
    return row


def _stand(row: Duplicate, pair: Pair, ground: str, when: When) -> None:
    """Write that they are merged before any row moves: the guards ask for it."""
    row.state, row.kept, row.given_up = State.MERGED, pair.kept, pair.given_up
    row.given_up_user_id, row.ground = pair.given_up.user_id, ground
    row.merged_at, row.merged_by = when.now, when.actor.label[:200]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Stale(MEANWHILE) from error


def _close(pair: Pair) -> None:
    """Set the record aside, and let nobody sign in to its account."""
    user_id = pair.given_up.user_id
    aside = Member.objects.filter(pk=pair.given_up.pk)
    aside.update(joined_to=pair.kept, user=None)
    if user_id is None:
        return
    with stepping_into(Scope.entry()):
        account = User.objects.filter(pk=user_id)
        account.update(is_active=False)
        end_sessions_of(users=account)

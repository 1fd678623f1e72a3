"""Giving each certificant what a decree has for them, one transaction a person."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core.actor import Actor
from core.audit import record
from core.outbox import tell
from core.words import day_words
from credentials.policy import policy_for
from renewals.models import MovedDeadline
from renewals.queries import facts_of, history_of
from renewals.rules.cycles import why_not_moved
from renewals.services.recertifying_rows import lock_all_of_member
from renewals.services.standing import record_standing

LETTER = "deadline_moved"


@transaction.atomic
def give_line(*, line_id: UUID, today: date, now: datetime) -> bool:
    """Move somebody's deadline, or write down why not; standing and mail follow.

    Once a line is done it stays so: of two workers the second finds nothing to do. It
    counts from the decree's own day, whenever the worker comes.

    Args:
        line_id: one of `waiting_lines`.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        Whether it was given now.
    """
    found = MovedDeadline.objects.filter(pk=line_id).first()
    if found is None:
        return False
    # A decision on an application locks the same rows first: one of the two waits.
    lock_all_of_member(found.member_id, found.program)
    rows = MovedDeadline.objects.select_for_update(of=("self",))
    line = rows.select_related("member__user").get(pk=line_id)
    if line.outcome:
        return False
    why = _why_not(line, today)
    line.outcome = line.Outcome.LEFT_OUT if why else line.Outcome.GIVEN
    line.why, line.done_at = why, now
    line.save(update_fields=["outcome", "why", "done_at"])
    _write_down(line, now)
    if why:
        return False
    record_standing(
        member_id=line.member_id, program=line.program, today=today, now=now
    )
    _tell(line, now)
    return True


def _why_not(line: MovedDeadline, today: date) -> str:
    """Ask the rules again: something may have been decided since the preview."""
    facts = facts_of(line.member_id, line.program)
    cycle = history_of(facts, line.program, as_of=today).working(line.decreed_on)
    if cycle is not None and cycle.last_on != line.cycle_last_on:
        return f"Their cycle ends {day_words(cycle.last_on)} now."
    return why_not_moved(cycle, line.until_on, on=line.decreed_on, today=today)


def _write_down(line: MovedDeadline, now: datetime) -> None:
    given = line.outcome == line.Outcome.GIVEN
    until = day_words(line.until_on)
    said = f"Gave {line.member.name} time until {until} (decree {line.number})"
    left = f"Left {line.member.name} out of decree {line.number}: {line.why}"
    record(
        actor=Actor.system(f"decree {line.number}"),
        action="deadline.moved" if given else "deadline.left_out",
        subject=line,
        member_id=line.member_id,
        program=line.program,
        sentence=said if given else left,
        changes={"deadline": (line.from_on, line.until_on)} if given else None,
        reason=line.reason,
        now=now,
    )


def _tell(line: MovedDeadline, now: datetime) -> None:
    address = line.member.written_to
    if not address:
        return
    policy = policy_for(line.program, on=line.cycle_last_on)
    tell(
        kind=LETTER,
        subject_id=line.pk,
        recipient=address,
        program=line.program,
        payload={
            "practice": policy.body_name,
            "name": line.member.first_name,
            "number": line.number,
            "reason": line.reason,
            "from_text": day_words(line.from_on),
            "until_text": day_words(line.until_on),
            "url": f"{settings.BASE_URL}{reverse('me')}?program={line.program}",
        },
        now=now,
    )

"""Rows that waited for staff are judged again once what they name is known (N12)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model, Q
from django.db.models.functions import Lower

from ce_credits.models import FeedRow
from core.actor import Actor
from core.audit import record
from core.work import hasten
from credentials.events import CertificationEarned

TASK = "ce_credits.tasks.take_feed"
PIECE = 500


def judge_codes_again(
    *, actor: Actor, program: str, codes: Iterable[str], subject: Model, now: datetime
) -> int:
    """Have the worker look again at what waits for staff of some activities.

    Each is still taken once: it is the row that it was. What staff settled or set aside
    stays so.

    Args:
        codes: of activities that a catalogue has anew, or otherwise than before.
        subject: what brought them, for the trail.

    Returns:
        How many rows are looked at again.
    """
    ordered = sorted(set(codes))
    pieces = (ordered[at : at + PIECE] for at in range(0, len(ordered), PIECE))
    count = sum(_wait(program, Q(code__in=piece)) for piece in pieces)
    _note(actor, program, subject, count, now)
    return count


def on_number_given(event: CertificationEarned) -> None:
    """Look again at rows that name a number, or an address, nobody had before."""
    held = event.certification
    member = held.member
    user = member.user
    addresses = {member.email.lower(), user.email.lower() if user else ""} - {""}
    named = Q(number__iexact=held.number) if held.number else Q(pk=None)
    named |= Q(number="", address__in=addresses)
    count = _wait(held.program, named)
    _note(event.actor, held.program, held, count, event.now)


def _wait(program: str, named: Q) -> int:
    rows = FeedRow.objects.of_program(program).annotate(address=Lower("email"))
    # Whoever has one is settling it; a trail may be held here already.
    mine = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = mine.filter(named, state=FeedRow.State.UNMATCHED).order_by("pk")
    pks = [row.pk for row in found]
    return FeedRow.objects.filter(pk__in=pks).update(state=FeedRow.State.WAITING)


def _note(
    actor: Actor, program: str, subject: Model, count: int, now: datetime
) -> None:
    if not count:
        return
    noun = "completion" if count == 1 else "completions"
    record(
        actor=actor,
        action="feed.again",
        subject=subject,
        program=program,
        sentence=f"Had {count:,} {noun} that waited for staff looked at again",
        now=now,
    )
    hasten(TASK)

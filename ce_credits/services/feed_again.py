"""Rows that waited for staff are judged again once what they name is known (N12)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.functions import Lower

from accounts.models import Member
from ce_credits.models import FeedRow
from ce_credits.services.feed_people import (
    DIFFERS,
    NOBODY,
    People,
    folded_in,
    pieces,
)
from ce_credits.services.feed_taking import completion_of
from core.actor import Actor
from core.audit import record
from core.work import hasten
from credentials.events import CertificationEarned
from credentials.policy import licence_programs, programs

TASK = "ce_credits.tasks.take_feed"
HELD_UP = "ce_credits.tasks.look_at_held_up"
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
    _wake(actor, program, subject, count, now)
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
    _wake(event.actor, held.program, held, count, event.now)


def look_for_licensed() -> None:
    """Have the worker look at what names a licence that was entered or taken away.

    Its holder meets no row of a feed: the worker finds them by what is entered.
    """
    hasten(TASK)
    hasten(HELD_UP)


def rows_of_licensed(*, most: int) -> Sequence[UUID]:
    """Name rows of nobody known that name who entered a licence since, oldest first.

    Whom they name is judged with the row: once it is, it says why it still waits, and
    is named here no more.
    """
    rows = FeedRow.objects.filter(
        program__in=licence_programs(), state=FeedRow.State.UNMATCHED, reason=NOBODY
    )
    if not rows.exists():
        return []
    here = Member.objects.filter(
        licences__program=OuterRef("program"),
        licences__removed_at=None,
        joined_to=None,
    )
    rows = rows.annotate(address=Lower("email"), licence=folded_in("number"))
    unnumbered = rows.filter(number="").exclude(email="")
    numbered = here.annotate(licence=folded_in("licences__number"))
    # Each way is asked alone: as alternatives of one question the database would read
    # all licences for each row.
    ways = [(rows.exclude(number=""), numbered.filter(licence=OuterRef("licence")))]
    for way in ("email", "user__email"):
        reached = here.annotate(to=Lower(way)).filter(to=OuterRef("address"))
        ways.append((unnumbered, reached))
    found = {
        named
        for mine, holders in ways
        for named in mine.filter(Exists(holders))
        .order_by("received_at", "pk")
        .values_list("received_at", "pk")[:most]
    }
    return [pk for _, pk in sorted(found)[:most]]


def rows_named_otherwise(*, most: int) -> Sequence[UUID]:
    """Name rows that somebody else's number or address held up and holds up no more.

    What was entered wrongly is corrected or taken away, or its right holder enters it
    too. None of these meets a row, so each that waits for it is held against who is
    there now, the oldest first. Judged again it says what it finds, and is named here
    no more until that changes. Where several have one name and number, staff choose.
    """
    mine = FeedRow.objects.filter(program__in=programs())
    waiting = mine.filter(state=FeedRow.State.UNMATCHED, reason=DIFFERS)
    of_program = defaultdict[str, list[FeedRow]](list)
    for row in waiting.order_by("received_at", "pk"):
        of_program[row.program].append(row)
    found = [
        (row.received_at, row.pk)
        for program, rows in of_program.items()
        for piece in pieces(rows)
        for row in _named_otherwise(program, piece)
    ]
    return [pk for _, pk in sorted(found)[:most]]


def _named_otherwise(program: str, rows: Sequence[FeedRow]) -> list[FeedRow]:
    sent = {row.pk: completion_of(row).kept for row in rows}
    people = People(program, list(sent.values()))
    return [row for row in rows if people.why_nobody(sent[row.pk]) != row.reason]


@transaction.atomic
def look_again(*, row_id: UUID, now: datetime) -> bool:
    """Let a row wait for the worker that names somebody else, or nobody, by now.

    Again changes nothing; what staff settled or set aside meanwhile stays so. Who asks
    takes it, or rings once for all of them.

    Args:
        row_id: one of `rows_of_licensed` or of `rows_named_otherwise`.
        now: the instant, UTC.

    Returns:
        Whether it waits now.
    """
    mine = FeedRow.objects.select_for_update(of=("self",), no_key=True)
    mine = mine.filter(state=FeedRow.State.UNMATCHED, reason__in=(NOBODY, DIFFERS))
    row = mine.filter(pk=row_id).first()
    if row is None:
        return False
    sent = completion_of(row).kept
    if People(row.program, [sent]).why_nobody(sent) == row.reason:
        return False
    FeedRow.objects.filter(pk=row.pk).update(state=FeedRow.State.WAITING)
    _note(Actor.system("feeds"), row.program, row, 1, now)
    return True


def _wait(program: str, named: Q) -> int:
    rows = FeedRow.objects.of_program(program).annotate(address=Lower("email"))
    # Whoever has one is settling it; a trail may be held here already.
    mine = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = mine.filter(named, state=FeedRow.State.UNMATCHED).order_by("pk")
    pks = [row.pk for row in found]
    return FeedRow.objects.filter(pk__in=pks).update(state=FeedRow.State.WAITING)


def _wake(
    actor: Actor, program: str, subject: Model, count: int, now: datetime
) -> None:
    if count:
        _note(actor, program, subject, count, now)
        hasten(TASK)


def _note(
    actor: Actor, program: str, subject: Model, count: int, now: datetime
) -> None:
    noun = "completion" if count == 1 else "completions"
    record(
        actor=actor,
        action="feed.again",
        subject=subject,
        program=program,
        sentence=f"Had {count:,} {noun} that waited for staff looked at again",
        now=now,
    )

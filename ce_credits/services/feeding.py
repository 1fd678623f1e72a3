"""Completions are received, each row once whatever is sent again (N12)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from ce_credits.models import FeedDelivery, FeedRow
from ce_credits.rules import Completion
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.work import hasten

BESIDE = ("delivery", "activity", "member")
TASK = "ce_credits.tasks.take_feed"
LONGEST_SOURCE = 100
BATCH = 500


@dataclass(frozen=True)
class Received:
    """A delivery, and the row of each completion in the order they were sent."""

    delivery: FeedDelivery
    rows: Sequence[FeedRow]


@transaction.atomic
def receive_feed(
    *,
    actor: Actor,
    program: str,
    source: str,
    sent: Sequence[Completion],
    now: datetime,
) -> Received:
    """Take completions in; a worker gives them their credit, each in its turn.

    What came before, in this delivery or an earlier one, is the row it was then.

    Args:
        source: which learning system or sponsor says so.

    Raises:
        NotUsable: nobody says who sends it.
    """
    check_source(source)
    delivery = FeedDelivery.objects.create(
        program=program,
        source=source.strip(),
        count=len(sent),
        by=actor.label[:200],
        user_id=actor.user_id,
        maker_id=actor.maker_id,
        at=now,
        received_at=now,
    )
    return Received(delivery, _received(actor, delivery, sent, now))


@transaction.atomic
def receive_file(*, actor: Actor, delivery: FeedDelivery, now: datetime) -> int:
    """Take in the rows of a file that was checked; return how many came anew.

    Raises:
        Stale: it was received already.
    """
    mine = FeedDelivery.objects.filter(pk=delivery.pk, received_at=None)
    if not mine.update(received_at=now, rows=[], problems=[]):
        raise Stale("This file was taken in already, once.")
    sent = [
        Completion(**{name: text for name, text in row.items() if name != "row"})
        for row in delivery.rows
    ]
    _received(actor, delivery, sent, now)
    return delivery.count - delivery.repeated


def check_source(source: str) -> None:
    """Hold that somebody says who sends it.

    Raises:
        NotUsable: nobody does, or in too many words.
    """
    text = source.strip()
    if not text or len(text) > LONGEST_SOURCE or not text.isprintable():
        words = f"Name who sends it, in {LONGEST_SOURCE} characters at most."
        raise NotUsable(words, [FieldProblem("sender", words)])


def _received(
    actor: Actor, delivery: FeedDelivery, sent: Sequence[Completion], now: datetime
) -> list[FeedRow]:
    wanted: dict[str, Completion] = {}
    for each in sent:
        # Of two alike the first stands.
        wanted.setdefault(each.key, each)
    # The constraint lets in each key once, also of two deliveries at one time.
    FeedRow.objects.bulk_create(
        [_row(delivery, key, each, now) for key, each in sorted(wanted.items())],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    there = _there(delivery.program, [*wanted])
    new = sum(row.delivery_id == delivery.pk for row in there.values())
    delivery.repeated = len(sent) - new
    delivery.save(update_fields=["repeated"])
    noun = "completion" if len(sent) == 1 else "completions"
    before = f", {delivery.repeated} of them before" if delivery.repeated else ""
    record(
        actor=actor,
        action="feed.received",
        subject=delivery,
        program=delivery.program,
        sentence=f"{delivery.source} sent {len(sent)} {noun}{before}",
        now=now,
    )
    hasten(TASK)
    return [there[each.key] for each in sent]


def _row(delivery: FeedDelivery, key: str, sent: Completion, now: datetime) -> FeedRow:
    return FeedRow(
        delivery=delivery,
        program=delivery.program,
        key=key,
        received_at=now,
        state=FeedRow.State.WAITING,
        **asdict(sent.kept),
    )


def _there(program: str, keys: Sequence[str]) -> dict[str, FeedRow]:
    found: dict[str, FeedRow] = {}
    for start in range(0, len(keys), BATCH):
        piece = keys[start : start + BATCH]
        rows = FeedRow.objects.of_program(program).filter(key__in=piece)
        found |= {row.key: row for row in rows.select_related(*BESIDE)}
    return found

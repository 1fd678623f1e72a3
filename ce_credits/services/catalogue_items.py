"""One activity of a catalogue: offered or withdrawn, its evaluation's last day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ce_credits.models import CatalogueItem, MissingCredit
from ce_credits.queries import (
    DEADLINE,
    TOPICS,
    ended_codes,
    seen_of,
    topics_of_item,
)
from ce_credits.services.approval_steps import hold_approvals_of
from ce_credits.services.catalogue import ENDED, NO_DEADLINE, wrong_day
from ce_credits.services.feed_again import judge_codes_again
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal, Stale
from core.seen import check_seen
from core.work import hasten
from credentials.policy import codes_of, policy_for

NO_TOPICS = "It is not asked what this kind is about."
CHANGED = (
    "Somebody changed this meanwhile. Nothing was saved. Look at what is there now, "
    "then save yours again."
)


@transaction.atomic
def set_evaluation_deadline(
    *,
    actor: Actor,
    item: CatalogueItem,
    deadline: date | None,
    seen: str | None = None,
    today: date,
    now: datetime,
) -> CatalogueItem:
    """Set the day a conference's evaluation closes, or take it away with None (N12).

    Its credit is due to appear so many business days after it from then on.

    Args:
        seen: the day that was there before them, by `seen_of`; None asks nothing.

    Raises:
        NotUsable: the item's kind doesn't report itself, or the day is mistyped.
        Stale: it is so already, or somebody else changed it since.
    """
    kind = policy_for(item.program, on=today).kind(item.kind)
    if deadline is not None and (kind is None or kind.appears is None):
        raise NotUsable(NO_DEADLINE, [FieldProblem(DEADLINE, NO_DEADLINE)])
    words = wrong_day(deadline) if deadline is not None else ""
    if words:
        raise NotUsable(words, [FieldProblem(DEADLINE, words)])
    before = _set(item, DEADLINE, deadline, seen, "this deadline", now)
    # Who misses it was told of another day: the worker reckons theirs anew.
    missed = MissingCredit.objects.unanswered().filter(item=item)
    if missed.update(looked_at=None):
        hasten("ce_credits.tasks.look_for_missing")
    record(
        actor=actor,
        action="catalogue.deadline",
        subject=item,
        program=item.program,
        sentence=f"Changed the evaluation deadline of “{item}” ({item.code})"[:400],
        changes={"evaluation deadline": (before, deadline)},
        now=now,
    )
    return item


@transaction.atomic
def set_topics(
    *,
    actor: Actor,
    item: CatalogueItem,
    topics: Sequence[str],
    seen: str | None = None,
    today: date,
    now: datetime,
) -> CatalogueItem:
    """Say what an item is about, by the codes of the body's own list (M8).

    What is reported with it from then on counts towards them; what was judged before
    stays as it was.

    Args:
        seen: the topics that were there before them, by `seen_of`; None asks nothing.

    Raises:
        NotUsable: a topic that the body doesn't know, or the item's kind isn't asked.
        Stale: it is so already, or somebody else changed it since.
    """
    known = codes_of(topics_of_item(item, today))
    if strange := [each for each in topics if each not in known]:
        words = f"Use some of these: {', '.join(known)}." if known else NO_TOPICS
        text = f"{strange[0][:40]} is no topic here. {words}"
        raise NotUsable(text, [FieldProblem(TOPICS, text)])
    said = [each for each in known if each in topics]
    before = _set(item, TOPICS, said, seen, "these topics", now)
    record(
        actor=actor,
        action="catalogue.topics",
        subject=item,
        program=item.program,
        sentence=f"Changed what “{item}” ({item.code}) is about"[:400],
        changes={"topics": (", ".join(before), ", ".join(said))},
        now=now,
    )
    return item


@transaction.atomic
def offer_item(
    *, actor: Actor, item: CatalogueItem, offered: bool, now: datetime
) -> CatalogueItem:
    """Take an item out of what members may pick, or offer it again.

    What was reported with it stays as it was reported. What a feed sent meanwhile is
    looked at again once it is offered.

    Raises:
        Refusal: it is a sponsor's activity whose approval ended.
        Stale: it is so already.
    """
    hold_approvals_of(item.program, [item.code])
    if offered and ended_codes(item.program, [item.code]):
        raise Refusal(ENDED)
    mine = CatalogueItem.objects.filter(pk=item.pk, offered_now=not offered)
    if not mine.update(offered_now=offered, changed_at=now):
        so = "offered" if offered else "withdrawn"
        raise Stale(f"“{item}” is {so} already. Nothing was done.")
    item.offered_now, item.changed_at = offered, now
    verb = "Offered" if offered else "Withdrew"
    record(
        actor=actor,
        action="catalogue.offered" if offered else "catalogue.withdrawn",
        subject=item,
        program=item.program,
        sentence=f"{verb} “{item}” ({item.code}) in the catalogue"[:400],
        changes={"offered": (not offered, offered)},
        now=now,
    )
    if offered:
        judge_codes_again(
            actor=actor, program=item.program, codes=[item.code], subject=item, now=now
        )
    return item


def _set(
    item: CatalogueItem,
    name: str,
    value: Any,  # noqa: ANN401
    seen: str | None,
    what: str,
    now: datetime,
) -> Any:  # noqa: ANN401
    """Write one thing of an item, if it is as it was seen; give what it was.

    Raises:
        Stale: it is so already, or somebody else changed it.
    """
    mine = CatalogueItem.objects.select_for_update(of=("self",), no_key=True)
    before = getattr(mine.get(pk=item.pk), name)
    if before == value:
        raise Stale(f"“{item}” has {what} already. Nothing was done.")
    check_seen(seen, seen_of(before), CHANGED)
    setattr(item, name, value)
    item.changed_at = now
    item.save(update_fields=[name, "changed_at"])
    return before

"""One activity of a catalogue: offered or withdrawn, its evaluation's last day."""

from datetime import date, datetime

from django.db import transaction

from ce_credits.models import CatalogueItem, MissingCredit
from ce_credits.queries import DEADLINE
from ce_credits.services.catalogue import NO_DEADLINE, wrong_day
from ce_credits.services.feed_again import judge_codes_again
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.work import hasten
from credentials.policy import policy_for


@transaction.atomic
def set_evaluation_deadline(
    *,
    actor: Actor,
    item: CatalogueItem,
    deadline: date | None,
    today: date,
    now: datetime,
) -> CatalogueItem:
    """Set the day a conference's evaluation closes, or take it away with None (N12).

    Its credit is due to appear so many business days after it from then on.

    Raises:
        NotUsable: the item's kind doesn't report itself, or the day is mistyped.
        Stale: it is so already.
    """
    kind = policy_for(item.program, on=today).kind(item.kind)
    if deadline is not None and (kind is None or kind.appears is None):
        raise NotUsable(NO_DEADLINE, [FieldProblem(DEADLINE, NO_DEADLINE)])
    words = wrong_day(deadline) if deadline is not None else ""
    if words:
        raise NotUsable(words, [FieldProblem(DEADLINE, words)])
    mine = CatalogueItem.objects.select_for_update(of=("self",), no_key=True)
    before = mine.get(pk=item.pk).evaluation_deadline
    if before == deadline:
        raise Stale(f"“{item}” has this deadline already. Nothing was done.")
    item.evaluation_deadline, item.changed_at = deadline, now
    item.save(update_fields=["evaluation_deadline", "changed_at"])
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
def offer_item(
    *, actor: Actor, item: CatalogueItem, offered: bool, now: datetime
) -> CatalogueItem:
    """Take an item out of what members may pick, or offer it again.

    What was reported with it stays as it was reported. What a feed sent meanwhile is
    looked at again once it is offered.

    Raises:
        Stale: it is so already.
    """
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

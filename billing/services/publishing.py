"""Publishing a price list: once, and never changed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from billing.models import Price, PriceList
from billing.queries import catalogue_of
from billing.rules import Offer
from core.actor import Actor
from core.audit import record
from core.failures import Stale


@dataclass(frozen=True)
class ListFacts:
    """A price list as its body's pack has it; see `PriceList` for the days."""

    program: str
    effective_on: date
    currency: str
    estimate_days: int
    due_days: int
    confirm_above: Decimal
    retry_days: Sequence[int]
    policy: str
    offers: Sequence[Offer]


@transaction.atomic
def publish_price_list(*, actor: Actor, facts: ListFacts, now: datetime) -> PriceList:
    """Write a list and its prices; the same again changes nothing.

    Raises:
        Stale: a list of that day is published and says something else.
    """
    own = asdict(facts) | {"retry_days": list(facts.retry_days)}
    del own["offers"]
    key = {name: own.pop(name) for name in ("program", "effective_on")}
    found, created = PriceList.objects.get_or_create(
        **key, defaults={**own, "published_at": now}
    )
    if not created:
        _check_same(found, own, facts.offers)
        return found
    Price.objects.bulk_create(
        Price(
            price_list=found,
            order=place,
            code=offer.code,
            label=offer.label,
            noun=offer.noun,
            nouns=offer.nouns,
            grants=list(offer.grants),
            is_fee=offer.is_fee,
            audience=audience.value,
            start=each.start,
            unit=each.unit,
            rule=offer.rule,
            note=offer.note,
        )
        for place, offer in enumerate(facts.offers)
        for audience, breaks in offer.breaks.items()
        for each in breaks
    )
    record(
        actor=actor,
        action="prices.published",
        subject=found,
        program=facts.program,
        sentence=f"Published the prices of {facts.policy}",
        now=now,
    )
    return found


def _check_same(
    found: PriceList, own: dict[str, object], offers: Sequence[Offer]
) -> None:
    same = all(getattr(found, name) == value for name, value in own.items())
    if not same or list(catalogue_of(found).offers.values()) != list(offers):
        raise Stale(
            f"The prices of {found} are published and can't be changed. "
            "Write a new pack with a later effective date."
        )

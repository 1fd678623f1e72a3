"""Completions that a learning system sends the body of cycles."""

from collections.abc import Sequence
from datetime import date

from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedRow
from ce_credits.rules import Completion
from ce_credits.services import receive_feed
from ce_credits.services.feeding import Received
from ce_credits.tasks import take_feed
from core.actor import Actor
from credentials.models import StandingPeriod
from tests.cast import NOW

BODY = "namss"
SYSTEM = Actor("Learning system")
SENT_ON = "2025-10-02"


def an_item(code: str = "ETH-1", **values: object) -> CatalogueItem:
    """An hour of the body's own education."""
    given = {
        "title": "Ethics for all",
        "kind": "sponsored_education",
        "minutes": 60,
        "provider": "NAMSS",
        "changed_at": NOW,
    }
    return CatalogueItem.objects.create(program=BODY, code=code, **(given | values))


def done_by(member: Member, **values: str) -> Completion:
    """An hour that somebody completed, by their number."""
    number = member.certifications.filter(program=BODY).values_list("number", flat=True)
    given = {
        "number": number.first() or "",
        "code": "ETH-1",
        "completed_on": SENT_ON,
        "minutes": "60",
    }
    return Completion(**(given | values))


def sent(*completions: Completion, actor: Actor = SYSTEM) -> Received:
    """Receive them; no worker has been there yet."""
    return receive_feed(
        actor=actor, program=BODY, source="The academy", sent=completions, now=NOW
    )


def taken(*completions: Completion, actor: Actor = SYSTEM) -> Sequence[FeedRow]:
    """Receive them and have the worker take them; in the order they were sent."""
    rows = sent(*completions, actor=actor).rows
    take_feed()
    return [FeedRow.objects.select_related("activity").get(pk=row.pk) for row in rows]


def a_row(member: Member | None = None, **values: object) -> FeedRow:
    """A row that waits for staff."""
    delivery = sent(Completion(number="CPCS-0", code="ETH-1")).delivery
    return FeedRow.objects.create(
        **(
            {
                "delivery": delivery,
                "program": BODY,
                "key": "k",
                "number": "CPCS-999",
                "code": "ETH-1",
                "completed_on": SENT_ON,
                "minutes": "60",
                "received_at": NOW,
                "state": FeedRow.State.UNMATCHED,
                "reason": "unknown_person",
                "words": "No credential of the body has this number.",
                "member": member,
            }
            | values
        )
    )


def stands(member: Member, standing: str, on: date = date(2025, 1, 1)) -> None:
    """Let somebody stand so from a day on, as it was recorded last."""
    StandingPeriod.objects.create(
        member=member,
        program=BODY,
        from_on=on,
        standing=standing,
        policy="namss@2025-01-01",
        recorded_at=NOW,
        recording=1000,
    )

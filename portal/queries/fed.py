"""Completions that feeds sent a body, as its staff find them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedDelivery, FeedRow
from core.failures import Missing
from portal.queries.narrowing import every_word

WORDS = (
    *("number", "email", "first_name", "last_name", "code"),
    *("delivery__source", "member__first_name", "member__last_name"),
)


def fed(program: str, *, state: str = "", q: str = "") -> QuerySet[FeedRow]:
    """List what a body was sent, the newest first.

    Args:
        state: one of `FeedRow.State`; empty for all.
        q: words that all stand in the person, the code or who sent it.
    """
    found = FeedRow.objects.of_program(program).filter(every_word(q, *WORDS))
    if state:
        found = found.filter(state=state)
    return found.select_related("delivery", "member", "activity", "item")


def one_fed(program: str, row_id: UUID) -> FeedRow:
    """Find one row of a body.

    Raises:
        Missing: there is none.
    """
    found = fed(program).filter(pk=row_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def delivery_of(program: str, delivery_id: UUID) -> FeedDelivery:
    """Find a file that the body's staff checked.

    Raises:
        Missing: there is none.
    """
    files = FeedDelivery.objects.of_program(program).exclude(name="")
    found = files.filter(pk=delivery_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def item_called(program: str, code: str) -> CatalogueItem | None:
    """Find an activity of the body's catalogue by its code."""
    items = CatalogueItem.objects.of_program(program)
    return items.filter(code=code.strip()).first()


def people_called(program: str, q: str, *, most: int) -> list[Member]:
    """Find a body's people by words of name, address or number."""
    found = Member.objects.of_program(program)
    for word in q.split()[:5]:
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(certifications__number__iexact=word)
        )
    return list(found.order_by("last_name", "first_name", "pk")[:most])

"""How everybody of a body stands in their cycle, and what CE they miss (N15)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Count, DecimalField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from credentials.models import Tally

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Missing(TypedDict):
        """What is missing of the credits and of their approved share, never below 0."""

        missing: Decimal
        missing_approved: Decimal

    Tallied = WithAnnotations[Tally, Missing]
else:
    Tallied = Tally

AMOUNT = DecimalField(max_digits=8, decimal_places=2)


def tallied(program: str, on: date) -> "QuerySet[Tallied]":
    """Find how everybody certified by a body of cycles stands at the end of a day.

    One row for each member, whatever the number of their activities; it equals what the
    rules say of their facts, from the day on which a fact last changed.
    """
    nothing = Value(Decimal(0), output_field=AMOUNT)
    found = (
        Tally.objects.of_program(program)
        .on(on)
        .annotate(
            missing=Greatest(
                F("credits_asked") - F("credits"), nothing, output_field=AMOUNT
            ),
            missing_approved=Greatest(
                F("approved_asked") - F("approved"), nothing, output_field=AMOUNT
            ),
        )
    )
    return cast("QuerySet[Tallied]", found)


def counts_by_standing(rows: "QuerySet[Tallied]") -> Mapping[str, tuple[int, int]]:
    """Count people by how they stand: all of them, and those who miss CE."""
    short = Count("pk", filter=Q(missing__gt=0) | Q(missing_approved__gt=0))
    found = rows.order_by().values("standing").annotate(count=Count("pk"), short=short)
    return {each["standing"]: (each["count"], each["short"]) for each in found}

"""The export of seats: what came in and what was used, with what was left."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Case, F, IntegerField, Sum, When, Window

from accounts.models import Practice
from core.extract_cells import Column, Kind
from core.extracts import QueryTable
from credentials.models import SeatEntry, SeatPool


def seats_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """Each line of the ledger of the practice's seats in a program, the newest first.

    What came in and what went out are columns of their own: a sign in front of a number
    would be taken for a formula.
    """
    pools = SeatPool.objects.of(practice).filter(product__program=program)
    found = SeatEntry.objects.filter(pool__in=pools).order_by("-pk")
    out = Case(When(delta__lt=0, then=-F("delta")), output_field=IntegerField())
    left = Window(Sum("delta"), partition_by=F("pool"), order_by=F("pk").asc())
    columns = (
        Column("product", "pool__product__label"),
        Column("in", Case(When(delta__gt=0, then="delta")), Kind.COUNT),
        Column("out", out, Kind.COUNT),
        Column("left", left, Kind.COUNT),
        Column("reason", "reason"),
        Column("by", "by"),
        Column("at_utc", "at", Kind.INSTANT),
    )
    return QueryTable(found, columns)

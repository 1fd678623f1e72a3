"""A body's products with what a practice has of each, and its packages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Practice
from core.prepared import prepared
from credentials.models import Product, SeatPool
from credentials.queries import package_codes
from portal.addresses import practice_url

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Stock(TypedDict):
        """What is read beside a product."""

        granted: int | None
        used: int | None

    Stocked = WithAnnotations[Product, Stock]


@dataclass(frozen=True)
class Package:
    """The box that adds a member: how many packages are left, in words."""

    left: int
    text: str
    seats_url: str


def stocked(practice: Practice, program: str) -> "QuerySet[Stocked]":
    """List products with the practice's seats as annotations; of all bodies for ""."""
    products = Product.objects.filter(program=program) if program else Product.objects
    return _with_seats(products.all(), practice.pk)


def stocks(practice: Practice, program: str) -> "list[Stocked]":
    """List a body's products as `stocked` does."""
    return _of_body(practice.pk, program)


@prepared
def _of_body(practice_id: UUID, program: str) -> "QuerySet[Stocked]":
    return _with_seats(Product.objects.filter(program=program), practice_id)


def _with_seats(
    products: "QuerySet[Product]", practice_id: UUID
) -> "QuerySet[Stocked]":
    pools = SeatPool.objects.filter(practice=practice_id, product=OuterRef("pk"))
    return products.annotate(
        granted=Subquery(pools.values("granted")[:1]),
        used=Subquery(pools.values("used")[:1]),
    )


def package_box(
    practice: Practice, program: str, products: "Sequence[Stocked]", today: date
) -> Package | None:
    """Say how many packages are left; None where the body sells none."""
    codes = package_codes(program, today)
    parts = [each for each in products if each.code in codes]
    if not parts or len(parts) < len(codes):
        return None
    left = min((each.granted or 0) - (each.used or 0) for each in parts)
    bought = min(each.granted or 0 for each in parts)
    *most, last = (each.label for each in parts)
    holds = f"Each holds {', '.join(most)} and {last}."
    if left:
        available = "1 package" if left == 1 else f"{left} packages"
        text = f"{available} available. {holds}"
    elif bought:
        all_of_it = "The package is" if bought == 1 else f"All {bought} packages are"
        text = f"{all_of_it} assigned."
    else:
        text = f"No packages yet. {holds}"
    return Package(left, text, practice_url(practice.slug, "seats"))

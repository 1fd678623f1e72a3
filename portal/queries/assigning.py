"""What a REST client's assignment names: which product, and whom."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from accounts.models import Practice, Sponsorship
from credentials.models import Product


def products_named(code: str, program: str = "") -> Sequence[Product]:
    """Find the products of that code: one for each body that has it."""
    found = Product.objects.filter(code=code)
    return list(found.filter(program=program) if program else found)


def strangers(
    practice: Practice, program: str, member_ids: Iterable[UUID]
) -> frozenset[UUID]:
    """Tell which ids are nobody the practice sponsors, or has sponsored, here."""
    asked = frozenset(member_ids)
    known = (
        Sponsorship.objects.of(practice)
        .filter(program=program, member__in=asked)
        .values_list("member_id", flat=True)
    )
    return asked.difference(known)

"""A package is four products at once: bought, and taken back together or not at all."""

import pytest

from billing.models import Order, Payment
from billing.queries import money_faults
from billing.services import place_order, refund_order
from core.failures import NotEligible
from credentials.models import SeatEntry, SeatPool
from credentials.queries import seat_faults
from credentials.services import Pick, assign
from tests.billing.money import a_sale, available, manager, paid
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.matrix.asking import checksum

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PARTS = ("membership", "mscat-manual", "hipaa", "mscat-assessment")


def packages(cast: Cast, count: int) -> Order:
    """Packages that Northside has ordered and paid."""
    order = place_order(
        actor=TESTER,
        payer=cast.northside,
        told=cast.alice.email,
        sale=a_sale({"package": count}),
        form_key="k",
        today=TODAY,
        now=NOW,
    )
    paid(order, str(order.total))
    return order


def back(cast: Cast, order: Order, count: int) -> None:
    """Give so many packages back."""
    refund_order(
        actor=manager(cast),
        order=order,
        quantities={order.lines.get().pk: count},
        method=Payment.Method.TRANSFER,
        reason="Ordered too many",
        key="r",
        today=TODAY,
        now=NOW,
    )


def free(cast: Cast) -> list[int]:
    """How many of each part can be assigned."""
    return [available(cast.northside, code) for code in PARTS]


def test_a_paid_package_fills_four_pools(cast: Cast) -> None:
    order = packages(cast, 3)
    assert (str(order.total), free(cast)) == ("855.00", [3, 3, 3, 3])
    pools = SeatPool.objects.filter(practice=cast.northside, granted=3)
    assert {pool.product.code for pool in pools} == set(PARTS) - {"membership"}
    assert available(cast.northside, "mscat-training") == 0
    reasons = SeatEntry.objects.filter(reason=f"Order {order.number}")
    assert reasons.count() == 4
    assert not seat_faults()
    assert not money_faults()


def test_a_refund_takes_one_of_each_back(cast: Cast) -> None:
    order = packages(cast, 3)
    back(cast, order, 2)
    assert free(cast) == [1, 1, 1, 1]
    assert not seat_faults()
    assert not money_faults()


def test_one_part_in_use_refuses_the_whole_refund(cast: Cast) -> None:
    order = packages(cast, 1)
    hipaa = SeatPool.objects.get(practice=cast.northside, product__code="hipaa").product
    assign(
        actor=TESTER,
        practice=cast.northside,
        product=hipaa,
        picks=[Pick(cast.bob.pk)],
        form_key="a",
        today=TODAY,
        now=NOW,
    )
    before = checksum()
    with pytest.raises(NotEligible, match="1 HIPAA course can't be taken back"):
        back(cast, order, 1)
    assert checksum() == before
    assert free(cast) == [1, 1, 0, 1]

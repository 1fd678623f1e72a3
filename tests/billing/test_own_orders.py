"""Whoever administers a practice does nothing for the body about what it orders."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from accounts.dealings import refuse_own_dealing
from accounts.models import Administration
from billing.models import Order, Payment
from billing.services import (
    cancel_order,
    confirm_payment,
    refund_order,
    refuse_payment,
    use_credit,
)
from core.actor import Actor
from core.failures import Refusal
from core.problems import Forbidden
from credentials.services import grant_seats, take_back_seats
from tests.billing.money import an_order, available, manager, paid
from tests.cast import NOW, TODAY, Cast, seats
from tests.matrix.asking import checksum, undone

pytestmark = [pytest.mark.django_db, pytest.mark.db]
Act = Callable[[Actor], object]
HERS = "You administer Northside. Another member of staff has to do this."


@pytest.fixture
def administration(cast: Cast) -> Administration:
    """Mona, who manages for the body, administers Northside as well."""
    return Administration.objects.create(
        practice=cast.northside, user=cast.mona, from_at=NOW - timedelta(days=9)
    )


def acts_on_orders(cast: Cast) -> dict[str, Act]:
    """All that staff can do about orders; each of them is possible."""
    paid(an_order(cast.northside), "200.00")
    awaits, done = an_order(cast.northside), an_order(cast.northside)
    paid(done, "170.00")
    waiting = paid(
        an_order(cast.northside, renewals=20), "1700.00", actor=manager(cast, "erin")
    )
    use = partial(use_credit, order=awaits, key=uuid4().hex, today=TODAY, now=NOW)
    cancel = partial(cancel_order, order=awaits, reason="Changed", today=TODAY, now=NOW)
    confirm = partial(confirm_payment, payment=waiting, today=TODAY, now=NOW)
    refuse = partial(
        refuse_payment, payment=waiting, reason="No such call", today=TODAY, now=NOW
    )
    refund = partial(
        refund_order,
        order=done,
        quantities={line.pk: 1 for line in done.lines.all()},
        method=Payment.Method.CHEQUE,
        reason="Left",
        key="back",
        today=TODAY,
        now=NOW,
    )
    return {
        "record": lambda actor: paid(awaits, "170.00", actor=actor),
        "credit": lambda actor: use(actor=actor),
        "cancel": lambda actor: cancel(actor=actor),
        "confirm": lambda actor: confirm(actor=actor),
        "refuse": lambda actor: refuse(actor=actor),
        "refund": lambda actor: refund(actor=actor),
    }


def heard(act: Act, actor: Actor) -> str:
    """Act, and undo it; give the refusal's words."""
    with undone():
        try:
            act(actor)
        except Refusal as refusal:
            return refusal.text
    return ""


def test_nothing_is_done_about_an_order_of_one_s_own_practice(
    cast: Cast, administration: Administration
) -> None:
    acts, mona = acts_on_orders(cast), manager(cast)
    before = checksum()
    assert {name: heard(act, mona) for name, act in acts.items()} == dict.fromkeys(
        acts, HERS
    )
    assert checksum() == before
    administration.delete()
    assert {name: heard(act, mona) for name, act in acts.items()} == dict.fromkeys(
        acts, ""
    )


def test_whoever_administered_it_since_it_was_ordered_does_nothing_either(
    cast: Cast, administration: Administration
) -> None:
    order, mona = an_order(cast.northside), manager(cast)
    pay = partial(paid, order, "170.00")
    administration.until_at = NOW
    administration.save()
    with pytest.raises(Forbidden, match="You administered Northside when this was"):
        pay(actor=mona)
    administration.until_at = NOW - timedelta(seconds=1)
    administration.save()
    pay(actor=mona)
    assert available(cast.northside) == 2


def test_as_the_practice_s_administrator_they_still_pay_and_cancel(
    cast: Cast, administration: Administration
) -> None:
    paid(an_order(cast.northside), "340.00")
    mona = manager(cast)
    order, other = an_order(cast.northside), an_order(cast.northside)
    use_credit(actor=mona, order=order, key="c", today=TODAY, now=NOW, by_payer=True)
    assert available(cast.northside) == 4
    cancel_order(
        actor=mona, order=other, reason="Left", today=TODAY, now=NOW, by_payer=True
    )
    assert Order.objects.get(pk=other.pk).state == "cancelled"


def test_another_practice_s_order_is_theirs_to_work_on(
    cast: Cast, administration: Administration
) -> None:
    assert paid(an_order(cast.lakeview), "170.00", actor=manager(cast)).state == (
        "settled"
    )


@pytest.mark.parametrize("act", [grant_seats, take_back_seats])
def test_no_seat_is_granted_to_one_s_own_practice_or_taken_from_it(
    cast: Cast, administration: Administration, act: Callable[..., object]
) -> None:
    seats(cast.northside, cast.renewals, 5)
    change = partial(
        act, actor=manager(cast), product=cast.renewals, count=2, reason="Why", now=NOW
    )
    with pytest.raises(Forbidden, match=HERS):
        change(practice=cast.northside, key="a")
    assert available(cast.northside) == 5
    administration.until_at = NOW
    administration.save()
    change(practice=cast.northside, key="b")
    assert available(cast.northside) in {3, 7}


def test_who_pays_alone_decides_on_nothing_of_theirs(cast: Cast) -> None:
    bob, mona = manager(cast, "bob"), manager(cast)
    refuse_own_dealing(mona, cast.bob)
    with pytest.raises(Forbidden, match="This is your own order"):
        refuse_own_dealing(bob, cast.bob)

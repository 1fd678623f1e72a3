"""Whoever's order is past its day is told once."""

from datetime import date, timedelta

import pytest

from billing.models import Order
from billing.services import refuse_payment, tell_overdue
from core.models import OutboxMessage
from core.scope import Scope, scoped
from renewals.services import pass_day
from tests.billing.money import an_order, manager, paid
from tests.cast import BODY, NOW, OTHER_BODY, TESTER, TODAY, Cast
from tests.recertifying.living import a_holder, applied

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DUE = TODAY + timedelta(days=30)
LATE = DUE + timedelta(days=1)


def told() -> list[OutboxMessage]:
    """What was queued about orders past their day."""
    return list(OutboxMessage.objects.filter(kind="order_overdue"))


def sweep(program: str = BODY, days: int = 1) -> None:
    """Let a day pass, so many days after the one an order was due."""
    pass_day(program=program, today=DUE + timedelta(days=days), now=NOW)


def test_the_payer_is_told_on_the_day_after_and_never_again(cast: Cast) -> None:
    order = an_order(cast.northside)
    paid(order, "20.00")
    sweep(days=0)
    assert told() == []
    for days in (1, 1, 2, 40):
        sweep(days=days)
    (message,) = told()
    assert message.recipient == "alice@alice-adams.example"
    assert (message.subject_id, message.program) == (order.pk, BODY)
    assert message.practice_id == cast.northside.pk
    assert message.payload["rest_text"] == "$150.00"
    assert message.payload["due_text"] == "Dec 17, 2025"


def test_only_what_awaits_payment_is_overdue(cast: Cast) -> None:
    paid(an_order(cast.northside), "170.00")
    waits = an_order(cast.northside, renewals=20)
    payment = paid(waits, "1700.00", actor=TESTER)
    sweep()
    assert told() == []
    refuse_payment(
        actor=manager(cast), payment=payment, reason="bounced", today=TODAY, now=NOW
    )
    sweep()
    assert [each.subject_id for each in told()] == [waits.pk]


def test_each_body_tells_of_its_own(cast: Cast) -> None:
    an_order(cast.northside)
    with scoped(Scope.sweep()):
        assert tell_overdue(program=OTHER_BODY, today=LATE, now=NOW) == 0
        assert tell_overdue(program=BODY, today=LATE, now=NOW) == 1


def test_what_is_more_than_one_run_tells_is_told_by_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("billing.services.overdue.MOST_AT_ONCE", 2)
    for _ in range(3):
        an_order(cast.northside)
    sweep()
    assert len(told()) == 2
    sweep()
    assert {each.subject_id for each in told()} == set(
        Order.objects.values_list("pk", flat=True)
    )


def test_of_fees_alone_nobody_is_told_as_their_last_day_has_notices_of_its_own(
    cast: Cast,
) -> None:
    row = applied(a_holder(), date(2025, 11, 28))
    assert row.order is not None
    with scoped(Scope.sweep()):
        late = row.order.due_on + timedelta(days=1)
        assert row.order.is_overdue(late)
        assert tell_overdue(program=row.program, today=late, now=NOW) == 0

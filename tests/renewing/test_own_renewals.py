"""A member without a practice orders one renewal; once it is paid, the term begins."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Member, Sponsorship
from billing.models import Order, Payment
from billing.queries import credit_of, money_faults
from billing.services import cancel_order, place_order, refund_order, use_credit
from core.actor import Actor
from core.failures import NotEligible
from core.models import AuditEntry, OutboxMessage
from credentials.models import SeatEntry, Window
from renewals.models import TermCertificate
from renewals.services import order_own_renewal
from tests.billing.cards import cards, click, completed
from tests.billing.money import SELLER, a_sale, manager, paid, prices
from tests.billing.stripe_fake import Far
from tests.cast import BODY, NOW, TODAY, Cast, a_member, a_user, certify, given
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def bob(cast: Cast) -> Member:
    """Bob, whom Northside no longer sponsors."""
    prices()
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    return cast.bob


@pytest.fixture
def early(cast: Cast) -> Member:
    """Nia, whose term ends next year and whom nobody sponsors any more."""
    prices()
    nia = a_member("Nia North", cast.northside, user=a_user("Nia North"))
    certify(nia)
    given(cast.membership, cast.northside, nia, today=date(2025, 2, 3))
    Sponsorship.objects.filter(member=nia).update(until_on=TODAY)
    return nia


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up."""
    with cards(settings) as found:
        yield found


def renewed_by_lakeview(cast: Cast, member: Member) -> None:
    """Let another practice take a member on and renew them."""
    Sponsorship.objects.create(
        practice=cast.lakeview,
        member=member,
        program=BODY,
        from_on=TODAY,
        renewal_mode="manual",
    )
    given(cast.renewals, cast.lakeview, member)


def ordered(member: Member) -> Order:
    """Order the member's own renewal."""
    assert member.user is not None
    return order_own_renewal(
        actor=Actor(member.name, user_id=member.user_id),
        member=member,
        program=BODY,
        told=member.user.email,
        seller=SELLER,
        today=TODAY,
        now=NOW,
    )


def newest(member: Member) -> Window:
    """A member's newest term."""
    return Window.objects.filter(member=member).latest("sequence")


def test_paid_it_begins_the_next_term_of_nobody_s_practice(bob: Member) -> None:
    before = newest(bob)
    order = ordered(bob)
    assert (order.member, order.practice, order.total) == (bob, None, Decimal(85))
    assert newest(bob) == before

    paid(order, "85.00")
    order.refresh_from_db()
    window = newest(bob)
    assert order.state == "fulfilled"
    assert window.sequence == before.sequence + 1
    assert (window.practice, window.sponsorship) == (None, None)
    assert window.first_on == max(TODAY, before.renewal_on)
    assert TermCertificate.objects.filter(window=window).count() == 1
    assert not SeatEntry.objects.filter(key__contains=order.lines.get().pk.hex)
    entry = AuditEntry.objects.filter(action="term.applied", member=bob).last()
    assert entry is not None
    assert (entry.practice_id, entry.program) == (None, BODY)
    letter = OutboxMessage.objects.get(kind="renewed", subject_id=window.pk)
    assert (letter.practice, letter.payload["practice"]) == (None, "ACMSS")
    assert money_faults() == []


def test_a_term_has_one_order_until_it_is_cancelled(bob: Member) -> None:
    first = ordered(bob)
    assert ordered(bob) == first
    cancel_order(
        actor=manager_of(bob),
        order=first,
        reason="Not now",
        today=TODAY,
        now=NOW,
        by_payer=True,
    )
    second = ordered(bob)
    assert second != first
    assert ordered(bob) == second


def manager_of(member: Member) -> Actor:
    """The member, as who acts."""
    return Actor(member.name, user_id=member.user_id)


def test_a_cheque_counts_on_its_own_date(bob: Member) -> None:
    order, late = ordered(bob), TODAY + timedelta(days=3)
    cheque = {"method": Payment.Method.CHEQUE, "dated_on": TODAY, "today": late}
    paid(order, "85.00", **cheque)  # type: ignore[arg-type]
    assert newest(bob).applied_on == newest(bob).first_on == TODAY


def test_a_cheque_from_before_the_order_counts_from_the_order_on(bob: Member) -> None:
    order, before = ordered(bob), TODAY - timedelta(days=30)
    paid(order, "85.00", method=Payment.Method.CHEQUE, dated_on=before)
    assert newest(bob).first_on == TODAY


def test_whom_a_practice_sponsors_is_sold_nothing(cast: Cast) -> None:
    prices()
    with pytest.raises(NotEligible, match="Northside renews your membership"):
        ordered(cast.bob)
    assert not Order.objects.exists()


def test_a_term_to_come_is_not_renewed_again(early: Member) -> None:
    before = newest(early)
    paid(ordered(early), "85.00")
    assert newest(early).first_on == before.renewal_on
    with pytest.raises(NotEligible, match="is renewed already"):
        ordered(early)


def test_renewed_meanwhile_no_second_term_begins_and_nothing_is_recorded(
    cast: Cast, early: Member
) -> None:
    order = ordered(early)
    renewed_by_lakeview(cast, early)
    window = newest(early)
    with pytest.raises(NotEligible, match="renewed already"):
        paid(order, "85.00")
    assert not Payment.objects.exists()
    assert newest(early) == window


def test_an_order_renews_the_term_it_was_placed_for_and_no_later_one(
    cast: Cast, bob: Member
) -> None:
    """Bob's term has ended: what Lakeview gives him begins today, not some day."""
    order = ordered(bob)
    renewed_by_lakeview(cast, bob)
    window = newest(bob)
    assert window.first_on == TODAY
    for today in (TODAY, TODAY + timedelta(days=200)):
        with pytest.raises(NotEligible, match="was renewed since this was ordered"):
            paid(order, "85.00", today=today)
    assert not Payment.objects.exists()
    assert newest(bob) == window


def test_a_card_s_money_that_comes_then_is_kept_as_credit(
    cast: Cast, early: Member, far: Far, today: date
) -> None:
    order = ordered(early)
    assert early.user is not None
    session = click(open_session(Client(), early.user), order)
    renewed_by_lakeview(cast, early)
    window = newest(early)
    event = completed(far, session)
    assert (event.state, event.reason) == ("applied", "$85.00 kept as credit.")
    assert credit_of(early, BODY, "USD") == 85
    assert newest(early) == window
    assert money_faults() == []


def test_a_renewal_that_began_its_term_is_not_given_back(
    cast: Cast, bob: Member
) -> None:
    order = ordered(bob)
    paid(order, "85.00")
    order.refresh_from_db()
    with pytest.raises(NotEligible, match="its term is used"):
        refund_order(
            actor=manager(cast),
            order=order,
            quantities={order.lines.get().pk: 1},
            method=Payment.Method.CHEQUE,
            reason="Wants it back",
            key="k",
            today=TODAY,
            now=NOW,
        )


def test_a_member_orders_one_and_no_seats(bob: Member) -> None:
    for asked, words in (
        ({"membership": 1}, "Seats are for practices"),
        ({"renewals": 2}, "one for yourself"),
    ):
        sale = a_sale(asked)
        with pytest.raises(NotEligible, match=words):
            place_order(
                actor=manager_of(bob),
                payer=bob,
                told="bob@mail.example",
                sale=type(sale)(
                    sale.price_list,
                    TODAY,
                    sale.lines,
                    SELLER,
                    frozenset(("renewals",)),
                ),
                form_key="k",
                today=TODAY,
                now=NOW,
            )


def test_credit_pays_it_too(bob: Member) -> None:
    first = ordered(bob)
    paid(first, "185.00")
    second = ordered(bob)
    use_credit(
        actor=manager_of(bob),
        order=second,
        key="c",
        today=TODAY,
        now=NOW,
        by_payer=True,
    )
    second.refresh_from_db()
    assert second.state == "fulfilled"
    assert credit_of(bob, BODY, "USD") == 15

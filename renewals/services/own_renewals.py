"""A member without a practice renews for themselves: ordered, paid, begun (A1, A2)."""

from collections.abc import Iterable
from datetime import date, datetime

from accounts.models import Member
from billing.events import OrderPaid, RefundAsked
from billing.models import Order, OrderLine
from billing.services import place_order
from core.actor import Actor
from core.failures import NotEligible
from credentials.models import Product
from renewals.queries import life_of, own_renewal_of, why_not_paid
from renewals.services.applying import start_term
from renewals.services.holding import decide
from renewals.services.standing import record_standing
from renewals.services.telling import tell_renewed

YOURS = "Your membership"


def order_own_renewal(
    *,
    actor: Actor,
    member: Member,
    program: str,
    told: str,
    seller: str,
    today: date,
    now: datetime,
) -> Order:
    """Order the renewal that follows a member's newest term, at the day's price.

    A term has one order: asked again, or twice at once, the first is given back. Only
    once that is cancelled there is another.

    Args:
        actor: who orders.
        member: who pays, and is renewed.
        program: the body's.
        told: the address that mail about it goes to.
        seller: the body's full name, for the invoice.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: a practice renews them, there is nothing to renew, or no price.
    """
    found = own_renewal_of(member, program, today=today)
    if found.blocked:
        raise NotEligible(f"{found.blocked} Nothing was ordered.")
    return place_order(
        actor=actor,
        payer=member,
        told=told,
        sale=found.sale(seller, today),
        form_key=found.key,
        today=today,
        now=now,
    )


def on_own_renewal_paid(event: OrderPaid) -> None:
    """Begin the term a member paid for themselves, in the payment's transaction.

    It is applied on the day the payment counts, as far as the order was there (N5).

    Raises:
        NotEligible: they were renewed meanwhile.
        Stale: somebody renewed them at this very moment.
    """
    order, member = event.order, event.order.member
    product = _renewal(order, event.lines)
    if member is None or product is None:
        return
    life = life_of(member.pk, order.program)
    reason = why_not_paid(order, product, life, name=member.name, today=event.today)
    if reason:
        raise NotEligible(f"{reason} Nothing was recorded.")
    window = start_term(
        actor=event.actor,
        member=member,
        program=order.program,
        sponsorship=None,
        life=life,
        today=max(order.paid_on or event.today, order.placed_on),
        now=event.now,
    )
    held = decide(actor=event.actor, window=window, today=event.today, now=event.now)
    record_standing(
        member_id=member.pk, program=order.program, today=event.today, now=event.now
    )
    tell_renewed(window, held, event.now)


def on_own_refund_asked(event: RefundAsked) -> None:
    """Refuse to give back what a member's own renewal cost: its term is written.

    Raises:
        NotEligible: a renewal is to go back.
    """
    order = event.order
    lines = [line for line, _ in event.lines]
    if order.member_id is not None and _renewal(order, lines):
        raise NotEligible(
            "The renewal it paid for is applied: its term is used. "
            "Nothing was given back."
        )


def check_payable(*, order: Order, member: Member, today: date) -> None:
    """Refuse to lead a member to a payment that could not renew them any more.

    Args:
        order: their own.
        member: who pays it.
        today: the day in the body's zone.

    Raises:
        NotEligible: they were renewed since it was placed.
    """
    product = _renewal(order, order.lines.all())
    if product is None or order.state != Order.State.AWAITING:
        return
    life = life_of(member.pk, order.program)
    reason = why_not_paid(order, product, life, name=YOURS, today=today)
    if reason:
        raise NotEligible(f"{reason} Nothing was charged. Cancel the order.")


def _renewal(order: Order, lines: Iterable[OrderLine]) -> Product | None:
    codes = {code for line in lines for code in line.grants}
    found = Product.objects.filter(program=order.program, code__in=codes)
    return found.filter(kind=Product.Kind.RENEWAL).first()

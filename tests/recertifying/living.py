"""Somebody whose cycle ends on Dec 1, 2025, and what they and staff do about it."""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from accounts.models import Member, StaffRole, User
from billing.models import Order, Payment
from billing.services import PaymentFacts, record_payment
from ce_credits.models import CreditAward
from core.actor import Actor
from credentials.models import Certification, StandingPeriod
from credentials.services import publish_prices
from renewals.models import Recertification
from renewals.rules.cycles import ApplicationKind
from renewals.services import (
    Verdict,
    Written,
    decide_application,
    keep_application,
    submit_application,
)
from tests.cast import NOW, TESTER, a_member, a_user, certify, credit

BODY = "namss"
ZONE = ZoneInfo("America/New_York")
SELLER = "National Association Medical Staff Services"
LAST = date(2025, 12, 1)


def noon(day: date, hour: time = time(12)) -> datetime:
    """An hour of a day in the body's zone."""
    return datetime.combine(day, hour, ZONE)


def a_holder(name: str = "Nora North", *, credits: int = 30) -> Member:
    """Somebody certified in 2022, with so many credits, half of them approved."""
    publish_prices(actor=TESTER, now=NOW)
    member = a_member(name, None, user=a_user(name))
    certified(member)
    if credits:
        half = Decimal(credits) / 2
        earn(member, half, approved=True)
        earn(member, half, approved=False)
    return member


def certified(member: Member, on: date = date(2022, 6, 1)) -> Certification:
    """Certify somebody, without anybody reacting; in 2022: a cycle to Dec 1, 2025."""
    return certify(
        member,
        on=on,
        program=BODY,
        code="CPCS",
        nth=Certification.objects.filter(member=member, code="CPCS").count() + 1,
    )


def earn(
    member: Member,
    credits: Decimal,
    *,
    approved: bool,
    kind: str = "sponsored_education",
) -> CreditAward:
    """Give credit for a day in the cycle, without anybody reacting."""
    return credit(
        member,
        str(credits),
        on=date(2024, 5, 2),
        program=BODY,
        kind=kind,
        # No other has its title: each counts.
        title=f"Conference {uuid4()}",
        approved=approved,
        unit="CE",
        rule="N9",
        policy="namss@2025-01-01",
        explanation=f"{credits} CE",
    )


def own(member: Member) -> Actor:
    """The member as who acts."""
    return Actor(member.name, user_id=member.user_id)


def a_manager(name: str = "Max Manager") -> User:
    """Somebody who manages the body."""
    user = a_user(name)
    StaffRole.objects.create(user=user, program=BODY, role=StaffRole.Role.MANAGER)
    return user


def drafted(
    member: Member,
    on: date,
    kind: ApplicationKind = "recertification",
    *,
    name: str = "",
    declared: bool = True,
) -> Recertification:
    """A draft, complete where nothing else is said."""
    return keep_application(
        actor=own(member),
        member=member,
        program=BODY,
        kind=kind,
        seen=0,
        written=Written(name or member.name, declared),
        today=on,
        now=noon(on),
    )


def sent(
    row: Recertification, on: date, hour: time = time(12), *, seen: int | None = None
) -> Recertification:
    """Submit a draft on a day."""
    return submit_application(
        actor=own(row.member),
        application=row,
        seen=row.version if seen is None else seen,
        told=row.member.email,
        seller=SELLER,
        today=on,
        now=noon(on, hour),
    )


def applied(
    member: Member, on: date, kind: ApplicationKind = "recertification"
) -> Recertification:
    """A draft that is submitted on the day it was begun."""
    return sent(drafted(member, on, kind), on)


def pays(
    order: Order | None, on: date, *, dated: date | None = None, amount: str = ""
) -> None:
    """Staff record the payment of an order; a cheque where it is dated."""
    assert order is not None
    method = Payment.Method.CHEQUE if dated else Payment.Method.PHONE
    money = Decimal(amount) if amount else order.rest
    record_payment(
        actor=TESTER,
        order=order,
        facts=PaymentFacts(method, money, on, dated, "1042"),
        key=uuid4().hex,
        today=on,
        now=noon(on),
    )


def decided(
    row: Recertification, outcome: str, on: date, reason: str = ""
) -> Recertification:
    """Let a manager decide on an application."""
    manager = User.objects.filter(name="Max Manager").first() or a_manager()
    return decide_application(
        actor=Actor(manager.name, user_id=manager.pk),
        application=row,
        seen=row.version,
        verdict=Verdict(outcome, reason),
        today=on,
        now=noon(on),
    )


def fresh(row: Recertification) -> Recertification:
    """The application as it stands in its table."""
    return Recertification.objects.select_related("order", "member").get(pk=row.pk)


def stands(member: Member, day: date) -> str:
    """How somebody stands on a day, as it is recorded last."""
    rows = StandingPeriod.objects.filter(member=member, program=BODY)
    found = rows.filter(from_on__lte=day).order_by("-recording", "-from_on").first()
    return found.standing if found else ""

"""What a member can apply for in their cycle on a day, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from accounts.models import Member
from billing.models import Order
from billing.queries import money_counts_on
from ce_credits.queries import chains_by_member
from ce_credits.rules import Credit, Reason
from core.words import day_words, hour_words
from credentials.policy import Need, Policy
from renewals.models import Recertification
from renewals.queries.histories import facts_of, history_of, in_society
from renewals.rules import Totals
from renewals.rules.cycles import (
    ApplicationKind,
    Closed,
    Cycle,
    Fee,
    Payment,
    counted,
    fee_on,
    totals_of,
    why_no_extension,
    why_not_taken,
)

NOTHING = Decimal(0)
KINDS: dict[str, ApplicationKind] = {
    "recertification": "recertification",
    "extension": "extension",
    "reinstatement": "reinstatement",
}


@dataclass(frozen=True)
class Applying:
    """An application of a kind, were it made on a day.

    `closed` says why it can't be made at all that day; `short` what is missing of the
    credit. `fee` is None for what costs nothing when it is asked for.
    """

    kind: ApplicationKind
    cycle: Cycle | None
    closed: Reason | None
    fee: Fee | None
    have: Totals
    short: tuple[Reason, ...]
    society_member: bool

    @property
    def why_not(self) -> tuple[Reason, ...]:
        """Every reason why it can't be submitted, in order.

        Paying re-opens what is to be reinstated: credit may follow until its end (N8).
        """
        if self.closed:
            return (self.closed,)
        return () if self.kind == "reinstatement" else self.short

    def need(self, day: date) -> Need | None:
        """What the cycle asks of whoever applies on a day."""
        return self.cycle.need(day) if self.cycle else None

    def asked(self, day: date) -> tuple[Decimal, Decimal]:
        """The credits an application of the kind asks on a day, and the approved ones.

        A request for more time asks a part of them, approved or not (N7).
        """
        need = self.need(day)
        if need is None:
            return NOTHING, NOTHING
        if self.kind == "extension":
            return need.extension, NOTHING
        return need.credits, need.approved


def applying(
    member: Member, program: str, kind: ApplicationKind, *, today: date, now: datetime
) -> Applying:
    """Say what an application of a kind would come to.

    Args:
        member: who applies.
        program: a body of cycles.
        kind: what is applied for.
        today: the day in the body's zone.
        now: the instant, UTC: a request for more time ends at an hour (N7).
    """
    cycle = working_cycle(member, program, today)
    credits = credits_of(member, program)
    society = in_society(member.pk, program, today)
    have = totals_of(counted(cycle, credits, as_of=today)) if cycle else Totals()
    closed, fee = _open(cycle, kind, today, now, society_member=society)
    reasons: tuple[Reason, ...] = ()
    if closed is None:
        # As if it were paid today: what is paid is another question.
        payment = Payment(fee.amount if fee else NOTHING, today)
        reasons = why_not_taken(
            cycle,
            kind,
            on=today,
            payment=payment,
            credits=credits,
            society_member=society,
        )
    return Applying(kind, cycle, closed, fee, have, reasons, society)


def kind_on(cycle: Cycle, today: date) -> ApplicationKind:
    """Say which application is the one to make on a day, also if none can be made."""
    fee = fee_on(cycle, today, society_member=False)
    if isinstance(fee, Fee):
        return fee.kind
    waiting = cycle.in_review(today)
    reopens = waiting is not None and waiting.kind == "reinstatement"
    return "reinstatement" if reopens else "recertification"


def working_cycle(member: Member, program: str, day: date) -> Cycle | None:
    """Find the oldest cycle that is not recertified at the end of a day."""
    facts = facts_of(member.pk, program)
    return history_of(facts, program, as_of=day).working(day)


def credits_of(member: Member, program: str) -> list[Credit]:
    """Read all credit of a member."""
    found = chains_by_member([member.pk], program)[member.pk]
    return list(chain.from_iterable(found.values()))


def why_not_paid(
    row: Recertification, orders: list[Order]
) -> tuple[tuple[Reason, ...], date]:
    """Say why a submitted application isn't taken with what is paid, and its day (N5).

    It is asked of the day it was submitted, with the credit of that day. What was paid
    in parts is paid on the day of the last one.

    Args:
        row: an application that was submitted.
        orders: all that was ordered for it and paid, some in part.
    """
    assert row.submitted_on is not None
    held = [each for each in orders if _held(each)]
    days = [day for each in held if (day := money_counts_on(each)) is not None]
    paid_on = max(days, default=row.submitted_on)
    amount = sum((_held(each) for each in held), NOTHING)
    reasons = why_not_taken(
        working_cycle(row.member, row.program, row.submitted_on),
        kind_of(row),
        on=row.submitted_on,
        payment=Payment(amount, paid_on),
        credits=credits_of(row.member, row.program),
        society_member=row.society_member,
    )
    return reasons, paid_on


def orders_of(row: Recertification) -> list[Order]:
    """List all that was ordered for an application, the last one at the end."""
    found = list(Order.objects.filter(pk__in=row.facts.get("orders", ())))
    found.sort(key=lambda each: each.placed_at)
    return [*found, row.order] if row.order else found


def paid_of(row: Recertification) -> Decimal:
    """Sum up what is paid for an application and was not given back.

    What was paid of an order that was cancelled is its payer's credit already.
    """
    return sum((_held(each) for each in orders_of(row)), NOTHING)


def _held(order: Order) -> Decimal:
    """What is paid of an order and was not given back."""
    if order.state == Order.State.CANCELLED:
        return NOTHING
    return order.settled - order.refunded


def is_paid(row: Recertification) -> bool:
    """Say whether all that was ordered last for an application is paid."""
    paid = (Order.State.PAID, Order.State.FULFILLED)
    return row.order is not None and row.order.state in paid


def fee_paid_on(row: Recertification, paid_on: date) -> Fee | Closed:
    """Say what a submitted application costs when it is paid on a day (N5)."""
    assert row.submitted_on is not None
    return fee_on(
        working_cycle(row.member, row.program, row.submitted_on),
        row.submitted_on,
        society_member=row.society_member,
        paid_on=paid_on,
    )


def last_payable(row: Recertification, cycle: Cycle) -> date:
    """The last day whose payment is in time for a submitted application (N5, N8)."""
    assert row.submitted_on is not None
    if row.kind == Recertification.Kind.REINSTATEMENT:
        return cycle.season.grace_until
    return cycle.payable_until(row.submitted_on)


def kind_of(row: Recertification) -> ApplicationKind:
    """Give a row's kind as the rules name it."""
    return KINDS[row.kind]


def weeks_words(policy: Policy) -> str:
    """Say how long a body takes to look at an application: 3 to 4 weeks (N13)."""
    weeks = [str(each) for each in policy.cycles.application.review_weeks]
    return f"{' to '.join(weeks)} weeks"


def _open(
    cycle: Cycle | None,
    kind: ApplicationKind,
    today: date,
    now: datetime,
    *,
    society_member: bool,
) -> tuple[Reason | None, Fee | None]:
    """Give the fee, or why nothing of the kind can be made today."""
    if cycle is None:
        return Reason("", "There is no certification to apply for."), None
    if cycle.recertified_by(today):
        plan, last = cycle.policy.cycles, day_words(cycle.last_on)
        text = f"The cycle that ends {last} is recertified. There is nothing to do."
        return Reason(plan.application.basis.rule, text), None
    if kind == "extension":
        return why_no_request(cycle, today, now), None
    fee = fee_on(cycle, today, society_member=society_member)
    if isinstance(fee, Closed):
        return fee.reason, None
    if fee.kind != kind:
        text = f"On {day_words(today)} a {fee.kind} is what can be applied for."
        return Reason(cycle.policy.cycles.application.basis.rule, text), None
    return None, fee


def why_no_request(cycle: Cycle, today: date, now: datetime) -> Reason | None:
    """Say why more time can't be asked for at an instant, credit aside (N7).

    Args:
        cycle: the oldest that is not recertified.
        today: the day in the body's zone.
        now: the instant, UTC: it ends at an hour.
    """
    plan, last = cycle.policy.cycles.extension, day_words(cycle.last_on)
    rule = plan.basis.rule
    granted = cycle.granted_until(today)
    if granted is not None and granted >= cycle.season.extended_until:
        return Reason(rule, f"You have an extension until {day_words(granted)}.")
    if cycle.waits(today):
        return Reason(rule, "What you sent is under review.")
    hour = now.astimezone(cycle.policy.zone)
    late = hour.replace(tzinfo=None).time() > plan.asked_until
    if today > cycle.last_on or (today == cycle.last_on and late):
        text = f"It had to be asked for by {hour_words(plan.asked_until)} on {last}."
        return Reason(rule, text)
    # With all credit there is, only the days are left to stand in the way.
    need = cycle.need(today)
    enough = Totals(need.extension, need.extension)
    return next(iter(why_no_extension(cycle, enough, today)), None)

"""What withdrawing an application means, before it is done."""

from dataclasses import dataclass

from django.urls import reverse

from billing.models import Order
from core.words import money_words
from credentials.policy import policy_for
from portal.queries.recertify import ROUTES
from portal.queries.recertify_states import WHAT
from renewals.models import Recertification
from renewals.queries import paid_of


@dataclass(frozen=True)
class Withdrawing:
    """All the template shows."""

    heading: str
    consequence: str
    button: str
    seen: int
    back_url: str
    refused: bool


def _about_money(row: Recertification) -> str:
    """Say what becomes of its order, and of all that is paid for it."""
    order, said = row.order, ""
    if order is None:
        return said
    paid = paid_of(row)
    if order.state == Order.State.AWAITING:
        said = f" Order {order.number} is cancelled with it."
        if order.settled:
            kept = money_words(order.settled, order.currency)
            said += f" The {kept} paid of it becomes your credit."
        paid -= order.settled
    if paid:
        money = money_words(paid, order.currency)
        body = policy_for(row.program, on=row.cycle_last_on).body_name
        said += f" The {money} you paid goes back only when {body} refunds it: ask us."
    return said


def withdrawing(row: Recertification) -> Withdrawing:
    """Say what follows when a member withdraws an application."""
    what, noun = row.get_kind_display().lower(), WHAT[row.kind]
    said = "It is withdrawn at once. You can begin a new one while its window is open."
    if not row.lives:
        said = "It is decided on already, so it can't be withdrawn."
    else:
        said += _about_money(row)
    return Withdrawing(
        heading=f"Withdraw your {what} {noun}?",
        consequence=said,
        button=f"Withdraw {noun}",
        seen=row.version,
        back_url=reverse(ROUTES[row.kind], kwargs={"program": row.program}),
        refused=not row.lives,
    )

"""A member's own renewal: what it costs, what follows, or why nothing is sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Member, Sponsorship
from core.words import day_words, money_words
from credentials.models import Window
from portal.queries.order_places import place_of
from portal.queries.places import body_name
from renewals.queries import own_renewal_of


@dataclass(frozen=True)
class OwnRenewalPage:
    """All the template shows; `blocked` says why nothing can be bought."""

    program: str
    body_name: str
    blocked: str
    sub: str
    label: str = ""
    price_text: str = ""
    why: str = ""
    follows: Sequence[str] = ()
    order_url: str = ""
    order_number: str = ""


def own_renewal_page(
    member: Member, program: str, told: str, *, today: date
) -> OwnRenewalPage:
    """Show what a member's next renewal costs, before anything is ordered."""
    found, body = own_renewal_of(member, program, today=today), body_name(program)
    latest, line, listed = found.latest, found.line, found.price_list
    on = day_words(latest.renewal_on) if latest else ""
    ended = bool(latest and latest.renewal_on <= today)
    said = f"Your membership ended: renewal date {on}." if ended else ""
    if line is None or listed is None:
        sub = said or (f"Your renewal date is {on}." if on else "")
        return OwnRenewalPage(program, body, found.blocked, sub)
    price = money_words(line.amount, listed.currency)
    due = day_words(today + timedelta(days=listed.due_days))
    begins = "the day your payment counts" if ended else on
    order = found.order
    return OwnRenewalPage(
        program=program,
        body_name=body,
        blocked="",
        sub=said or f"Your renewal date is {on}. Pay by then.",
        label=line.label,
        price_text=price,
        why=line.why,
        follows=[
            f"The order is “Awaiting payment” until {due}. No money is taken now.",
            f"You get an invoice, and a mail to {told}.",
            f"Once it is paid, your next term begins on {begins}.",
            "A term that was paid for is not given back.",
        ],
        order_url=place_of(order) if order else "",
        order_number=order.number if order else "",
    )


def renewal_offered(
    member: Member, program: str, latest: Window | None, *, today: date
) -> bool:
    """Say whether a member, of this newest term, is led to renewing for themselves."""
    if latest is None or latest.first_on > today:
        return False
    held = Sponsorship.objects.open().filter(member=member, program=program)
    return not held.exists()

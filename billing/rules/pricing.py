"""What a number of things costs, and the sentence that says why (A2, N6, M10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from core.words import money_words

CENT = Decimal("0.01")
# A typing slip, not a rule: nobody buys more of one thing in one go.
MOST_OF_ONE = 10_000


class Audience(StrEnum):
    """Whom a price is for."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Break:
    """From how many on one costs how much."""

    start: int
    unit: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a price list sells.

    Args:
        code: names it in the list.
        label: what it is called on an invoice, such as "Renewal, one year".
        noun: one of it in a sentence.
        nouns: several of it.
        grants: codes of the products that one of it adds a seat of; none for a fee.
        is_fee: whether it is booked as a fee.
        breaks: by audience, rising from 1.
        rule: the rule id that the price cites.
        note: the sentence of a ruling, '' where the price is published.
    """

    code: str
    label: str
    noun: str
    nouns: str
    grants: tuple[str, ...]
    is_fee: bool
    breaks: Mapping[Audience, tuple[Break, ...]]
    rule: str
    note: str = ""

    def breaks_for(self, *, member: bool) -> tuple[Break, ...]:
        """Give the breaks of whoever asks; everybody's where there is one price."""
        own = Audience.MEMBERS if member else Audience.OTHERS
        return self.breaks.get(own) or self.breaks[Audience.EVERYONE]


@dataclass(frozen=True, slots=True)
class Asked:
    """How many of which offer somebody wants."""

    code: str
    quantity: int


class NotForSale(LookupError):  # noqa: N818  (it says what the matter is)
    """The list doesn't sell it; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of an estimate or order: what it costs, and why."""

    code: str
    label: str
    quantity: int
    unit: Decimal
    amount: Decimal
    grants: tuple[str, ...]
    is_fee: bool
    why: str


def priced(
    asked: Iterable[Asked],
    offers: Mapping[str, Offer],
    currency: str,
    *,
    member: bool = False,
) -> Sequence[PricedLine]:
    """Price what somebody asks for, in the order of asking; zeros are left out.

    Args:
        asked: quantities of 0 to 10,000 each.
        offers: what the list sells, by code.
        currency: as the list names it, for the sentences.
        member: whether a society's members' price is theirs.

    Raises:
        NotForSale: the list doesn't sell one of them.
        ValueError: a quantity is out of reach; whoever reads forms refuses it before.
    """
    lines = []
    for each in asked:
        if not 0 <= each.quantity <= MOST_OF_ONE:
            raise ValueError(each.code)
        if each.code not in offers:
            raise NotForSale(each.code)
        if each.quantity:
            lines.append(_line(offers[each.code], each.quantity, currency, member))
    return lines


def total_of(lines: Iterable[PricedLine]) -> Decimal:
    """Add the lines up; they are rounded already."""
    return sum((line.amount for line in lines), start=Decimal("0.00"))


def _line(offer: Offer, quantity: int, currency: str, member: bool) -> PricedLine:  # noqa: FBT001
    breaks = offer.breaks_for(member=member)
    reached = max(
        (each for each in breaks if each.start <= quantity),
        key=lambda each: each.start,
    )
    amount = (reached.unit * quantity).quantize(CENT, rounding=ROUND_HALF_EVEN)
    return PricedLine(
        code=offer.code,
        label=offer.label,
        quantity=quantity,
        unit=reached.unit,
        amount=amount,
        grants=offer.grants,
        is_fee=offer.is_fee,
        why=_why(offer, quantity, breaks, reached, amount, currency),
    )


def _why(
    offer: Offer,
    quantity: int,
    breaks: Sequence[Break],
    reached: Break,
    amount: Decimal,
    currency: str,
) -> str:
    """Say how the amount came about, what comes next, and under which rule."""
    unit = money_words(reached.unit, currency)
    said = f"{quantity:,} × {unit} = {money_words(amount, currency)}"
    if reached.start > 1:
        one = money_words(breaks[0].unit, currency)
        said += f"; from {reached.start:,} on each costs {unit} instead of {one}"
    following = min(
        (each for each in breaks if each.start > quantity),
        key=lambda each: each.start,
        default=None,
    )
    if following is not None:
        less = money_words(following.unit, currency)
        said += f"; from {following.start:,} on each would cost {less}"
    return f"{said} ({offer.rule})"

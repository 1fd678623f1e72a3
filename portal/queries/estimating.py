"""An estimate: what somebody asks for, priced by one list, told in a signed address.

Nothing is kept of it. Whoever has the address reads the same prices until its last day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.signing import BadSignature, Signer

from billing.models import PriceList
from billing.queries import Catalogue
from billing.rules import Asked, NotForSale, PricedLine, priced, total_of
from billing.services import Sale
from core.failures import FieldProblem, Missing, NotEligible, NotUsable
from credentials.policy import term_programs
from credentials.queries import on_list, on_sale
from portal.queries.places import body_full_name

# Another form of what is signed gets another salt.
SALT = "portal.estimate.1"
NOTHING = "Enter how many you want of at least one."
UNKNOWN = "This is no estimate of this portal. Its address may have been cut off."


@dataclass(eq=False)
class Ended(NotEligible):
    """The estimate's days are over; `program` and `asked` say what it was about."""

    program: str = ""
    asked: Sequence[Asked] = ()


@dataclass(frozen=True)
class Estimate:
    """What was asked for on a day, at the prices of the list it names."""

    price_list: PriceList
    day: date
    lines: Sequence[PricedLine]

    @property
    def program(self) -> str:
        """The body that sells it."""
        return self.price_list.program

    @property
    def currency(self) -> str:
        """As its list names it."""
        return self.price_list.currency

    @property
    def total(self) -> Decimal:
        """What all lines come to."""
        return total_of(self.lines)

    @property
    def until(self) -> date:
        """The last day its prices hold."""
        return self.day + timedelta(days=self.price_list.estimate_days)

    @property
    def signed(self) -> str:
        """Spell it for an address: nobody can make or change one but this portal."""
        listed = self.price_list
        asked = [[line.code, line.quantity] for line in self.lines]
        said = [
            listed.program,
            listed.effective_on.isoformat(),
            self.day.isoformat(),
            asked,
        ]
        return _signer().sign_object(said)

    @property
    def sale(self) -> Sale:
        """The same as something to be ordered."""
        seller = body_full_name(self.program)
        return Sale(self.price_list, self.day, self.lines, seller)


def sellers(day: date) -> Sequence[str]:
    """Name the bodies that have prices on a day."""
    return [each for each in term_programs() if on_sale(each, day)]


def estimate_for(catalogue: Catalogue, asked: Iterable[Asked], day: date) -> Estimate:
    """Price what somebody asks for, at the prices everybody pays.

    Args:
        catalogue: what the body sells on the day.
        asked: quantities of 0 to 10,000 each.
        day: the day in the body's zone.

    Raises:
        NotUsable: nothing is asked for, or something the body doesn't sell.
    """
    listed = catalogue.price_list
    try:
        lines = priced(asked, catalogue.offers, listed.currency)
    except NotForSale as missing:
        text = f"Nothing called {missing.code} is for sale."
        raise NotUsable(text, [FieldProblem("lines", text, "unknown")]) from missing
    if not lines:
        raise NotUsable(NOTHING, [FieldProblem("lines", NOTHING)])
    return Estimate(listed, day, lines)


def read_estimate(signed: str, *, today: date) -> Estimate:
    """Read an estimate out of its address.

    Args:
        signed: as `Estimate.signed` spelled it.
        today: the day in the zone of the estimate's body.

    Raises:
        Missing: this portal never made it, or it was changed.
        Ended: its days are over.
    """
    program, list_day, day, asked = _said(signed)
    wanted = [Asked(code, quantity) for code, quantity in asked]
    made_on = date.fromisoformat(day)
    catalogue = on_list(program, date.fromisoformat(list_day))
    if catalogue is None:
        raise Missing(UNKNOWN)
    try:
        lines = priced(wanted, catalogue.offers, catalogue.price_list.currency)
    except NotForSale:
        raise _ended(program, wanted) from None
    found = Estimate(catalogue.price_list, made_on, lines)
    if not made_on <= today <= found.until:
        raise _ended(program, wanted)
    return found


def program_of_estimate(signed: str) -> str:
    """Name the body an estimate is of, whose zone decides which day it is.

    Raises:
        Missing: this portal never made it, or it was changed.
    """
    return _said(signed)[0]


def _said(signed: str) -> tuple[str, str, str, list[tuple[str, int]]]:
    try:
        program, list_day, day, asked = _signer().unsign_object(signed)
    except BadSignature:
        raise Missing(UNKNOWN) from None
    if program not in term_programs():
        raise Missing(UNKNOWN)
    return program, list_day, day, asked


def _ended(program: str, asked: Sequence[Asked]) -> Ended:
    return Ended(
        "This estimate's days are over. Make a new one with today's prices.",
        program=program,
        asked=asked,
    )


def _signer() -> Signer:
    """Sign with SECRET_KEY; what was signed with one of its FALLBACKS is good too."""
    return Signer(salt=SALT, sep=".")

"""How one stays in good standing under a body: by terms, by cycles, or elsewhere.

A plan of terms (A1-A12): one pays, and the next year begins. A plan of cycles (N1-N8):
the cycle runs by itself, and an application that somebody decides on closes it. A plan
of licences (M13): what one holds is registered elsewhere, and nothing of it runs here.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from credentials.policy.basis import Basis

PLAIN_YEAR = 2001
DAYS_OF_A_YEAR = 365


class NoSuchPlanError(LookupError):
    """A question about terms was asked of a body of cycles, or the other way round."""


@dataclass(frozen=True, slots=True)
class TermRules:
    """How long a membership runs, in months from its first day (A1)."""

    basis: Basis
    months: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """Credits asked in each term, and how many of them approved (A3).

    Of what is over in the term before, `carry_over` counts in the next: 0 where each
    term begins with nothing.
    """

    basis: Basis
    credits: Decimal
    approved: Decimal
    carry_over: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What applying a term issues, and whether the first one asks credits (A10).

    The subtitle and the words on the seal are the body's to choose, or empty.
    """

    basis: Basis
    title: str
    subtitle: str
    seal: str
    number_prefix: str
    attestation_prefix: str
    first_term_asks_credits: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """Days before the renewal date on which the e-mail goes out (A11)."""

    basis: Basis
    days_before: int


@dataclass(frozen=True, slots=True)
class StandingRules:
    """From how many days before the renewal date it is due, and the words (A12)."""

    basis: Basis
    due_days: int
    current_words: str
    ended_words: str


@dataclass(frozen=True, slots=True)
class Fees:
    """What a renewal costs, in units of the currency (A2)."""

    basis: Basis
    renewal: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class TermPlan:
    """Everything a body of terms asks to stay in good standing."""

    term: TermRules
    requirement: Requirement
    certificate: Certificate
    reminder: Reminder
    standing: StandingRules
    fees: Fees


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of any year; a pack writes it "12-01"."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """Give the day of a year."""
        return date(year, self.month, self.day)

    def days_after(self, other: "YearDay") -> int:
        """Count the days from another day of the year to the next of this one."""
        days = (self.of(PLAIN_YEAR) - other.of(PLAIN_YEAR)).days
        return days if days > 0 else days + DAYS_OF_A_YEAR


@dataclass(frozen=True, slots=True)
class CycleRules:
    """How many years a cycle runs, and on which day it ends (N1)."""

    basis: Basis
    years: int
    ends: YearDay


@dataclass(frozen=True, slots=True)
class Need:
    """Credits a cycle asks of whoever holds so many credentials (N3, N4).

    `first_time` is for the first recertification with as many. `extension` is how many
    must stand before more time can be asked for (N7).
    """

    basis: Basis
    credentials: int
    first_time: bool
    credits: Decimal
    approved: Decimal
    extension: Decimal


@dataclass(frozen=True, slots=True)
class Recertification:
    """What an application costs whoever holds so many credentials (N6)."""

    basis: Basis
    credentials: int
    members: Decimal
    others: Decimal


@dataclass(frozen=True, slots=True)
class ApplicationRules:
    """When one applies: from a day of the cycle's last year, late until another (N5).

    `late_fee` is what being late costs; `review_weeks` the fewest and the most weeks
    from the fee until staff have decided, one where they are the same (N13).
    """

    basis: Basis
    opens: YearDay
    late_until: YearDay
    late_fee: Decimal
    late_basis: Basis
    review_weeks: tuple[int, ...]
    review_basis: Basis


@dataclass(frozen=True, slots=True)
class ExtensionRules:
    """More time: asked for until an hour of the last day, given until a day (N7)."""

    basis: Basis
    asked_until: time
    until: YearDay
    fee: Decimal


@dataclass(frozen=True, slots=True)
class GraceRules:
    """Coming back after the cycle has lapsed: until when, for how much (N8)."""

    basis: Basis
    until: YearDay
    fee: Decimal


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter of the cycle: its code, and the day it is due on.

    `anchor` names one of the cycle's days; `days_before` counts back from it.
    """

    basis: Basis
    code: str
    anchor: str
    days_before: int


@dataclass(frozen=True, slots=True)
class CycleWords:
    """What the public reads of somebody who is certified, or no longer."""

    basis: Basis
    current: str
    ended: str


@dataclass(frozen=True, slots=True)
class CycleCertificate:
    """What each credential is certified with, for a cycle (N14).

    `earned` is the sentence of whoever has just passed, `recertified` of whoever goes
    on; both end where the days begin. It is there so many business days after the
    cycle's last day, of whoever's application is approved by then.
    """

    basis: Basis
    title: str
    subtitle: str
    seal: str
    number_prefix: str
    earned: str
    recertified: str
    business_days: int


@dataclass(frozen=True, slots=True)
class BadgeRules:
    """What a badge says its holder did to have it, a sentence each (N14)."""

    basis: Basis
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """Everything a body of cycles asks to stay in good standing."""

    cycle: CycleRules
    counting: Basis
    needs: tuple[Need, ...]
    recertifications: tuple[Recertification, ...]
    application: ApplicationRules
    extension: ExtensionRules
    grace: GraceRules
    notices: tuple[Notice, ...]
    words: CycleWords
    certificate: CycleCertificate
    badge: BadgeRules | None
    currency: str

    def need_for(self, credentials: int, *, first_time: bool) -> Need:
        """Find what is asked with so many credentials, the first time or later."""
        fitting = [each for each in self.needs if each.credentials <= credentials]
        most = max(each.credentials for each in fitting)
        rows = [each for each in fitting if each.credentials == most]
        asked = [each for each in rows if each.first_time and first_time]
        return (asked or [each for each in rows if not each.first_time])[0]

    def price_for(self, credentials: int) -> Recertification:
        """Find what an application costs with so many credentials."""
        fitting = [r for r in self.recertifications if r.credentials <= credentials]
        return max(fitting, key=lambda each: each.credentials)


@dataclass(frozen=True, slots=True)
class LicencePlan:
    """A body whose people hold a licence that others register (M13).

    Nothing begins, ends or is paid here: the body teaches, and keeps what was earned.
    """

    basis: Basis
    currency: str
    current_words: str
    ended_words: str


Plan = TermPlan | CyclePlan | LicencePlan

"""A policy pack in memory: what one body says from one day on, frozen.

Every section carries its `Basis`, so that whatever is computed from it can name the
rule, where the rule was found and, where the published texts are silent, our ruling.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from credentials.policy.bands import Bands
from credentials.policy.basis import Basis
from credentials.policy.formulas import Cap, Kind


@dataclass(frozen=True, slots=True)
class Source:
    """A text the pack was written from: its short name and what it is."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Body:
    """Who certifies, and in which zone its calendar days begin (X3)."""

    basis: Basis
    name: str
    full_name: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Unit:
    """What the body calls its credit (A4)."""

    basis: Basis
    name: str


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam, its pass mark in percent and the specialties it comes in (A14)."""

    basis: Basis
    code: str
    title: str
    pass_mark: Decimal
    specialties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credential:
    """What one can hold, and the exams that together earn it (A14)."""

    basis: Basis
    code: str
    title: str
    number_prefix: str
    exams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermRules:
    """How long a membership runs, in months from its first day (A1)."""

    basis: Basis
    months: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """Credits asked in each term, and how many of them approved (A3)."""

    basis: Basis
    credits: Decimal
    approved: Decimal


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
class UnitPrice:
    """From how many on one costs how much."""

    start: int
    unit: Decimal


@dataclass(frozen=True, slots=True)
class PriceOffer:
    """Something the body sells, and what one costs by quantity and by who asks.

    `units` is everybody's; where members pay otherwise there are `members` and
    `others` instead. `grants` names the products one of it adds a seat of; where it is
    sold `for_oneself`, a member without a practice buys one and has it at once.
    """

    basis: Basis
    code: str
    label: str
    noun: str
    nouns: str
    grants: tuple[str, ...]
    is_fee: bool
    units: tuple[UnitPrice, ...]
    members: tuple[UnitPrice, ...]
    others: tuple[UnitPrice, ...]
    for_oneself: bool = False


@dataclass(frozen=True, slots=True)
class Sales:
    """How the body sells: days, limits, and what there is (A2)."""

    basis: Basis
    estimate_days: int
    due_days: int
    confirm_above: Decimal
    retry_days: tuple[int, ...]
    offers: tuple[PriceOffer, ...]


@dataclass(frozen=True, slots=True)
class TimeInput:
    """The rule that a refused length of time cites (A6)."""

    basis: Basis


@dataclass(frozen=True, slots=True)
class TitleInput:
    """Whether minutes are read from an activity's title (A7)."""

    basis: Basis
    read_minutes: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """What a reported activity must carry beside its proof (A8)."""

    basis: Basis
    licence_number: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The rule that a decision of staff follows: what it ends, and when (A9)."""

    basis: Basis


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for which staff do not accept an activity, as everybody reads it."""

    basis: Basis
    code: str
    text: str
    needs_words: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of one body's policy."""

    program: str
    effective: date
    sources: tuple[Source, ...]
    body: Body
    credit_unit: Unit
    credentials: tuple[Credential, ...]
    exams: tuple[Exam, ...]
    term: TermRules
    requirement: Requirement
    certificate: Certificate
    reminder: Reminder
    standing: StandingRules
    fees: Fees
    sales: Sales | None
    time: TimeInput
    titles: TitleInput
    bands: Bands | None
    kinds: tuple[Kind, ...]
    caps: tuple[Cap, ...]
    submission: Submission | None
    review: Review | None
    grounds: tuple[Ground, ...]

    @property
    def version(self) -> str:
        """Name this version as a decision stores it (X1)."""
        return f"{self.program}@{self.effective.isoformat()}"

    @property
    def body_name(self) -> str:
        """Short name of the body, as on screen."""
        return self.body.name

    @property
    def zone(self) -> ZoneInfo:
        """Zone in which the body's calendar days begin (X3)."""
        return self.body.zone

    @property
    def unit(self) -> str:
        """What a credit is called."""
        return self.credit_unit.name

    @property
    def credential(self) -> Credential:
        """The body's first credential: the only one where there is one."""
        return self.credentials[0]

    def kind(self, code: str) -> Kind | None:
        """Find a kind of activity by its code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    @property
    def asks_licence_number(self) -> bool:
        """Say whether a report must carry the member's licence number (A8)."""
        return self.submission is not None and self.submission.licence_number

    @property
    def review_rule(self) -> str:
        """The rule that decisions cite; the requirement's where the pack has none."""
        return (self.review or self.requirement).basis.rule

    def ground(self, code: str) -> Ground | None:
        """Find a reason for not accepting an activity by its code."""
        return next((ground for ground in self.grounds if ground.code == code), None)

    def exam(self, code: str) -> Exam | None:
        """Find an exam by its code."""
        return next((exam for exam in self.exams if exam.code == code), None)

    def source_title(self, code: str) -> str:
        """Say what a source's short name stands for."""
        return next((item.title for item in self.sources if item.code == code), code)

"""A policy pack in memory: what one body says from one day on, frozen.

Every section carries its `Basis`, so that whatever is computed from it can name the
rule, where the rule was found and, where the published texts are silent, our ruling.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from credentials.policy.approvals import ApprovalRules
from credentials.policy.bands import Bands
from credentials.policy.basis import Basis
from credentials.policy.courses import CourseRules, Physicians
from credentials.policy.exams import Exam
from credentials.policy.formulas import Kind
from credentials.policy.grounds import Ground
from credentials.policy.limits import Cap, Largest
from credentials.policy.plans import (
    BadgeRules,
    CyclePlan,
    LicencePlan,
    NoSuchPlanError,
    Plan,
    TermPlan,
)
from credentials.policy.relicensure import Relicensure
from credentials.policy.topics import Topic


@dataclass(frozen=True, slots=True)
class Source:
    """A text the pack was written from: its short name and what it is."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Body:
    """Who certifies, and in which zone its calendar days begin (X3).

    `holidays` is the country whose public holidays are no business days there; empty,
    only weekends are none.
    """

    basis: Basis
    name: str
    full_name: str
    zone: ZoneInfo
    holidays: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What the body calls its credit (A4)."""

    basis: Basis
    name: str


@dataclass(frozen=True, slots=True)
class Credential:
    """What one can hold, and the exams that together earn it (A14)."""

    basis: Basis
    code: str
    title: str
    number_prefix: str
    exams: tuple[str, ...]


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
class Audit:
    """How staff audit what was reported (A9, N13).

    `answer_days` is how long a member has to answer, `remind_days` how long before that
    they are reminded; who was audited within `exclude_years` is not drawn again.
    """

    basis: Basis
    answer_days: int
    remind_days: int
    exclude_years: int


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
    plan: Plan
    sales: Sales | None
    time: TimeInput
    titles: TitleInput
    bands: Bands | None
    kinds: tuple[Kind, ...]
    caps: tuple[Cap, ...]
    largest: tuple[Largest, ...]
    once: Basis | None
    submission: Submission | None
    review: Review | None
    grounds: tuple[Ground, ...]
    audit: Audit | None = None
    physicians: Physicians | None = None
    topics: tuple[Topic, ...] = ()
    courses: CourseRules | None = None
    relicensure: Relicensure | None = None
    approval: ApprovalRules | None = None

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
    def terms(self) -> TermPlan:
        """What a body of terms asks; NoSuchPlanError for one of cycles."""
        if not isinstance(self.plan, TermPlan):
            raise NoSuchPlanError(f"{self.version} does not run by terms")
        return self.plan

    @property
    def cycles(self) -> CyclePlan:
        """What a body of cycles asks; NoSuchPlanError for one of terms."""
        if not isinstance(self.plan, CyclePlan):
            raise NoSuchPlanError(f"{self.version} does not run by cycles")
        return self.plan

    @property
    def currency(self) -> str:
        """In which currency the body's fees are."""
        if isinstance(self.plan, TermPlan):
            return self.plan.fees.currency
        return self.plan.currency

    @property
    def public_words(self) -> tuple[str, str]:
        """What the public reads of somebody in good standing, and after its end."""
        if isinstance(self.plan, TermPlan):
            return self.plan.standing.current_words, self.plan.standing.ended_words
        if isinstance(self.plan, LicencePlan):
            return self.plan.current_words, self.plan.ended_words
        return self.plan.words.current, self.plan.words.ended

    @property
    def badge(self) -> BadgeRules | None:
        """What a badge stands for; None where the body gives none (N14)."""
        return self.plan.badge if isinstance(self.plan, CyclePlan) else None

    def credential_of(self, code: str) -> Credential | None:
        """Find a credential by its code."""
        return next((each for each in self.credentials if each.code == code), None)

    @property
    def credential(self) -> Credential:
        """The body's first credential; IndexError for a body of licences alone."""
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
        return self.review.basis.rule if self.review else self._asking.rule

    @property
    def _asking(self) -> Basis:
        if isinstance(self.plan, TermPlan):
            return self.plan.requirement.basis
        if isinstance(self.plan, CyclePlan):
            return self.plan.counting
        return self.plan.basis

    def ground(self, code: str) -> Ground | None:
        """Find a reason for not accepting an activity by its code."""
        return next((ground for ground in self.grounds if ground.code == code), None)

    def exam(self, code: str) -> Exam | None:
        """Find an exam by its code."""
        return next((exam for exam in self.exams if exam.code == code), None)

    def topic_title(self, code: str) -> str:
        """Say what a topic is called; a code that is none here names itself."""
        return next((each.title for each in self.topics if each.code == code), code)

    def source_title(self, code: str) -> str:
        """Say what a source's short name stands for."""
        return next((item.title for item in self.sources if item.code == code), code)

"""What a scenario file holds, read and checked; nothing is computed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.rules import ActivityInput, Submission
from credentials.policy.reading import Table


@dataclass(frozen=True, slots=True)
class AwardCase:
    """One activity and the answer that is expected."""

    place: str
    program: str
    activity: ActivityInput
    expect: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Certified:
    """A credential was earned."""

    on: date
    table: Table
    code: str


@dataclass(frozen=True, slots=True)
class Applies:
    """Somebody applied; `paid` is None while nothing is paid.

    `paid_on` is the day that counts as the day of payment: a cheque's date (N5).
    """

    on: date
    table: Table
    word: str
    paid: Decimal | None
    paid_on: date
    decision: str | None
    decided_on: date


@dataclass(frozen=True, slots=True)
class Learns:
    """An activity was done and reported."""

    on: date
    table: Table
    activity: ActivityInput
    submission: Submission


@dataclass(frozen=True, slots=True)
class Waives:
    """Staff waived what the certificate last applied for waits for."""

    on: date
    table: Table
    reason: str


@dataclass(frozen=True, slots=True)
class Joins:
    """The person joined (or left) the body's society."""

    on: date
    table: Table
    member: bool


Event = Certified | Applies | Learns | Waives | Joins


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should be true at the end of a day."""

    place: str
    on: date
    wants: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Person:
    """Who the story is about, as far as a body's rules ask."""

    society_member: bool = False
    profession: str = "other"
    retired_on: date | None = None
    registration_period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A person over time under one program."""

    title: str
    program: str
    person: Person
    events: tuple[Event, ...]
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A file: awards, a story, or both."""

    file: str
    awards: tuple[AwardCase, ...]
    story: Story | None

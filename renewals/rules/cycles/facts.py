"""What is known of a person under a body of cycles, as dated facts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

ApplicationKind = Literal["recertification", "extension", "reinstatement"]
Outcome = Literal["open", "approved", "refused"]


@dataclass(frozen=True, slots=True)
class Earned:
    """A credential, and the day its holder was notified of passing (N1)."""

    code: str
    on: date


@dataclass(frozen=True, slots=True)
class Application:
    """An application or a request that was taken, and what staff decided.

    `on` is the day it was submitted. `decided_on` is set once it is not open any more.
    """

    kind: ApplicationKind
    on: date
    outcome: Outcome = "open"
    decided_on: date | None = None

    def open_on(self, day: date) -> bool:
        """Say whether it waits for a decision at the end of a day."""
        decided = self.decided_on is not None and self.decided_on <= day
        return self.on <= day and not decided

    def approved_by(self, day: date) -> bool:
        """Say whether it is approved at the end of a day."""
        on = self.decided_on
        return self.outcome == "approved" and on is not None and on <= day


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that comes with an application: how much, and the day that counts (N5).

    That day is the day of payment; for a cheque its date, whenever it arrives.
    """

    amount: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """More time that a body decreed: from a day on, for one cycle, through a day.

    `last_on` is the cycle's last day, `until` the last one of the time given.
    """

    on: date
    last_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a history is computed from, each in the order it happened."""

    earned: tuple[Earned, ...] = ()
    applications: tuple[Application, ...] = ()
    moved: tuple[Moved, ...] = ()


def known(facts: Facts, day: date) -> Facts:
    """Take out what was not known at the end of a day."""
    return Facts(
        tuple(each for each in facts.earned if each.on <= day),
        tuple(_as_known(each, day) for each in facts.applications if each.on <= day),
        tuple(each for each in facts.moved if each.on <= day),
    )


def _as_known(application: Application, day: date) -> Application:
    if not application.open_on(day):
        return application
    return replace(application, outcome="open", decided_on=None)


def in_order(earned: Iterable[Earned]) -> tuple[Earned, ...]:
    """Sort credentials by the day they were earned, those of a day as they came."""
    return tuple(sorted(earned, key=lambda each: each.on))

"""One cycle: its days, what was applied for in it, and how its holder stands."""

from dataclasses import dataclass
from datetime import date

from credentials.policy import Need, Policy
from renewals.rules.cycles.facts import Application, Earned, Moved
from renewals.rules.cycles.season import ONE_DAY, Season


def closes(each: Application) -> bool:
    """Say whether an application recertifies its cycle."""
    return each.kind != "extension" and each.outcome == "approved"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle: its days, what was applied for in it, and who holds what.

    `counts_from` is the first day whose CE counts (N2, N16); `first_on` the day it
    runs from. `earned` are the credentials of the chain up to its end, `recertified`
    says how many were held at each approval before it.
    """

    policy: Policy
    first_on: date
    counts_from: date
    season: Season
    applications: tuple[Application, ...]
    earned: tuple[Earned, ...]
    recertified: tuple[int, ...]
    moved: tuple[Moved, ...] = ()

    @property
    def last_on(self) -> date:
        """The last day of the cycle."""
        return self.season.last_on

    @property
    def closing(self) -> Application | None:
        """The application that was approved, and so closed the cycle."""
        return next((each for each in self.applications if closes(each)), None)

    @property
    def _applied(self) -> tuple[Application, ...]:
        return tuple(each for each in self.applications if each.kind != "extension")

    @property
    def closed_on(self) -> date | None:
        """The day its recertification was approved."""
        return self.closing.decided_on if self.closing else None

    def recertified_by(self, day: date) -> bool:
        """Say whether it is recertified at the end of a day."""
        return self.closed_on is not None and self.closed_on <= day

    def in_review(self, day: date) -> Application | None:
        """Find the application that waits for a decision, never a mere request."""
        return next((each for each in self._applied if each.open_on(day)), None)

    def waits(self, day: date) -> bool:
        """Say whether anything waits for a decision, a request too."""
        return any(each.open_on(day) for each in self.applications)

    def granted_by(self, day: date) -> bool:
        """Say whether more time is granted at the end of a day, also if over."""
        return self.granted_until(day) is not None

    def granted_until(self, day: date) -> date | None:
        """The last day of the time granted by the end of a day, the longest one (N7).

        It was asked for, or the body decreed it for many at once.
        """
        days = [each.until for each in self.moved if each.on <= day]
        if self.asked_by(day):
            days.append(self.season.extended_until)
        return max(days, default=None)

    def asked_by(self, day: date) -> bool:
        """Say whether an extension that was asked for is granted by a day (N7)."""
        return any(
            each.kind == "extension" and each.approved_by(day)
            for each in self.applications
        )

    def decreed(self, day: date, paid_on: date) -> bool:
        """Say whether a day after the cycle's last is in time by decree alone.

        Nothing is paid for that; a payment must still come while it runs.
        """
        return self.last_on < day and any(
            each.on <= day and max(day, paid_on) <= each.until for each in self.moved
        )

    def extended(self, day: date) -> bool:
        """Say whether more time runs on a day (N7)."""
        return self.last_on < day <= (self.granted_until(day) or self.last_on)

    def payable_until(self, day: date) -> date:
        """The last day whose payment is in time for an application of a day (N5)."""
        until = self.granted_until(day) if self.extended(day) else None
        return max(until or self.season.late_until, self.season.late_until)

    def standing(self, day: date) -> str:
        """How its holder stands on one of its days, were nothing else to happen."""
        if self.recertified_by(day):
            return "good"
        if self.waits(day):
            return "under_review"
        if self.extended(day):
            return "extended"
        words = {"running": "good", "open": "due"}
        stage = self.season.stage(day)
        return words.get(stage, stage)

    def held(self, day: date) -> tuple[Earned, ...]:
        """Which credentials count on a day, each once (N3).

        One that was earned while the cycle is lapsed waits for what comes after it.
        """
        found: dict[str, Earned] = {}
        for each in self.earned:
            if each.on <= day and not self.lapsed_by(each.on):
                found.setdefault(each.code, each)
        return tuple(found.values())

    def lapsed_by(self, day: date) -> bool:
        """Say whether it lapsed and is not reinstated: to apply changes nothing yet."""
        lapsed = any(
            each <= day and self.standing(each) == "lapsed" for each in self.breaks()
        )
        return lapsed and not self.recertified_by(day)

    def decided_for(self, day: date) -> date:
        """The day whose credentials decide: of the application, else the day asked."""
        done = self.closing if self.recertified_by(day) else self.in_review(day)
        return done.on if done else day

    def need(self, day: date) -> Need:
        """What the cycle asks of its holder, as of a day (N3, N4)."""
        count = len(self.held(self.decided_for(day)))
        first = all(before < count for before in self.recertified)
        return self.policy.cycles.need_for(count, first_time=first)

    def counts_until(self, day: date) -> date:
        """The last day whose CE counts in it, as of a day (N2, N16)."""
        done = self.closing if self.recertified_by(day) else self.in_review(day)
        if done is not None and done.kind == "recertification":
            return done.on if self.extended(done.on) else self.last_on
        until = self.granted_until(day) if self.extended(day) else None
        return until or self.last_on

    def breaks(self) -> set[date]:
        """Every day on which its standing may change."""
        season = self.season
        days = {
            self.first_on,
            season.opens_on,
            season.late_on,
            season.lapses_on,
            season.extension_over_on,
            season.expires_on,
        }
        for decreed in self.moved:
            days |= {decreed.on, decreed.until + ONE_DAY}
        for each in self.applications:
            days.add(each.on)
            if each.decided_on is not None:
                days.add(each.decided_on)
        return {day for day in days if day >= self.first_on}

    def expired_on(self) -> date | None:
        """The day from which only a new exam helps; None where it was closed."""
        if self.closed_on is not None:
            return None
        return next(
            (d for d in sorted(self.breaks()) if self.standing(d) == "expired"), None
        )

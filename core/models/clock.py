"""The pinned domain date of a demonstration."""

from datetime import date, datetime

from django.db import models


class DomainDate(models.Model):
    """One row at most: the day the demonstration lives in."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    today = models.DateField()
    # From which real instant on it was which day, as text, the first day first.
    begun = models.JSONField(default=list, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="one_domain_date"),
        )

    def __str__(self) -> str:
        return self.today.isoformat()

    def move(self, day: date, *, now: datetime) -> None:
        """Let another day begin."""
        self.today = day
        self.begun = [*self.begun, [now.isoformat(), day.isoformat()]]

    def day_at(self, at: datetime) -> date | None:
        """Give the day it was at a real instant; None before the first began."""
        days = [
            date.fromisoformat(day)
            for began, day in self.begun
            if datetime.fromisoformat(began) <= at
        ]
        return days[-1] if days else None

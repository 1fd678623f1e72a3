"""Fewer renewals: each decrease is a row, with the people it leaves out (A13)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice, Sponsorship
from core.models import BaseModel
from credentials.models.held import Window


class SeatChangeQuerySet(models.QuerySet["SeatChange"]):
    """Which decreases somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's decreases."""
        return self.filter(practice=practice)


class SeatChange(BaseModel):
    """A practice renews fewer at the next renewal; never changed, never removed.

    The sequence makes two decreases at once impossible: only one can be number n.
    `used` is how many seats the pool had used then: what is used later is given up
    first (`credentials.rules.still_given_up`).
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="seat_changes")
    program = models.CharField(max_length=20)
    sequence = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    given_up = models.PositiveIntegerField()
    used = models.PositiveIntegerField()
    effective_on = models.DateField()
    reason = models.CharField(max_length=400, blank=True)
    form_key = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["SeatChange"]] = models.Manager.from_queryset(
        SeatChangeQuerySet
    )()

    class Meta:
        ordering = ("-at", "-sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "program", "sequence"),
                name="one_seat_change_a_turn",
            ),
            models.UniqueConstraint(
                fields=("practice", "form_key"), name="lowered_once_a_form"
            ),
            models.CheckConstraint(
                condition=models.Q(after__lt=models.F("before")),
                name="seat_change_lowers",
            ),
        )

    practice_id: UUID

    def __str__(self) -> str:
        return f"{self.before} to {self.after} by {self.by}"


class LeftOutQuerySet(models.QuerySet["LeftOut"]):
    """Which people's being left out somebody may see."""

    def of(self, practice: Practice) -> Self:
        """People the practice left out."""
        return self.filter(practice=practice)

    def in_force(self) -> Self:
        """People who are left out now: not taken back in, and still on the list."""
        return self.filter(ended_at=None, sponsorship__until_on=None)


class LeftOut(BaseModel):
    """Somebody a practice doesn't renew any more; the term they have stays theirs.

    `from_on` is the renewal date of that term, or the day of the decrease where it had
    passed. How it ended is written once; all else is frozen.
    """

    change = models.ForeignKey(SeatChange, models.PROTECT, related_name="left_out")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="left_out")
    program = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, related_name="left_out")
    sponsorship = models.ForeignKey(
        Sponsorship, models.PROTECT, related_name="left_out"
    )
    window = models.ForeignKey(Window, models.PROTECT, related_name="left_out")
    from_on = models.DateField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["LeftOut"]] = models.Manager.from_queryset(
        LeftOutQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("sponsorship",),
                condition=models.Q(ended_at=None),
                name="left_out_once",
            ),
        )

    practice_id: UUID
    member_id: UUID
    sponsorship_id: UUID

    def __str__(self) -> str:
        return f"{self.member} from {self.from_on}"

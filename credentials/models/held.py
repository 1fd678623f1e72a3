"""What a member holds, in which term or cycle, and how they stood on which day."""

from datetime import date, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice, Sponsorship
from core.models import BaseModel


class Certification(BaseModel):
    """A credential somebody earned, for life. Its number never changes.

    `nth` is 2 where it expired and they passed the exam again, and so on.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="certifications")
    program = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    number = models.CharField(max_length=40, unique=True)
    earned_on = models.DateField()
    nth = models.PositiveSmallIntegerField(default=1, db_default=1)
    proof = models.CharField(max_length=400)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program", "code", "nth"), name="earned_once"
            ),
        )

    member_id: UUID

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class WindowQuerySet(models.QuerySet["Window"]):
    """Which windows somebody may see."""

    def standing(self) -> Self:
        """Terms that nobody undid."""
        return self.filter(undone_at=None)

    def of(self, practice: Practice) -> Self:
        """Terms the practice paid for."""
        return self.filter(practice=practice)

    def visible_to(self, member: Member) -> Self:
        """The member's own terms."""
        return self.filter(member=member)

    def newest(self) -> Self:
        """Each member's newest term in a program, begun or not."""
        later = Window.objects.filter(
            member=models.OuterRef("member"),
            program=models.OuterRef("program"),
            sequence__gt=models.OuterRef("sequence"),
        )
        return self.filter(~models.Exists(later))


EveryWindow = models.Manager.from_queryset(WindowQuerySet)


class StandingWindows(EveryWindow["Window"]):
    """Terms that nobody undid: what everybody reads who asks for terms."""

    def get_queryset(self) -> WindowQuerySet:
        """Leave out what was undone."""
        return WindowQuerySet(self.model, using=self._db).standing()


class Window(BaseModel):
    """A term or cycle: its days, and what it asks. Written by renewals alone.

    `practice` and `sponsorship` are empty where the member paid for themselves. The
    sequence makes two renewals at once impossible: only one can be number n.

    `assignment` is what began it, where a practice assigned it. A term that was undone
    has `undone_at`: it stays for audits and counts nowhere, `objects` leaves it out,
    and its number and its first day are free again.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="windows")
    program = models.CharField(max_length=20)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT, null=True)
    sequence = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    applied_on = models.DateField()
    credits_asked = models.DecimalField(max_digits=6, decimal_places=2)
    policy = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    assignment = models.OneToOneField(
        "credentials.Assignment", models.PROTECT, null=True, related_name="term"
    )
    undone_at = models.DateTimeField(null=True)

    # The first is what relations and everybody else read.
    objects: ClassVar[StandingWindows] = StandingWindows()
    every: ClassVar[EveryWindow["Window"]] = EveryWindow()

    class Meta:
        ordering = ("member", "program", "sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program", "sequence"),
                condition=models.Q(undone_at=None),
                name="one_window_a_turn",
            ),
            models.UniqueConstraint(
                fields=("member", "program", "first_on"),
                condition=models.Q(undone_at=None),
                name="one_window_a_start",
            ),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="window_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(practice=None, sponsorship=None)
                | models.Q(practice__isnull=False, sponsorship__isnull=False),
                name="window_practice_with_sponsorship",
            ),
            # What nobody assigned, nobody takes back.
            models.CheckConstraint(
                condition=models.Q(undone_at=None) | models.Q(assignment__isnull=False),
                name="undone_window_was_assigned",
            ),
        )
        indexes = (
            models.Index(
                fields=("member", "program", "-last_on"), name="latest_window"
            ),
            models.Index(fields=("program", "last_on"), name="windows_by_end"),
        )

    member_id: UUID
    practice_id: UUID | None
    sponsorship_id: UUID | None
    assignment_id: UUID | None

    def __str__(self) -> str:
        return f"{self.first_on} to {self.last_on}"

    @property
    def renewal_on(self) -> date:
        """The renewal date: the day after the last one (A1)."""
        return self.last_on + timedelta(days=1)


class StandingPeriod(BaseModel):
    """How a member stands in a program from a day on, as it was known at an instant.

    Each change of a fact appends the whole timeline anew under its `recorded_at`, which
    starts before all days; so the row for a day is the newest recording's last one that
    starts on or before it, and what was known earlier stays readable.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="standing_periods")
    program = models.CharField(max_length=20)
    from_on = models.DateField()
    standing = models.CharField(max_length=20)
    policy = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    recording = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program", "recording", "from_on"),
                name="one_standing_a_day",
            ),
        )
        indexes = (
            # With the standing itself, a day's is read from the index alone.
            models.Index(
                fields=("member", "program", "-recording", "-from_on", "standing"),
                name="standing_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.standing} from {self.from_on}"

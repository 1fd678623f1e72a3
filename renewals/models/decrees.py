"""More time that a body decrees for many at once, and what each of them was given."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from core.models import BaseModel

LONGEST_REASON = 400


class Decree(BaseModel):
    """One reason, one list, one last day or so many months for each. Append-only.

    `number` counts within the body. `chosen` is what the list was made by, `left_out`
    who of it was given nothing from the start: number or name, and why. Nothing takes a
    decree back; another can only lengthen.
    """

    program = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON)
    until_on = models.DateField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    chosen = models.JSONField()
    left_out = models.JSONField()
    policy = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    decreed_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("program", "number"), name="one_number_of_decree"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None, months__gte=1)
                | Q(until_on__isnull=False, months=None),
                name="decree_has_one_length",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decree_says_why"),
        )

    lines: "models.Manager[MovedDeadline]"

    def __str__(self) -> str:
        return f"Decree {self.number}"


class MovedDeadlineQuerySet(models.QuerySet["MovedDeadline"]):
    """Which of them somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """What the member was given."""
        return self.filter(member=member).given()

    def given(self) -> Self:
        """What was given, and so is a fact of its member's cycle."""
        return self.filter(outcome=MovedDeadline.Outcome.GIVEN)

    def waiting(self) -> Self:
        """What a worker has still to give."""
        return self.filter(outcome="")


class MovedDeadline(BaseModel):
    """The deadline of one certificant, before a decree and after it.

    Reason and number are the decree's, for whoever may read this row alone. It counts
    from the decree's own day (`decreed_on`), once it is given. `why` says why not.
    """

    class Outcome(models.TextChoices):
        """What became of it once a worker came to it."""

        GIVEN = "given", "Given"
        LEFT_OUT = "left_out", "Left out"

    decree = models.ForeignKey(
        Decree, models.PROTECT, related_name="lines", db_index=False
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="moved_deadlines", db_index=False
    )
    program = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON)
    decreed_on = models.DateField()
    cycle_last_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    why = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["MovedDeadline"]] = models.Manager.from_queryset(
        MovedDeadlineQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("decree", "member"), name="once_a_person_per_decree"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on"))
                & Q(until_on__gt=F("cycle_last_on")),
                name="decree_never_shortens",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", why="", done_at=None)
                | Q(outcome="given", why="", done_at__isnull=False)
                | Q(outcome="left_out", done_at__isnull=False) & ~Q(why=""),
                name="decree_line_done_whole",
            ),
        )
        indexes = (
            models.Index(fields=("member", "program"), name="deadlines_of_member"),
            models.Index(
                fields=("program",),
                condition=Q(outcome=""),
                name="decree_lines_waiting",
            ),
            # A notice asks which days there are, not whose.
            models.Index(
                fields=("program", "cycle_last_on", "until_on"),
                name="deadlines_of_body",
            ),
        )

    decree_id: UUID
    member_id: UUID

    def __str__(self) -> str:
        return f"Decree {self.number}: {self.member}"

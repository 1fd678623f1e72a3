"""What staff allow somebody beyond the rule: another try of a test, extended time."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Member
from core.models import BaseModel
from courses.models.learning import Enrolment

# As long as it may be at all; how long it is, staff decide.
MOST_PERCENT = 300


class AllowanceQuerySet(models.QuerySet["Allowance"]):
    """Which allowances somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)


class Allowance(BaseModel):
    """One more try of a course's test, or more time in every exam and test of a body.

    A try has its `enrolment`, and in `nth` which try it lets them begin. Time has its
    `percent` on top of what is set; the newest of a member counts, and 0 ends it.
    `allowed_to` is the record it was given to, also once that was merged into another.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="allowances")
    allowed_to = models.ForeignKey(Member, models.PROTECT, related_name="+")
    program = models.CharField(max_length=20)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, related_name="allowances"
    )
    nth = models.PositiveSmallIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Allowance"]] = models.Manager.from_queryset(
        AllowanceQuerySet
    )()

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "nth"), name="one_allowance_a_try"
            ),
            models.CheckConstraint(
                condition=Q(enrolment=None, nth=None, percent__isnull=False)
                | Q(enrolment__isnull=False, nth__isnull=False, percent=None),
                name="allowance_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=MOST_PERCENT),
                name="allowance_percent_bound",
            ),
        )

    member_id: UUID
    enrolment_id: UUID | None

    def __str__(self) -> str:
        return f"try {self.nth}" if self.nth else f"{self.percent} % more time"

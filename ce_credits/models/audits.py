"""Audits of what was reported: the draw, each member's case, and what it asks about."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, User
from ce_credits.models.activities import Activity
from core.models import BaseModel

LONGEST_WORDS = 1000


class AuditDraw(BaseModel):
    """A sample that was drawn, with all it was drawn from. Append-only.

    `population` is stratum → ids of what it is `of`: submissions by their kind, or
    applications by their kind and credentials. With the seed it says who was drawn,
    again and again. `instead_of` is the draw that a redraw follows, `reason` why.
    """

    class Of(models.TextChoices):
        """What is drawn."""

        SUBMISSIONS = "submissions", "Submissions"
        APPLICATIONS = "applications", "Applications"

    of = models.CharField(
        max_length=12,
        choices=Of.choices,
        default=Of.SUBMISSIONS,
        db_default=Of.SUBMISSIONS.value,
    )
    program = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField()
    states = models.JSONField()
    kinds = models.JSONField()
    number = models.PositiveIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    exclude_years = models.PositiveSmallIntegerField()
    left_out = models.PositiveIntegerField()
    seed = models.CharField(max_length=64)
    population = models.JSONField()
    population_count = models.PositiveIntegerField()
    population_sha256 = models.CharField(max_length=64)
    drawn = models.JSONField()
    instead_of = models.ForeignKey("self", models.PROTECT, null=True)
    reason = models.CharField(max_length=400, blank=True)
    policy = models.CharField(max_length=40)
    due_on = models.DateField()
    by = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(number__gte=1, percent=None)
                | models.Q(number=None, percent__gte=1, percent__lte=100),
                name="draw_has_one_size",
            ),
            models.CheckConstraint(
                condition=models.Q(instead_of=None) | ~models.Q(reason=""),
                name="redraw_says_why",
            ),
        )

    instead_of_id: UUID | None

    def __str__(self) -> str:
        return f"Draw of {self.on}"


class AuditCaseQuerySet(models.QuerySet["AuditCase"]):
    """Which cases somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)

    def open(self) -> Self:
        """What is not closed yet."""
        return self.filter(closed_at=None)


class AuditCase(BaseModel):
    """What one member is asked to prove, until when. It closes by an act of staff.

    `version` rises with each change, so that of two who act on it one is told.
    """

    program = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, related_name="audits")
    draw = models.ForeignKey(AuditDraw, models.PROTECT, null=True)
    reason = models.CharField(max_length=400, blank=True)
    opened_by = models.CharField(max_length=200)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    version = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closing = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager["AuditCase"]] = models.Manager.from_queryset(
        AuditCaseQuerySet
    )()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "member"),
                condition=models.Q(closed_at=None),
                name="one_open_audit",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_on=None, closed_by="")
                | models.Q(closed_at__isnull=False, closed_on__isnull=False)
                & ~models.Q(closed_by=""),
                name="audit_closed_by_somebody",
            ),
        )

    member_id: UUID
    draw_id: UUID | None

    def __str__(self) -> str:
        return f"Audit of {self.member}"

    @property
    def is_open(self) -> bool:
        """Whether staff have not closed it."""
        return self.closed_at is None

    def may_answer(self) -> bool:
        """Whether its member may still write the answer."""
        return self.closed_at is None and self.sent_at is None

    def is_over(self, today: date) -> bool:
        """Whether the day to answer has passed."""
        return self.due_on < today


class AuditItem(BaseModel):
    """One submission that a case asks about, its answer and what staff found."""

    class Outcome(models.TextChoices):
        """What staff found."""

        VERIFIED = "verified", "Verified"
        NOT_ACCEPTED = "not_accepted", "Not accepted"

    case = models.ForeignKey(AuditCase, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="audit_items")
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    finding = models.CharField(max_length=LONGEST_WORDS, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("case", "number")
        constraints = (
            models.UniqueConstraint(fields=("case", "activity"), name="one_audit_item"),
            models.UniqueConstraint(
                fields=("case", "number"), name="one_number_in_audit"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at=None)
                | models.Q(decided_at__isnull=False) & ~models.Q(outcome=""),
                name="audit_item_decided_whole",
            ),
        )

    case_id: UUID
    activity_id: UUID

    def __str__(self) -> str:
        return f"{self.number}: {self.activity}"

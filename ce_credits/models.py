"""Learning that counts: what was done, and the credit it was given."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice
from core.models import BaseModel


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Which activities somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff decide on."""
        return self.filter(program=program)


class Activity(BaseModel):
    """A CE activity a member did. Its credit lies in awards, never here."""

    class State(models.TextChoices):
        """Where the activity stands with the body."""

        SUBMITTED = "submitted"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        RETURNED = "returned"

    member = models.ForeignKey(Member, models.PROTECT, related_name="activities")
    program = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    on = models.DateField()
    minutes = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    reported_by = models.CharField(max_length=200)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    proof = models.CharField(max_length=400)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Activity"]] = models.Manager.from_queryset(
        ActivityQuerySet
    )()

    class Meta:
        ordering = ("-on", "-created_at")
        indexes = (
            models.Index(fields=("member", "program", "on"), name="ce_of_member"),
        )

    member_id: UUID

    def __str__(self) -> str:
        return self.title


class CreditAward(BaseModel):
    """The credit an activity was given, with its reason. Append-only.

    A decision never rewrites an award: a later row takes its place from the day it
    counts, with no credit where the credit was taken away.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="awards")
    sequence = models.PositiveSmallIntegerField()
    credits = models.DecimalField(max_digits=6, decimal_places=2)
    unit = models.CharField(max_length=40)
    index_number = models.CharField(max_length=40, blank=True)
    approved = models.BooleanField(null=True)
    rule = models.CharField(max_length=10)
    policy = models.CharField(max_length=40)
    explanation = models.CharField(max_length=600)
    reasons = models.JSONField()
    counts_from = models.DateField()
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("activity", "-sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "sequence"), name="one_award_a_turn"
            ),
            models.CheckConstraint(
                condition=models.Q(credits__gte=0), name="credit_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.credits} {self.unit}"

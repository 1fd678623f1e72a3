"""Seats: an append-only ledger, its counter, and what was assigned out of it."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice, Sponsorship
from core.models import BaseModel
from credentials.models.products import Product


class SeatPoolQuerySet(models.QuerySet["SeatPool"]):
    """Which pools somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's pools."""
        return self.filter(practice=practice)


class SeatPool(BaseModel):
    """How many of a product a practice has, and has used.

    A cached counter beside the ledger: it is changed by one conditional UPDATE in the
    ledger entry's transaction, and the check below holds whatever the code does.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="seat_pools")
    product = models.ForeignKey(Product, models.PROTECT, related_name="seat_pools")
    product_id: UUID
    granted = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["SeatPool"]] = models.Manager.from_queryset(
        SeatPoolQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("practice", "product"), name="one_pool"),
            models.CheckConstraint(
                condition=models.Q(used__gte=0, used__lte=models.F("granted")),
                name="seats_used_within_granted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice}: {self.available} of {self.product}"

    @property
    def available(self) -> int:
        """Seats that can still be assigned."""
        return self.granted - self.used


class AssignmentBatch(BaseModel):
    """One press of Assign: one product for one or many people, all or nothing."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="batches")
    product = models.ForeignKey(Product, models.PROTECT)
    form_key = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "form_key"), name="assigned_once_a_form"
            ),
        )

    def __str__(self) -> str:
        return f"{self.product} by {self.by}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Which assignments somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What the practice assigned."""
        return self.filter(practice=practice)

    def visible_to(self, member: Member) -> Self:
        """What the member was given, whoever assigned it."""
        return self.filter(member=member)


class Assignment(BaseModel):
    """A product given to a member by the practice that sponsors them.

    `choice` is the code of the specialty or course where the product asks for one,
    `choice_title` its words on that day; `label` is what came of it ("passed 92%").
    """

    class State(models.TextChoices):
        """Where it stands; courses report progress into it."""

        ASSIGNED = "assigned"
        ACTIVE = "active"
        STARTED = "started"
        COMPLETE = "complete"
        FAILED = "failed"
        EXPIRED = "expired"
        UNDONE = "undone"

    batch = models.ForeignKey(
        AssignmentBatch, models.PROTECT, related_name="assignments"
    )
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="assignments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="assignments")
    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT)
    product = models.ForeignKey(Product, models.PROTECT)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.ASSIGNED
    )
    choice = models.CharField(max_length=60, blank=True)
    choice_title = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Assignment"]] = models.Manager.from_queryset(
        AssignmentQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "member"), name="assigned_once_a_batch"
            ),
            models.UniqueConstraint(
                fields=("practice", "member", "product", "choice"),
                condition=models.Q(state__in=("assigned", "started")),
                name="assigned_once_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=("practice", "-at"), name="assigned_by_practice"),
        )

    batch_id: UUID
    practice_id: UUID
    member_id: UUID
    sponsorship_id: UUID
    product_id: UUID

    def __str__(self) -> str:
        return f"{self.title} to {self.member}"

    @property
    def title(self) -> str:
        """What was given: the product, and which where it asked."""
        label = self.product.label
        return f"{label}: {self.choice_title}" if self.choice_title else label


class SeatEntry(models.Model):
    """One line of the ledger; never changed, never removed.

    The sum of `delta` over a pool is what is available; a correction is a new line. Its
    id counts up, so lines of one instant keep their order; it is never shown.
    """

    id = models.BigAutoField(primary_key=True)

    pool = models.ForeignKey(SeatPool, models.PROTECT, related_name="entries")
    delta = models.IntegerField()
    reason = models.CharField(max_length=400)
    key = models.CharField(max_length=80, unique=True)
    batch = models.ForeignKey(AssignmentBatch, models.PROTECT, null=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(delta=0), name="seat_entry_moves_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.delta:+d} {self.reason}"

"""Who is a member of the society that a body's fees ask about (N6)."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member
from core.models import BaseModel


class SocietyMembershipQuerySet(models.QuerySet["SocietyMembership"]):
    """Which memberships are meant."""

    def active(self, on: date) -> Self:
        """Those that are active on a day; both their days are included."""
        open_ = models.Q(until_on=None) | models.Q(until_on__gte=on)
        return self.filter(open_, from_on__lte=on)


class SocietyMembership(BaseModel):
    """A membership of the society, as staff recorded it; its end is written once.

    `until_on` is its last day, None while it runs.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="society_memberships", db_index=False
    )
    program = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SocietyMembership"]] = (
        models.Manager.from_queryset(SocietyMembershipQuerySet)()
    )

    class Meta:
        ordering = ("-from_on", "-recorded_at")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program"),
                condition=models.Q(until_on=None),
                name="one_open_society_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("from_on")),
                name="society_membership_ends_after_start",
            ),
        )
        indexes = (
            models.Index(fields=("member", "program"), name="society_of_member"),
        )

    member_id: UUID

    def counts(self, on: date) -> bool:
        """Say whether it is active on a day; both its days are included."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)

    def __str__(self) -> str:
        return f"{self.member} from {self.from_on}"

"""The licences that somebody holds, and for which period each is registered (M13)."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from core.models import BaseModel

LONGEST_NUMBER = 40


class LicenceQuerySet(models.QuerySet["Licence"]):
    """Which licences somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own, but for what they took away."""
        return self.of(member).standing()

    def of(self, member: Member) -> Self:
        """All that a member ever entered."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """What its holder did not take away."""
        return self.filter(removed_at=None)


class Licence(BaseModel):
    """A licence as its holder enters it: number, registration period, retirement.

    From `retired_on` on its holder owes no CE and may not practise (M11). `version`
    counts its changes: whoever changes it says which one they saw. One that was entered
    by mistake is taken away by its holder: nobody is shown it from `removed_at` on.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="licences")
    program = models.CharField(max_length=20)
    number = models.CharField(max_length=LONGEST_NUMBER)
    first_on = models.DateField()
    last_on = models.DateField()
    retired_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Licence"]] = models.Manager.from_queryset(
        LicenceQuerySet
    )()

    class Meta:
        ordering = ("program", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program", "number"),
                condition=Q(removed_at=None),
                name="one_licence_of_a_number",
            ),
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")),
                name="registration_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="licence_has_number"),
        )

    member_id: UUID

    def __str__(self) -> str:
        return self.number

    @property
    def period(self) -> tuple[date, date]:
        """The registration period, both days in it."""
        return self.first_on, self.last_on

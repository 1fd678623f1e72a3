"""What a member's cycle has come to, worked out whenever a fact changes."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Member
from core.models import BaseModel


class TallyQuerySet(models.QuerySet["Tally"]):
    """Which tallies somebody may see, and those of a day."""

    def of_program(self, program: str) -> Self:
        """A body's, of people who go by their own record."""
        return self.filter(program=program, member__joined_to=None)

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def on(self, day: date) -> Self:
        """Those of a day: one for each member, from the day of the last change on."""
        lasts = Q(until_on=None) | Q(until_on__gt=day)
        return self.filter(lasts, from_on__lte=day)


class Tally(BaseModel):
    """How a member stands in a cycle and what CE counts in it, from a day on.

    Written by renewals alone, from the rules: the rows of a member are all made anew
    when a fact of theirs changes, each day that will change something has its own, so a
    day passing needs no job. They begin with the day of that change; what was so before
    is asked of the facts. Nothing is decided by them: reports over a whole body read
    them.

    `until_on` is the day from which the next row holds. `counts_until` is the last day
    whose CE counts (N2, N16). `book` is the newest version of the body's policy then.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="tallies", db_index=False
    )
    program = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    standing = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()
    counts_until = models.DateField()
    credits = models.DecimalField(max_digits=8, decimal_places=2)
    approved = models.DecimalField(max_digits=8, decimal_places=2)
    credits_asked = models.DecimalField(max_digits=6, decimal_places=2)
    approved_asked = models.DecimalField(max_digits=6, decimal_places=2)
    book = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Tally"]] = models.Manager.from_queryset(
        TallyQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program", "from_on"), name="one_tally_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=models.F("from_on")),
                name="tally_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(approved__gte=0, approved__lte=models.F("credits")),
                name="approved_share_of_tally",
            ),
        )
        indexes = (
            models.Index(fields=("program", "standing"), name="tallies_of_body"),
        )

    member_id: UUID

    def __str__(self) -> str:
        return f"{self.credits} from {self.from_on}"

"""Practices (the tenants), who runs them, and whom they sponsor."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Lower

from accounts.models.people import Member, User
from core.models import BaseModel


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Which practices somebody may see."""

    def visible_to(self, user: User) -> Self:
        """Practices the person administers."""
        return self.filter(
            administrations__user=user, administrations__until_at=None
        ).distinct()


class Practice(BaseModel):
    """A tenant. Its slug names it in every address and never changes."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Practice"]] = models.Manager.from_queryset(
        PracticeQuerySet
    )()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Administration(BaseModel):
    """A person administers a practice; exactly one is its Practice Administrator.

    At most one by the database, at least one by the services (A13).
    """

    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="administrations"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="administrations")
    named = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "user"),
                condition=models.Q(until_at=None),
                name="administers_once",
            ),
            models.UniqueConstraint(
                fields=("practice",),
                condition=models.Q(until_at=None, named=True),
                name="one_practice_administrator",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} administers {self.practice}"


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    """Which sponsorships somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's sponsorships, ended ones included."""
        return self.filter(practice=practice)

    def open(self) -> Self:
        """Sponsorships that have not ended."""
        return self.filter(until_on=None)


class Sponsorship(BaseModel):
    """A practice stands for a member in one body's program, from a day until a day."""

    class Mode(models.TextChoices):
        """How the next renewal comes about (A11)."""

        AUTO = "auto", "Auto-renewal"
        MANUAL = "manual", "Manual renewal"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="sponsorships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="sponsorships")
    program = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    renewal_mode = models.CharField(
        max_length=6, choices=Mode.choices, default=Mode.MANUAL
    )
    job_role = models.CharField(max_length=60, blank=True)
    # What the practice's own program calls them by.
    external_id = models.CharField(max_length=60, blank=True)

    objects: ClassVar[models.Manager["Sponsorship"]] = models.Manager.from_queryset(
        SponsorshipQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program"),
                condition=models.Q(until_on=None),
                name="one_open_sponsorship",
            ),
            models.UniqueConstraint(
                "practice",
                "program",
                Lower("external_id"),
                condition=models.Q(until_on=None) & ~models.Q(external_id=""),
                name="one_external_id",
            ),
            # What composite foreign keys of practice-owned rows point at.
            models.UniqueConstraint(
                fields=("id", "practice", "member"), name="sponsorship_identity"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("from_on")),
                name="sponsorship_ends_after_start",
            ),
        )
        indexes = (
            models.Index(fields=("practice", "program"), name="sponsored_by_practice"),
            # A page counts all of a practice's people: from the index alone.
            models.Index(
                fields=("practice", "program", "member"),
                condition=models.Q(until_on=None),
                name="sponsored_now",
            ),
        )

    practice_id: UUID
    member_id: UUID

    def __str__(self) -> str:
        return f"{self.practice} sponsors {self.member} ({self.program})"

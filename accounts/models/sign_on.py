"""Signing in through a practice's own provider (OpenID Connect)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models.people import User
from accounts.models.practices import Practice
from core.models import BaseModel


class SingleSignOnQuerySet(models.QuerySet["SingleSignOn"]):
    """Whose settings somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's settings."""
        return self.filter(practice=practice)


class SingleSignOn(BaseModel):
    """A practice's provider, and whether its people may sign in through it.

    `issuer` is the provider's name for itself, an address. The client's secret lies
    sealed. `domains` are the ends of the addresses the practice's people may have.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="sign_ons")
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=255)
    sealed_secret = models.TextField()
    domains = models.JSONField()
    is_on = models.BooleanField()

    objects: ClassVar[models.Manager["SingleSignOn"]] = models.Manager.from_queryset(
        SingleSignOnQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice",), name="one_sign_on_a_practice"
            ),
        )

    practice_id: UUID

    def __str__(self) -> str:
        return f"{self.practice} signs in by {self.issuer}"


class SignOnLinkQuerySet(models.QuerySet["SignOnLink"]):
    """Whose links somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's links that hold."""
        return self.filter(practice=practice, until_at=None)


class SignOnLink(BaseModel):
    """Which of the provider's people somebody is, from their first sign-in on.

    `subject` is the provider's own name for them, which it gives to nobody else later.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="sign_on_links")
    user = models.ForeignKey(User, models.PROTECT, related_name="sign_on_links")
    subject = models.CharField(max_length=255)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["SignOnLink"]] = models.Manager.from_queryset(
        SignOnLinkQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "subject"),
                condition=models.Q(until_at=None),
                name="one_person_a_subject",
            ),
            models.UniqueConstraint(
                fields=("practice", "user"),
                condition=models.Q(until_at=None),
                name="one_subject_a_person",
            ),
        )

    practice_id: UUID
    user_id: UUID

    def __str__(self) -> str:
        return f"{self.user} of {self.practice}"

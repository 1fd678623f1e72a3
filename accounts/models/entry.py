"""Ways in that are not a password: an invitation's link, a REST client's token."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from accounts.models.people import Member, User
from accounts.models.practices import Practice
from core.models import BaseModel


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's invitations."""
        return self.filter(practice=practice)

    def visible_to(self, user: User) -> Self:
        """What asks the person who signs in with the address it went to."""
        return self.filter(email__iexact=user.email)

    def open(self, now: datetime) -> Self:
        """What can be answered still."""
        return self.filter(accepted_at=None, replaced_at=None, expires_at__gt=now)


class Invitation(BaseModel):
    """A one-use link by mail. Sending again makes a new one and ends the old.

    It is open until it is accepted or `replaced_at` ends it; `declined_at` says that it
    ended because the person said no. `member` is set when the person already stands on
    the practice's list; otherwise they join it when they accept. The link's secret is
    kept as its SHA-256 alone.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="invitations")
    program = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, null=True)
    email = models.EmailField()
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager.from_queryset(
        InvitationQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "program", "email"),
                condition=models.Q(accepted_at=None, replaced_at=None),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None)
                | models.Q(accepted_at=None, replaced_at__isnull=False),
                name="declined_is_over",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} invited by {self.practice}"


class Token(BaseModel):
    """A REST client's key, shown once, kept as its SHA-256 alone."""

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Which tokens somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's tokens."""
        return self.filter(practice=practice)


class ApiToken(Token):
    """A key to one practice, within its scopes."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="tokens")
    scopes = models.JSONField()

    objects: ClassVar[models.Manager["ApiToken"]] = models.Manager.from_queryset(
        ApiTokenQuerySet
    )()

    class Meta(Token.Meta):
        pass


class BodyTokenQuerySet(models.QuerySet["BodyToken"]):
    """Which tokens of bodies somebody may see."""

    def of_program(self, program: str) -> Self:
        """The body's tokens."""
        return self.filter(program=program)


class BodyToken(Token):
    """A key to one body's feed of completions, and to nothing else of it."""

    program = models.CharField(max_length=20)

    objects: ClassVar[models.Manager["BodyToken"]] = models.Manager.from_queryset(
        BodyTokenQuerySet
    )()

    class Meta(Token.Meta):
        pass

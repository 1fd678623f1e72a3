"""A person who signs in, and a person on the registry. One may be both."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from accounts.rules import whole_name
from core.models import BaseModel


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in."""

    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        """Make a person; without a password they must set one by a mailed link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(BaseModel, AbstractBaseUser):
    """Somebody who signs in by e-mail. What they may do lies in their roles."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="one_user_an_address"),
        )

    def __str__(self) -> str:
        return self.name or self.email


# What makes somebody one of a body's people: a row of theirs that names the body, by
# the name of its way back to them. Applications that come later add such rows. What
# most of a body's people have stands first; nothing else is looked at for those.
KNOWN_BY: Mapping[str, Mapping[str, object]] = {
    "sponsorships": {},
    "certifications": {},
    "windows": {},
    # A physician's body may know no more of them than the licence they entered.
    "licences": {"removed_at": None},
    "live_registrations": {"place__isnull": False},
    # Who learns alone holds nothing until they claim its credit.
    "enrolments": {},
    # What was sent in, never a mere draft.
    "activities": {"submitted_at__isnull": False},
}


class MemberQuerySet(models.QuerySet["Member"]):
    """Which people somebody may see."""

    def of(self, practice: models.Model) -> Self:
        """People the practice sponsors today, in any program."""
        return self.filter(
            sponsorships__practice=practice, sponsorships__until_on=None
        ).distinct()

    def visible_to(self, user: "User") -> Self:
        """The person themselves."""
        return self.filter(user=user)

    def of_program(self, program: str) -> Self:
        """Everybody a body's staff work with: whoever has something of the body.

        A practice stands for them in it, or they hold its credential or term, or a
        licence it registers, come to something live, learn a course of its, or sent an
        activity in.
        """
        known = reduce(or_, (self._has(way, program) for way in KNOWN_BY))
        return self.filter(known, joined_to=None)

    def _has(self, way: str, program: str) -> models.Q:
        """Ask each person alone: rows that were joined would multiply one another."""
        model: Any = self.model._meta.get_field(way).related_model
        # Past the managers: somebody stays the body's whose only term was undone.
        every: models.QuerySet[Any] = models.QuerySet(model)
        rows = every.filter(member=models.OuterRef("pk"), program=program)
        return models.Q(models.Exists(rows.filter(**KNOWN_BY[way])))


class Member(BaseModel):
    """A person on the registry, for life. Practices sponsor; they never own."""

    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="member")
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    profession = models.CharField(max_length=60, blank=True)
    # A practice's own record of somebody who had one: set aside when they agreed.
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, editable=False)

    objects: ClassVar[models.Manager["Member"]] = models.Manager.from_queryset(
        MemberQuerySet
    )()

    class Meta:
        ordering = ("last_name", "first_name", "id")
        indexes = (models.Index(Lower("email"), name="member_by_email"),)
        constraints = (
            # What is set aside is nobody's account.
            models.CheckConstraint(
                condition=models.Q(joined_to=None) | models.Q(user=None),
                name="set_aside_without_account",
            ),
        )

    id: UUID
    user_id: UUID | None
    joined_to_id: UUID | None

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as it stands on certificates."""
        return whole_name(self.first_name, self.last_name)

    @property
    def written_to(self) -> str:
        """Where they are written to: their own address, else their account's."""
        return self.email or (self.user.email if self.user else "")

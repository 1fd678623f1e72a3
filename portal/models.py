"""What people ask the help system's staff, and how staff look at their lists."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import BaseModel


class HelpQuestionQuerySet(models.QuerySet["HelpQuestion"]):
    """Which questions somebody may see."""

    def of_body(self, program: str) -> Self:
        """What a body was asked."""
        return self.filter(program=program)


class HelpQuestion(BaseModel):
    """A question to a body's staff, and their answer.

    Its id is the key of the form it came by, so a form sent twice asks once. `page` and
    `request` are what it is about, as the browser told: words, no promise.
    """

    program = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    page = models.CharField(max_length=300, blank=True)
    request = models.CharField(max_length=64, blank=True)
    text = models.TextField(max_length=4000)
    told_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["HelpQuestion"]] = models.Manager.from_queryset(
        HelpQuestionQuerySet
    )()

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="", answered_by="")
                | (
                    models.Q(answered_at__isnull=False)
                    & ~models.Q(answer="")
                    & ~models.Q(answered_by="")
                ),
                name="an_answer_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=("program", "-asked_at"), name="questions_of_body"),
        )

    id: UUID

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What both sides call it by."""
        return f"Q-{self.pk.hex[:8].upper()}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Which views somebody may see."""

    def of_body(self, program: str) -> Self:
        """What a body's staff saved, for all of them."""
        return self.filter(program=program)

    def of_list(self, program: str, place: str) -> Self:
        """What they saved of one list."""
        return self.of_body(program).filter(place=place)


class SavedView(BaseModel):
    """Filters of a list of staff's under a name, for everybody who works on it.

    `query` is the end of the list's address, spelled as the list itself spells it.
    """

    class Place(models.TextChoices):
        """The list it is a view of."""

        QUEUE = "queue"
        APPLICATIONS = "applications"

    program = models.CharField(max_length=20)
    place = models.CharField(max_length=12, choices=Place.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SavedView"]] = models.Manager.from_queryset(
        SavedViewQuerySet
    )()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "place", "name"), name="one_view_a_name"
            ),
            models.UniqueConstraint(
                fields=("program", "place", "query"), name="one_name_a_view"
            ),
        )

    def __str__(self) -> str:
        return self.name


class TranscriptLinkQuerySet(models.QuerySet["TranscriptLink"]):
    """Which links somebody may see."""

    def visible_to(self, user: User) -> Self:
        """A person's own."""
        return self.filter(user=user)

    def standing(self) -> Self:
        """Those that nobody ended; their last day may have passed."""
        return self.filter(ended_at=None)


class TranscriptLink(BaseModel):
    """The secret address of a person's transcript, kept as its SHA-256 alone.

    `until_on` is the last day it works, in its body's zone; `name` what its holder
    calls it, for themselves. `opened_at` is the last reading, to the hour.
    """

    class Ending(models.TextChoices):
        """Why it works no more, before its last day."""

        REVOKED = "revoked", "Revoked"
        MERGED = "merged", "Accounts merged"

    user = models.ForeignKey(User, models.PROTECT, related_name="transcript_links")
    program = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)

    objects: ClassVar[models.Manager["TranscriptLink"]] = models.Manager.from_queryset(
        TranscriptLinkQuerySet
    )()

    class Meta:
        ordering = ("-made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="a_link_s_end_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=("user", "program"), name="transcript_links_of_user"),
        )

    user_id: UUID

    def __str__(self) -> str:
        return f"Transcript link of {self.user}"

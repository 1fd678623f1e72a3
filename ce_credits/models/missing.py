"""Credit that its holder misses: what they say, and what came of it (N12)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member
from ce_credits.models.catalogue import CatalogueItem
from ce_credits.models.feed import FeedRow
from core.models import BaseModel
from core.words import day_words


class MissingCreditQuerySet(models.QuerySet["MissingCredit"]):
    """Which of them somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)

    def unanswered(self) -> Self:
        """What nothing came of yet."""
        return self.filter(answered_at=None)


class MissingCredit(BaseModel):
    """A holder says that an activity of the catalogue gave them no credit.

    Until `due_on` it is only expected; after that it is staff's to look for. `row` is
    what a feed sent that may be it, for staff alone. One stands for each activity and
    day of a member, however often it is said; it is answered once.
    """

    class State(models.TextChoices):
        """What came of it."""

        EXPECTED = "expected", "Not due yet"
        OPEN = "open", "With staff"
        FOUND = "found", "The credit is there"
        NOT_REPORTED = "not_reported", "Not reported by the sponsor"

    program = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, related_name="missing_credits")
    item = models.ForeignKey(CatalogueItem, models.PROTECT)
    on = models.DateField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices)
    row = models.ForeignKey(FeedRow, models.PROTECT, null=True)
    looked_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=400, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["MissingCredit"]] = models.Manager.from_queryset(
        MissingCreditQuerySet
    )()

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "member", "item", "on"), name="missed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("expected", "open"), answered_at=None, words=""
                )
                | models.Q(
                    state__in=("found", "not_reported"), answered_at__isnull=False
                )
                & ~models.Q(words=""),
                name="missed_answered_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on",),
                name="missed_unanswered",
                condition=models.Q(answered_at=None),
            ),
        )

    member_id: UUID
    item_id: UUID
    row_id: UUID | None

    def __str__(self) -> str:
        return f"{self.item} of {day_words(self.on)}"

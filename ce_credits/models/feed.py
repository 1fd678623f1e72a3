"""What learning systems and sponsors say people completed, row by row (N12)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member
from ce_credits.models.activities import Activity
from ce_credits.models.catalogue import CatalogueItem
from core.models import BaseModel


class OfBody(models.QuerySet["FeedDelivery"]):
    """Which deliveries somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body was sent."""
        return self.filter(program=program)


class FeedDelivery(BaseModel):
    """A request or file with rows of a feed, as it was checked and then received.

    `rows` are those of a checked file that nobody received yet; `problems` say which of
    them staff will have to look at, with row, column and reason. Both go once they are
    received: the rows stand for themselves then. `maker_id` is who made the token that
    it came by: none of its rows gives them credit.
    """

    program = models.CharField(max_length=20)
    source = models.CharField(max_length=100)
    name = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=200)
    user_id = models.UUIDField(null=True)
    maker_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["FeedDelivery"]] = models.Manager.from_queryset(
        OfBody
    )()

    class Meta:
        ordering = ("-at", "id")

    def __str__(self) -> str:
        return self.name or self.source


class FeedRowQuerySet(models.QuerySet["FeedRow"]):
    """Which rows somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body was sent."""
        return self.filter(program=program)

    def waiting(self) -> Self:
        """What no worker has looked at yet."""
        return self.filter(state=FeedRow.State.WAITING)


class FeedRow(BaseModel):
    """One completion as it was sent, and what became of it.

    The key makes it unique whoever sends it again; the second constraint does where one
    person is named in two ways. `reason` and `words` say why it isn't taken, or how it
    was settled. `member` is whoever was found, also where the row can't be taken.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Arriving"
        TAKEN = "taken", "Taken"
        UNMATCHED = "unmatched", "For staff"
        SETTLED = "settled", "Settled by staff"
        SET_ASIDE = "set_aside", "Set aside"

    delivery = models.ForeignKey(FeedDelivery, models.PROTECT, related_name="received")
    program = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    number = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=40, blank=True)
    completed_on = models.CharField(max_length=40, blank=True)
    minutes = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=400, blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="feed_rows"
    )
    item = models.ForeignKey(CatalogueItem, models.PROTECT, null=True)
    on = models.DateField(null=True)
    activity = models.OneToOneField(
        Activity, models.PROTECT, null=True, related_name="feed_row"
    )
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["FeedRow"]] = models.Manager.from_queryset(
        FeedRowQuerySet
    )()

    class Meta:
        ordering = ("-received_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("program", "key"), name="fed_once"),
            models.UniqueConstraint(
                fields=("program", "member", "item", "on"),
                condition=models.Q(activity__isnull=False),
                name="fed_once_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("taken", "settled"),
                    activity__isnull=False,
                    member__isnull=False,
                    item__isnull=False,
                    on__isnull=False,
                )
                | models.Q(
                    state__in=("waiting", "unmatched", "set_aside"),
                    activity__isnull=True,
                ),
                name="fed_with_its_activity",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "taken", "settled"))
                | ~models.Q(words=""),
                name="fed_says_why_not",
            ),
        )
        indexes = (
            models.Index(
                fields=("received_at", "id"),
                name="fed_to_take",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=("program", "state", "-received_at"), name="fed_of_body"
            ),
        )

    member_id: UUID | None
    activity_id: UUID | None
    item_id: UUID | None

    def __str__(self) -> str:
        return f"{self.code} of {self.named}"

    @property
    def named(self) -> str:
        """Whom the row names, as it was sent."""
        name = f"{self.first_name} {self.last_name}".strip()
        return self.number or name or self.email or "nobody"

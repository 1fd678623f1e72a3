"""Pages at the card provider that people were sent to, and what it told us."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from billing.models.orders import Order
from core.models import BaseModel
from core.words import money_words


class CardSessionQuerySet(models.QuerySet["CardSession"]):
    """Which pages are meant."""


class CardSession(BaseModel):
    """A page at the provider on which the rest of an order is paid by card.

    The row is made first, then the provider is asked for the page with the row's key;
    whatever happens in between, the same key asks for the same page. `session_id` and
    `url` are empty until it answered.
    """

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", "Open"
        PAID = "paid", "Paid"
        EXPIRED = "expired", "Expired"
        FAILED = "failed", "Failed"

    order = models.ForeignKey(Order, models.PROTECT, related_name="card_sessions")
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    key = models.CharField(max_length=120, unique=True)
    session_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001
    url = models.CharField(max_length=2000, blank=True)
    by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CardSession"]] = models.Manager.from_queryset(
        CardSessionQuerySet
    )()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("order",),
                condition=models.Q(state="open"),
                name="one_open_page_an_order",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="card_page_above_zero"
            ),
        )
        indexes = (models.Index(fields=("state", "created_at"), name="card_pages"),)

    order_id: UUID

    def __str__(self) -> str:
        return f"{money_words(self.amount, self.currency)} by card"


class ProviderEvent(BaseModel):
    """What the provider told us, once each; the worker applies it.

    `facts` hold what decides something: ids, amount, state. Nothing of a card, nobody's
    name. `program` and `order` are filled in when it is known whom it is about.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waiting"
        APPLIED = "applied", "Applied"
        IGNORED = "ignored", "Ignored"
        REFUSED = "refused", "Refused"

    event_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=100)
    facts = models.JSONField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=400, blank=True)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, related_name="provider_events"
    )
    program = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(fields=("state", "due_at"), name="provider_events_due"),
        )

    order_id: UUID | None

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"

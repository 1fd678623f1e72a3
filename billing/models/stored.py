"""Cards that practices store for auto-renewal, and what is charged to them."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Practice, User
from billing.models.orders import Order
from core.models import BaseModel
from core.words import money_words


class StoredCardQuerySet(models.QuerySet["StoredCard"]):
    """Which cards are meant."""

    def of(self, practice: Practice) -> Self:
        """The practice's cards, removed ones included."""
        return self.filter(practice=practice)

    def active(self) -> Self:
        """Those that may be charged."""
        return self.filter(state=StoredCard.State.ACTIVE)


class StoredCard(BaseModel):
    """A practice's card at the provider: known by the provider's ids, never its number.

    The row is made as its page at the provider is asked for, with the words that were
    agreed to; the rest is filled in when the provider says that it is stored. A card
    that was removed waits until it is detached at the provider, too.
    """

    class State(models.TextChoices):
        """How far it is."""

        SETTING_UP = "setting_up", "Being set up"
        ACTIVE = "active", "Stored"
        REMOVED = "removed", "Removed"
        ENDED = "ended", "Never stored"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="stored_cards")
    state = models.CharField(max_length=10, choices=State.choices)
    key = models.CharField(max_length=120, unique=True)
    consent = models.CharField(max_length=600)
    by = models.CharField(max_length=200)
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    consented_at = models.DateTimeField()
    page_ends_at = models.DateTimeField()
    session_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001
    url = models.CharField(max_length=2000, blank=True)
    customer_id = models.CharField(max_length=255, blank=True)
    method_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001
    brand = models.CharField(max_length=40, blank=True)
    last_four = models.CharField(max_length=4, blank=True)
    expires_month = models.PositiveSmallIntegerField(null=True)
    expires_year = models.PositiveSmallIntegerField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=200, blank=True)
    # When the provider is asked next: how far its page is, or to detach the card.
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["StoredCard"]] = models.Manager.from_queryset(
        StoredCardQuerySet
    )()

    class Meta:
        ordering = ("consented_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("practice",),
                condition=models.Q(state="active"),
                name="one_stored_card_a_practice",
            ),
            models.UniqueConstraint(
                fields=("practice",),
                condition=models.Q(state="setting_up"),
                name="one_card_being_set_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active")
                | (
                    models.Q(
                        method_id__isnull=False,
                        expires_month__range=(1, 12),
                        expires_year__isnull=False,
                    )
                    & ~models.Q(customer_id="")
                ),
                name="stored_card_is_known",
            ),
        )
        indexes = (models.Index(fields=("due_at",), name="stored_cards_due"),)

    practice_id: UUID
    by_user_id: UUID | None

    def __str__(self) -> str:
        return f"{self.brand} ending {self.last_four}"


class CardCharge(BaseModel):
    """The rest of an order, asked of a stored card while nobody is there.

    `turn` counts the tries from 0; a withdrawn one was never made and counts as none.
    The row comes first, its `key` makes the provider do once what is asked twice, and
    `intent_id` is the provider's name of the payment. While it is open, `due_at` says
    when the provider is asked next. `card_text` is the card as people know it.
    """

    class State(models.TextChoices):
        """What is known of it. UNKNOWN: it was asked for, and no answer came."""

        ASKED = "asked", "Asked for"
        UNKNOWN = "unknown", "Not known yet"
        SUCCEEDED = "succeeded", "Paid"
        FAILED = "failed", "Not paid"
        WITHDRAWN = "withdrawn", "Not made"

    OPEN = (State.ASKED, State.UNKNOWN)

    order = models.ForeignKey(Order, models.PROTECT, related_name="charges")
    card = models.ForeignKey(StoredCard, models.PROTECT, related_name="charges")
    card_text = models.CharField(max_length=60)
    turn = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    key = models.CharField(max_length=120, unique=True)
    intent_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001
    code = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    due_on = models.DateField()
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("order", "turn"),
                condition=~models.Q(state="withdrawn"),
                name="one_charge_a_turn",
            ),
            models.UniqueConstraint(
                fields=("order",),
                condition=models.Q(state__in=("asked", "unknown")),
                name="one_open_charge_an_order",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="charge_above_zero"
            ),
        )
        indexes = (models.Index(fields=("state", "due_at"), name="charges_due"),)

    order_id: UUID
    card_id: UUID

    def __str__(self) -> str:
        return f"{money_words(self.amount, self.currency)} of {self.card_text}"

"""Payments as they were made, and what was given back of them."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Practice, User
from billing.models.orders import Order, OrderLine
from core.models import BaseModel
from core.words import money_words


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Which payments somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What was paid for the practice's orders."""
        return self.filter(order__practice=practice)


class Payment(BaseModel):
    """Money for an order, or the payer's credit used for it.

    `counts_on` is the day it counts: a cheque's own date, else the day it came in (N5).
    `over` is what was more than the rest and is kept as the payer's credit. One that
    waits for a second person has settled nothing yet.
    """

    class Method(models.TextChoices):
        """How it was paid."""

        CARD = "card", "Card"
        CHEQUE = "cheque", "Cheque"
        PHONE = "phone", "Phone"
        TRANSFER = "transfer", "Transfer"
        CREDIT = "credit", "Credit"

    class State(models.TextChoices):
        """Whether it counts."""

        TO_CONFIRM = "to_confirm", "Waits for a second person"
        SETTLED = "settled", "Settled"
        REFUSED = "refused", "Refused"

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    method = models.CharField(max_length=10, choices=Method.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    over = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    counts_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=120, unique=True)
    by = models.CharField(max_length=200)
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Payment"]] = models.Manager.from_queryset(
        PaymentQuerySet
    )()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    amount__gt=0, over__gte=0, over__lte=models.F("amount")
                ),
                name="payment_above_zero",
            ),
        )

    order_id: UUID
    by_user_id: UUID | None

    def __str__(self) -> str:
        method = self.get_method_display().lower()
        return f"{money_words(self.amount, self.currency)} by {method}"


class Refund(BaseModel):
    """Money given back for an order, or kept as the payer's credit.

    Asked for and taken off what was bought in one transaction; money by card goes out
    after it, and the row says how far that is: `payment` is the one whose card gets it,
    `due_at` when the provider is asked next. One that failed may be sent `resent` times
    more, or by somebody: `sent_by` says how, `reference` by which cheque or transfer.
    """

    class State(models.TextChoices):
        """Whether the money has left."""

        ASKED = "asked", "On its way"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    method = models.CharField(max_length=10, choices=Payment.Method.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=400)
    reference = models.CharField(max_length=80, blank=True)
    error = models.CharField(max_length=400, blank=True)
    key = models.CharField(max_length=120, unique=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, related_name="refunds"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    resent = models.PositiveSmallIntegerField(default=0)
    sent_by = models.CharField(
        max_length=10, choices=Payment.Method.choices, blank=True
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="refund_above_zero"
            ),
        )

    order_id: UUID
    payment_id: UUID | None

    def __str__(self) -> str:
        return f"{money_words(self.amount, self.currency)} back"


class RefundLine(BaseModel):
    """How many of a line were taken back; never changed, never removed."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="refund_lines")
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("refund", "line"), name="refund_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, amount__gte=0),
                name="refund_line_not_empty",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} back"

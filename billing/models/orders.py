"""Orders with frozen lines, their steps, and invoices without a gap."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice
from core.models import BaseModel


class OrderQuerySet(models.QuerySet["Order"]):
    """Which orders somebody may see."""

    def of(self, practice: Practice) -> Self:
        """The practice's orders."""
        return self.filter(practice=practice)

    def visible_to(self, member: Member) -> Self:
        """What a member ordered for themselves."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """A body's orders."""
        return self.filter(program=program)

    def overdue(self, today: date) -> Self:
        """Orders that await payment after the day they were due."""
        return self.filter(state=Order.State.AWAITING, due_on__lt=today)


class Order(BaseModel):
    """What a practice or a member bought of a body, at the prices of its day.

    `settled` is what was paid of the total, `refunded` what was given back of that;
    both only ever grow, within the checks below. `paid_on` is the last of the days its
    payments count, once it is whole (N5).
    """

    class State(models.TextChoices):
        """Where it stands."""

        AWAITING = "awaiting", "Awaiting payment"
        PAID = "paid", "Paid"
        FULFILLED = "fulfilled", "Fulfilled"
        PARTLY_REFUNDED = "partly_refunded", "Partly refunded"
        REFUNDED = "refunded", "Refunded"
        CANCELLED = "cancelled", "Cancelled"

    practice = models.ForeignKey(
        Practice, models.PROTECT, null=True, related_name="orders"
    )
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="orders")
    program = models.CharField(max_length=20)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices)
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    settled = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    confirm_above = models.DecimalField(max_digits=12, decimal_places=2)
    priced_on = models.DateField()
    placed_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    placed_by = models.CharField(max_length=200)
    told = models.EmailField(max_length=254)
    form_key = models.CharField(max_length=64, unique=True)
    placed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Order"]] = models.Manager.from_queryset(
        OrderQuerySet
    )()

    class Meta:
        ordering = ("-placed_at", "-number")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(practice__isnull=False, member=None)
                | models.Q(practice=None, member__isnull=False),
                name="order_has_one_payer",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    total__gte=0,
                    settled__gte=0,
                    settled__lte=models.F("total"),
                    refunded__gte=0,
                    refunded__lte=models.F("settled"),
                ),
                name="order_money_within_total",
            ),
        )
        indexes = (
            models.Index(fields=("practice", "-placed_at"), name="orders_of_practice"),
            models.Index(
                fields=("program", "state", "-placed_at"), name="orders_of_body"
            ),
        )

    practice_id: UUID | None
    member_id: UUID | None

    def __str__(self) -> str:
        return self.number

    @property
    def rest(self) -> Decimal:
        """What is still to be paid."""
        return self.total - self.settled

    def is_overdue(self, today: date) -> bool:
        """Whether it awaits payment after the day it was due."""
        return self.state == self.State.AWAITING and self.due_on < today

    @property
    def payer_name(self) -> str:
        """Who pays, as on the invoice."""
        payer = self.practice or self.member
        assert payer is not None
        return payer.name


class OrderLine(BaseModel):
    """One line, as it was priced when the order was placed."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    unit = models.DecimalField(max_digits=10, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    grants = models.JSONField()
    is_fee = models.BooleanField()
    why = models.CharField(max_length=400)

    class Meta:
        ordering = ("order", "place")
        constraints = (
            models.UniqueConstraint(fields=("order", "place"), name="one_line_a_place"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, amount__gte=0),
                name="order_line_not_empty",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.label}"


class OrderStep(models.Model):
    """What happened to an order; never changed, never removed."""

    id = models.BigAutoField(primary_key=True)

    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=Order.State.choices)
    text = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class InvoiceCount(models.Model):
    """The last number a body gave in a year; whoever takes the next one locks it."""

    id = models.BigAutoField(primary_key=True)

    program = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("program", "year"), name="one_invoice_count"
            ),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.year}: {self.last}"


class Invoice(BaseModel):
    """An invoice, or the credit note that takes one back; its facts never change."""

    class Kind(models.TextChoices):
        """What the paper is."""

        INVOICE = "invoice", "Invoice"
        CREDIT_NOTE = "credit_note", "Credit note"

    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    program = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=40, unique=True)
    issued_on = models.DateField()
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    facts = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("program", "year", "sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "year", "sequence"), name="invoice_counted_once"
            ),
            models.UniqueConstraint(
                fields=("order",),
                condition=models.Q(kind="invoice"),
                name="one_invoice_an_order",
            ),
        )

    def __str__(self) -> str:
        return self.number

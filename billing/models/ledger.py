"""The journal, and what payers have as credit."""

from uuid import UUID

from django.db import models

from accounts.models import Member, Practice
from billing.models.orders import Order
from billing.rules import Account
from core.models import BaseModel
from core.words import money_words

ACCOUNTS = [(each.value, each.value.capitalize()) for each in Account]


class JournalRow(models.Model):
    """One amount, debited here and credited there; never changed, never removed.

    Its id counts up, so rows of one instant keep their order. `key` names what it
    books, so nothing is booked twice.
    """

    id = models.BigAutoField(primary_key=True)

    program = models.CharField(max_length=20)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="journal")
    on = models.DateField()
    debit = models.CharField(max_length=12, choices=ACCOUNTS)
    credit = models.CharField(max_length=12, choices=ACCOUNTS)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    text = models.CharField(max_length=200)
    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__gt=0) & ~models.Q(debit=models.F("credit")),
                name="journal_row_moves_something",
            ),
        )
        indexes = (models.Index(fields=("program", "on"), name="journal_by_day"),)

    practice_id: UUID | None
    member_id: UUID | None

    def __str__(self) -> str:
        return f"{self.debit} from {self.credit}: {self.amount}"


class CreditBalance(BaseModel):
    """What a payer paid too much, by body: a counter beside the journal."""

    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True)
    program = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "program", "currency"),
                condition=models.Q(member=None),
                name="one_balance_a_practice",
            ),
            models.UniqueConstraint(
                fields=("member", "program", "currency"),
                condition=models.Q(practice=None),
                name="one_balance_a_member",
            ),
            models.CheckConstraint(
                condition=models.Q(practice__isnull=False, member=None)
                | models.Q(practice=None, member__isnull=False),
                name="balance_has_one_payer",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="balance_not_negative"
            ),
        )

    def __str__(self) -> str:
        return money_words(self.amount, self.currency)

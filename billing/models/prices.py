"""Price lists as they were published; none is ever changed."""

from django.db import models

from billing.rules import Audience
from core.models import BaseModel


class PriceList(BaseModel):
    """What a body charges from a day on, until its next list.

    `policy` names the pack's version. The days and limits are the body's too: how long
    an estimate holds, when an order is due, above which payment a second person
    confirms, and on which days after the first a card is tried again.
    """

    program = models.CharField(max_length=20)
    effective_on = models.DateField()
    currency = models.CharField(max_length=3)
    estimate_days = models.PositiveSmallIntegerField()
    due_days = models.PositiveSmallIntegerField()
    confirm_above = models.DecimalField(max_digits=12, decimal_places=2)
    retry_days = models.JSONField()
    policy = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("program", "effective_on")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "effective_on"), name="one_list_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.program} from {self.effective_on}"


class Price(BaseModel):
    """What one of something costs from a quantity on, for whom."""

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="prices")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    noun = models.CharField(max_length=60)
    nouns = models.CharField(max_length=60)
    grants = models.JSONField()
    is_fee = models.BooleanField()
    audience = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Audience]
    )
    start = models.PositiveIntegerField()
    unit = models.DecimalField(max_digits=10, decimal_places=2)
    rule = models.CharField(max_length=10)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("price_list", "order", "audience", "start")
        constraints = (
            models.UniqueConstraint(
                fields=("price_list", "code", "audience", "start"), name="one_price"
            ),
            models.CheckConstraint(
                condition=models.Q(unit__gte=0, start__gte=1), name="price_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.unit}"

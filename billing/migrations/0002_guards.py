"""What was priced, invoiced and booked is never changed, and nothing is removed."""

from django.db import migrations

from core.migrating import append_only, frozen, kept
from core.walls import walls

LEDGERS = (
    "billing_pricelist",
    "billing_price",
    "billing_orderline",
    "billing_orderstep",
    "billing_invoice",
    "billing_journalrow",
    "billing_refundline",
)
ROWS = ("billing_order", "billing_payment", "billing_refund", "billing_creditbalance")
ORDER = (
    "practice_id",
    "member_id",
    "program",
    "number",
    "currency",
    "total",
    "priced_on",
    "placed_on",
    "due_on",
    "confirm_above",
    "placed_by",
    "placed_at",
    "form_key",
)
PAYMENT = (
    "order_id",
    "method",
    "amount",
    "currency",
    "received_on",
    "counts_on",
    "reference",
    "key",
    "by",
    # Whoever recorded it may not confirm it.
    "by_user_id",
    "at",
)
REFUND = (
    "order_id",
    "method",
    "amount",
    "currency",
    "reason",
    "key",
    "by",
    "at",
)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        # What an order's walls ask: the people and practices of the other tables.
        ("portal", "0002_warnings"),
    ]
    operations = [
        *(append_only(table) for table in LEDGERS),
        kept(*ROWS),
        frozen("billing_order", ORDER),
        frozen("billing_payment", PAYMENT),
        frozen("billing_refund", REFUND),
        walls(
            "billing_order",
            "billing_invoice",
            "billing_orderline",
            "billing_orderstep",
            "billing_payment",
            "billing_refund",
            "billing_refundline",
            "billing_creditbalance",
            "billing_journalrow",
        ),
    ]

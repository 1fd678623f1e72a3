"""A refund that its card did not take is sent again, or by cheque or transfer."""

from django.db import migrations, models

from core.migrating import frozen, kept

# SQLite made this table anew for its new columns, without its triggers.
REFUND = (
    *("order_id", "method", "amount", "currency", "reason", "key", "by", "at"),
    "payment_id",
)
METHODS = [
    ("card", "Card"),
    ("cheque", "Cheque"),
    ("phone", "Phone"),
    ("transfer", "Transfer"),
    ("credit", "Credit"),
]


class Migration(migrations.Migration):
    dependencies = [("billing", "0006_stored_card_guards")]
    operations = [
        migrations.AddField(
            "refund", "resent", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            "refund",
            "sent_by",
            models.CharField(blank=True, choices=METHODS, max_length=10, default=""),
            preserve_default=False,
        ),
        kept("billing_refund"),
        frozen("billing_refund", REFUND),
    ]

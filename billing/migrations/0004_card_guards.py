"""What was asked of the card provider, and what it said, is kept and not rewritten."""

from django.db import migrations

from core.migrating import frozen, kept
from core.walls import walls

# SQLite made this table anew for its new columns, without its triggers.
REFUND = (
    *("order_id", "method", "amount", "currency", "reason", "key", "by", "at"),
    "payment_id",
)
SESSION = ("order_id", "amount", "currency", "key")
EVENT = ("event_id", "kind", "facts", "at", "received_at")


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_cards")]
    operations = [
        kept("billing_refund", "billing_cardsession", "billing_providerevent"),
        frozen("billing_refund", REFUND),
        frozen("billing_cardsession", SESSION),
        frozen("billing_providerevent", EVENT),
        walls("billing_cardsession", "billing_providerevent"),
    ]

"""Who agreed to what, and what was asked of which card, is kept and not rewritten."""

from django.db import migrations

from core.migrating import frozen, kept
from core.walls import walls

CARD = ("practice_id", "key", "consent", "by", "by_user_id", "consented_at")
CHARGE = (
    *("order_id", "card_id", "card_text", "turn", "amount", "currency", "key"),
    *("due_on", "at"),
)


class Migration(migrations.Migration):
    dependencies = [("billing", "0005_stored_cards")]
    operations = [
        kept("billing_storedcard", "billing_cardcharge"),
        frozen("billing_storedcard", CARD),
        frozen("billing_cardcharge", CHARGE),
        walls("billing_storedcard", "billing_cardcharge"),
    ]

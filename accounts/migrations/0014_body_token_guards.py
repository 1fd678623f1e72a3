"""A body's token stays whose and what it is; it ends once, and its row is kept."""

from django.db import migrations

from core.migrating import frozen, kept, once
from core.walls import walls

MADE = ("program", "name", "prefix", "token_hash", "created_by_id", "created_at")
MADE += ("expires_at",)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_body_tokens'),
    ]

    operations = [
        kept("accounts_bodytoken"),
        frozen("accounts_bodytoken", MADE),
        once("accounts_bodytoken", "revoked_at"),
        walls("accounts_bodytoken"),
    ]

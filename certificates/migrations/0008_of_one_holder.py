"""A badge, and a certificate of a cycle, are of the credential's own holder and body."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.migrating import composite_key
from core.without_models import WithoutModels

OURS = ("certification_id", "member_id", "program")
THEIRS = ("id", "member_id", "program")
CREDENTIAL = "credentials_certification"


def pointed_at(editor: BaseDatabaseSchemaEditor) -> None:
    """Let a key of several columns point here, which PostgreSQL asks an index for."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE UNIQUE INDEX IF NOT EXISTS {CREDENTIAL}_pointed_at "
            f"ON {CREDENTIAL} ({', '.join(THEIRS)})"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0007_badges_walls"),
        ("credentials", "0019_given_reports_guards"),
    ]
    operations = [
        WithoutModels(pointed_at),
        composite_key(
            "certificates_badge", OURS, CREDENTIAL, THEIRS, what="credential"
        ),
        composite_key(
            "certificates_certificate",
            OURS,
            CREDENTIAL,
            THEIRS,
            name="certifies",
            what="credential",
        ),
    ]

"""Versions stay as they were published; readings and acknowledgements are ledgers."""

from django.db import migrations

from core.migrating import append_only, frozen, kept
from core.walls import walls

VERSION = (
    "document_id",
    "number",
    "title",
    "effective_on",
    "changes",
    "file_key",
    "name",
    "sha256",
    "size",
    "pages",
    "published_by",
    "published_at",
)
OWN = (
    "practice_id",
    "document",
    "number",
    "title",
    "kind",
    "covers_from",
    "covers_until",
    "file_key",
    "file_kind",
    "name",
    "sha256",
    "stored_sha256",
    "size",
    "pages",
    "added_by",
    "added_at",
)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0006_documents")]
    operations = [
        kept(
            "credentials_securedocument",
            "credentials_documentversion",
            "credentials_owndocumentversion",
        ),
        frozen("credentials_securedocument", ("program", "added_at")),
        frozen("credentials_documentversion", VERSION),
        frozen("credentials_owndocumentversion", OWN),
        append_only("credentials_documentreading"),
        append_only("credentials_documentacknowledgement"),
        walls(
            "credentials_securedocument",
            "credentials_documentversion",
            "credentials_documentreading",
            "credentials_documentacknowledgement",
            "credentials_owndocumentversion",
        ),
    ]

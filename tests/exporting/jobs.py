"""Asking for files, and what came of it."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from core.actor import Actor
from core.exporting import (
    ask_for_export,
)
from core.models import AuditEntry, ExportJob
from tests.cast import BODY, NOW, Cast

ALICE = Actor("Alice Admin")
SOON = NOW + timedelta(minutes=1)
LATER = NOW + settings.EXPORT_LEASE + timedelta(minutes=1)


def asked(
    cast: Cast, key: str = "a form", now: datetime = NOW, **params: str
) -> ExportJob:
    """Ask for a file of Northside's."""
    return ask_for_export(
        actor=ALICE,
        practice_id=cast.northside.pk,
        program=BODY,
        kind="words",
        params={"word": "hello", **params},
        key=key,
        now=now,
    )


def sentences() -> list[str]:
    """What the trail says of exports, the oldest first."""
    found = AuditEntry.objects.filter(action__startswith="export.").order_by("id")
    return list(found.values_list("sentence", flat=True))


def kept_files() -> set[Path]:
    """Which exports the storage has."""
    return set(Path(default_storage.path("exports")).rglob("*/*"))

"""Tests that commit are followed by a flush; ledgers stay ledgers afterwards."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from core.models import AuditEntry
from tests.cast import full_cast

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]


def guards() -> set[str]:
    """Name the triggers there are."""
    tables = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(tables[connection.vendor])
        return {str(row[0]) for row in cursor.fetchall()}


def test_a_flush_empties_the_ledgers_and_leaves_their_guards() -> None:
    full_cast()
    before = guards()
    call_command("flush", verbosity=0, interactive=False)
    assert not AuditEntry.objects.exists()
    assert guards() == before
    full_cast()
    with pytest.raises(IntegrityError, match="append-only"):
        AuditEntry.objects.update(reason="changed")

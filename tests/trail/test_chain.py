"""Each entry follows the one before, marked with a key no database holds."""

import hmac
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from pytest_django import Settings

from core.chain import key_id, keys, spelled
from core.models import AuditEntry, AuditHead
from tests.cast import BODY, Cast, a_practice
from tests.trail.entries import entry, faults

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ODD: dict[str, tuple[object, object]] = {
    "words": (None, 'é \N{EN DASH} "quoted" \\ \N{GRINNING FACE} \u2028 end'),
    "numbers": (1.5, 1e16),
    "whole": (0, -(2**40)),
    "exact": (Decimal("3.10"), Decimal("0E-2")),
    "days": (date(2024, 2, 29), datetime(2024, 2, 29, 1, 2, 3, 4, UTC)),
    "yes": (True, None),
    "inner": ({"b": [1, 2.25], "a": uuid4()}, [{"z": None}, "y"]),
}


def test_everybody_s_entries_stand_in_a_chain_each(cast: Cast) -> None:
    chains = set(AuditEntry.objects.values_list("chain", flat=True))
    assert f"practice:{cast.northside.pk.hex}" in chains
    assert f"practice:{cast.lakeview.pk.hex}" in chains
    entry(program=BODY)
    entry()
    assert faults() == []
    ends = AuditHead.objects.in_bulk([f"body:{BODY}", "house"])
    assert {head.count for head in ends.values()} == {1}


def test_what_an_entry_says_is_spelled_the_same_after_a_round_trip() -> None:
    written = entry("Ünïcode “said”", changes=ODD, now=datetime(2025, 1, 2, tzinfo=UTC))
    stored = AuditEntry.objects.filter(pk=written.pk).values().get()
    assert spelled(stored) == spelled(vars(written))
    assert faults() == []
    assert stored["changes"]["numbers"] == ["1.5", "1e+16"]


def test_an_entry_is_marked_as_the_decision_says() -> None:
    """The mark is made anew here, with nothing of core but the order of the fields."""
    practice = a_practice("New")
    first = entry("One", practice_id=practice.pk)
    second = entry("Two", practice_id=practice.pk)
    said = (
        f'["goodstanding-trail-1","practice:{practice.pk.hex}",2,"{first.hash}",'
        '"2025-11-17T18:00:00.000000",null,null,"Goodstanding (tests)",'
        f'"{practice.pk.hex}",null,"","test.happened","core.usedkey",'
        '"00000000000000000000000000000001","Two",{},"",""]'
    )
    key = b"key-of-the-tests-trail-" * 4
    assert second.hash == hmac.new(key, said.encode(), sha256).hexdigest()
    assert (first.previous, second.previous) == ("", first.hash)


def test_a_change_that_is_undone_leaves_no_gap() -> None:
    entry()
    with transaction.atomic():
        entry("Undone")
        transaction.set_rollback(True)
    last = entry()
    assert last.number == 2
    assert faults() == []


def test_a_key_rotates_and_the_chain_survives(settings: Settings) -> None:
    entry()
    old = settings.AUDIT_KEY
    settings.AUDIT_KEY, settings.AUDIT_KEY_FALLBACKS = "another-key-" * 5, [old]
    last = entry()
    assert last.key_id == key_id(b"another-key-" * 5) != key_id(old.encode())
    assert faults() == []
    settings.AUDIT_KEY_FALLBACKS = []
    assert list(keys()) == [last.key_id]


def test_without_a_key_nothing_is_written(settings: Settings) -> None:
    settings.AUDIT_KEY = ""
    with pytest.raises(ImproperlyConfigured, match="AUDIT_KEY"):
        entry()
    assert not AuditEntry.objects.exists()


def test_the_key_is_in_no_row(cast: Cast, settings: Settings) -> None:
    rows = str(list(AuditEntry.objects.values())) + str(
        list(AuditHead.objects.values())
    )
    assert settings.AUDIT_KEY not in rows


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_empties_the_trail() -> None:
    entry()
    cut = pytest.raises((IntegrityError, InternalError), match="append-only")
    with cut, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_auditentry")
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_entries_from_before_the_chain_are_chained_in_their_order() -> None:
    practices = [a_practice("One"), a_practice("Two")]
    for number in range(6):
        entry(f"Entry {number}", practice_id=practices[number % 2].pk, changes=ODD)
    entry("Of the house")
    before = list(AuditEntry.objects.order_by("id").values_list("hash", flat=True))
    call_command("migrate", "core", "0004", verbosity=0)
    with connection.cursor() as cursor:
        names = connection.introspection.get_table_description(
            cursor, "core_auditentry"
        )
    assert "hash" not in {each.name for each in names}
    call_command("migrate", verbosity=0)
    after = list(AuditEntry.objects.order_by("id").values_list("hash", flat=True))
    assert after == before
    assert faults() == []
    with pytest.raises(IntegrityError, match="append-only"):
        AuditEntry.objects.update(reason="changed")

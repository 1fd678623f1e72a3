"""Thirty-two writers of one chain at one moment: it never forks."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection

from core import audit
from core.models import AuditEntry, AuditHead
from tests.cast import a_practice
from tests.database import WEB, working_as
from tests.race.hands import at_once
from tests.trail.entries import entry, faults

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.django_db(transaction=True),
]
WRITERS, EACH = 32, 8


def writer(**whose: object) -> Callable[[], int]:
    """Write some entries as the web; return how many of them did not fit."""

    def write() -> int:
        failed = 0
        with working_as(WEB):
            for number in range(EACH):
                try:
                    entry(f"Entry {number}", **whose)  # type: ignore[arg-type]
                except IntegrityError:
                    failed += 1
        return failed

    return write


def test_one_chain_never_forks() -> None:
    practice = a_practice("New")
    assert sum(at_once([writer(practice_id=practice.pk)] * WRITERS)) == 0
    assert faults() == []
    head = AuditHead.objects.get()
    assert head.count == AuditEntry.objects.count() == WRITERS * EACH


def test_writers_of_several_chains_do_not_meet() -> None:
    practices = [a_practice(f"New {number}") for number in range(8)]
    acts = [writer(practice_id=each.pk) for each in practices for _ in range(4)]
    assert sum(at_once(acts)) == 0
    assert faults() == []
    assert {head.count for head in AuditHead.objects.all()} == {4 * EACH}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_without_the_lock_two_would_follow_the_same_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lock is what keeps it: without it the constraint has to stop a fork."""
    entry()
    monkeypatch.setattr(
        audit, "_locked", lambda chain: AuditHead.objects.get(chain=chain)
    )
    assert sum(at_once([writer()] * WRITERS)) > 0

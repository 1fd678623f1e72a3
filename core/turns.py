"""Taking turns: of several workers with the same job, one does it at a time.

What a job writes is kept from doubling by constraints. Taking turns only saves the
others from doing the same work in vain, and lets each see what the one before did.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import connection


def take_turn(name: str) -> None:
    """Wait for the job of this name; the turn ends with the transaction.

    On SQLite a transaction has the only turn there is from its first statement on.

    Raises:
        RuntimeError: outside a transaction, where the turn would end at once.
    """
    take_turns([name])


def take_turns(names: Iterable[str]) -> None:
    """Wait for several jobs at once, in one statement; all end with the transaction.

    Everybody takes them in one order, so no two wait for each other.

    Raises:
        RuntimeError: outside a transaction, where the turns would end at once.
    """
    keys = sorted({_key(name) for name in names})
    if not connection.in_atomic_block:
        raise RuntimeError("a turn lasts as long as its transaction")
    if keys and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key",
                [keys],
            )


def _key(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)

"""How many entries a second are written by 32 at once, and how long verifying takes.

`make bench NAME=trail` counts on the database it is given: 20,000 entries of one chain.
The reference is one plain insert; the last line says how many times faster it
is, so the ratio is what the chain costs.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, transaction

from core.actor import Actor
from core.audit import record
from core.models import UsedKey
from core.verifying import verify

NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
DATABASE = "postgresql"
WRITERS = 32


def main(options: Sequence[str]) -> None:
    """Write and verify; the first option is how many entries (20,000)."""
    many = int(options[0]) if options else 20_000
    plain = _rate(_insert, many // 10)
    chained = _rate(_record, many)
    began = time.perf_counter()
    verdict = verify({})
    seconds = time.perf_counter() - began
    each = seconds / max(verdict.entries, 1)
    print(f"{WRITERS} at once: {chained:,.0f} entries/s")  # noqa: T201
    print(  # noqa: T201
        f"verified {verdict.entries:,} in {seconds:.2f} s, "
        f"{each * 1_000_000:.0f} s a million, {len(verdict.faults)} faults"
    )
    print(f"ratio {plain / chained:.2f}")  # noqa: T201


def _rate(write: Callable[[int], None], many: int) -> float:
    share = many // WRITERS

    def work(number: int) -> None:
        for each in range(share):
            write(number * share + each)
        connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    return share * WRITERS / (time.perf_counter() - began)


def _record(number: int) -> None:
    with transaction.atomic():
        record(
            actor=Actor.system("bench"),
            action="bench",
            subject=_nobody(),
            sentence=f"Entry {number}",
            changes={"seats": (number, number + 1)},
            now=NOW,
        )


def _insert(number: int) -> None:
    UsedKey.objects.create(
        actor_key="bench",
        route="bench",
        key=str(number),
        fingerprint="",
        created_at=NOW,
    )


def _nobody() -> UsedKey:
    return UsedKey(pk=UUID(int=1))

"""Answering a repeated request once: the Idempotency-Key of a REST client.

The key is claimed before the work begins, in a transaction of its own, so a second
request sees it; the answer is kept in the work's own transaction, so there is never one
without the other. A request that was refused did nothing and gives its key back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from core.failures import Refusal, Stale
from core.models import UsedKey
from core.problems import Malformed

KEPT = timedelta(hours=24)
# How long a request may run. Whoever claimed a key and died gives it up after that.
LEASE = timedelta(minutes=2)
LONGEST = 255
# As long as the column of a used key's route.
LONGEST_ROUTE = 120
HEADER = "Idempotency-Key"


class KeyReused(Refusal):
    """The key came before, with another body."""

    slug = "idempotency-key-reused"
    status = 422


class InProgress(Refusal):
    """The first request with this key has not been answered yet."""

    slug = "idempotency-in-progress"


@dataclass(frozen=True)
class Attempt:
    """A request that must happen once.

    Args:
        actor_key: whose key it is; another's same key is another key.
        route: method and address, so the tenant is in it.
        key: what the client sent.
        fingerprint: a digest of the body.
    """

    actor_key: str
    route: str
    key: str
    fingerprint: str

    @property
    def form_key(self) -> str:
        """A digest that names this very request to a service, 64 characters."""
        parts = (self.actor_key, self.route, self.key, self.fingerprint)
        return sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What a request was answered, to be said again byte for byte."""

    status: int
    text: str


@dataclass(frozen=True)
class Claim:
    """The right to do the work, until the lease ends."""

    row: UsedKey
    since: datetime

    @property
    def mine(self) -> dict[str, Any]:
        """What must still hold of the row for this claim to be good."""
        return {"pk": self.row.pk, "status": None, "created_at": self.since}


def key_from(header: str | None) -> str:
    """Read the header.

    Raises:
        Malformed: it is missing, longer than 255 characters or not plain ASCII.
    """
    if not header:
        raise Malformed(
            f"Send an {HEADER} header: a random text, new for each new request."
        )
    if len(header) > LONGEST or not (header.isascii() and header.isprintable()):
        raise Malformed(f"Send an {HEADER} of at most {LONGEST} ASCII characters.")
    return header


def claim(attempt: Attempt, *, now: datetime) -> Claim | Answer:
    """Claim the key, or give back what the first request was answered.

    Raises:
        KeyReused: the key came before with another body.
        InProgress: the first request is still running.
    """
    row, new = UsedKey.objects.get_or_create(
        actor_key=attempt.actor_key,
        route=_spelled(attempt.route),
        key=attempt.key,
        defaults={"fingerprint": attempt.fingerprint, "created_at": now},
    )
    if new:
        return Claim(row, now)
    if _is_free(row, now):
        return _take_over(row, attempt, now)
    if row.fingerprint != attempt.fingerprint:
        raise KeyReused(
            f"This {HEADER} came with another body before. Make a new one for a new "
            "request."
        )
    if row.status is None:
        raise _in_progress()
    return Answer(row.status, str(row.body))


def _spelled(route: str) -> str:
    """Spell a long address by its hash: the column has room for short ones."""
    if len(route) <= LONGEST_ROUTE:
        return route
    return sha256(route.encode()).hexdigest()


def keep(claim: Claim, answer: Answer) -> None:
    """Keep the answer; call it in the transaction of the work.

    Raises:
        Stale: the request ran so long that another took its key over.
    """
    kept = UsedKey.objects.filter(**claim.mine).update(
        status=answer.status, body=answer.text
    )
    if not kept:
        raise Stale("The request took too long. Nothing was done. Send it again.")


def give_back(claim: Claim) -> None:
    """Free the key of a request that was refused or broke off: it did nothing."""
    UsedKey.objects.filter(**claim.mine).update(fingerprint="")


def _is_free(row: UsedKey, now: datetime) -> bool:
    if not row.fingerprint or row.created_at <= now - KEPT:
        return True
    return row.status is None and row.created_at <= now - LEASE


def _take_over(row: UsedKey, attempt: Attempt, now: datetime) -> Claim:
    # Of two that see a free key at once, the conditions let one have it.
    taken = UsedKey.objects.filter(
        pk=row.pk,
        status=row.status,
        fingerprint=row.fingerprint,
        created_at=row.created_at,
    ).update(fingerprint=attempt.fingerprint, status=None, body=None, created_at=now)
    if not taken:
        raise _in_progress()
    return Claim(row, now)


def _in_progress() -> InProgress:
    return InProgress(
        f"The first request with this {HEADER} is still running.",
        extra={"retry_after": 1},
    )

"""The mark that makes a chain of the trail's entries: what is marked, and with what.

An entry's mark is an HMAC-SHA256 over what it says, its place and the mark before it,
made with a key that no database holds. Whoever changes a row without the key can't make
its mark again. Nothing here reads a table.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

HOUSE = "house"
START = ""
# Changes with what is marked, so that an old mark is never read as a new one.
FORM = "goodstanding-trail-1"
MARKED = (
    "chain",
    "number",
    "previous",
    "at",
    "user_id",
    "token_id",
    "actor",
    "practice_id",
    "member_id",
    "program",
    "action",
    "subject_type",
    "subject_id",
    "sentence",
    "changes",
    "reason",
    "request_id",
)


def chain_of(practice_id: UUID | None, program: str) -> str:
    """Name an entry's chain: its practice's, else its body's, else the house's."""
    if practice_id is not None:
        return f"practice:{practice_id.hex}"
    return f"body:{program}" if program else HOUSE


def keys() -> dict[str, bytes]:
    """Give every known key by its id; the first is the one that marks now.

    Raises:
        ImproperlyConfigured: there is none.
    """
    known = [key for key in (settings.AUDIT_KEY, *settings.AUDIT_KEY_FALLBACKS) if key]
    if not settings.AUDIT_KEY:
        raise ImproperlyConfigured("AUDIT_KEY is not set: no entry can be marked.")
    return {key_id(key.encode()): key.encode() for key in known}


def key_id(key: bytes) -> str:
    """Name a key, 12 hexadecimal digits that say nothing of it."""
    return hmac.new(key, b"the id of this key", sha256).hexdigest()[:12]


def seal(said: bytes) -> tuple[str, str]:
    """Mark bytes with the key of now: its id, and 64 hexadecimal digits."""
    name, key = next(iter(keys().items()))
    return name, mark(key, said)


def mark(key: bytes, said: bytes) -> str:
    """Mark bytes with a key: 64 hexadecimal digits."""
    return hmac.new(key, said, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two marks in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def spelled(values: Mapping[str, object]) -> bytes:
    """Spell an entry in the one way that every database gives back.

    Args:
        values: at least the columns of `MARKED`; `changes` as `plain` made them.
    """
    said = [FORM, *(_told(values[name]) for name in MARKED)]
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def plain(value: object) -> object:
    """Give what JSON keeps the same in every database: text, whole numbers, yes or no.

    A float is text: PostgreSQL would write some of them another way.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return str(value)


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"
    if isinstance(value, UUID):
        return value.hex
    # What was written before there was a chain may hold numbers with a point.
    if isinstance(value, float | Decimal):
        return str(Decimal(str(value)).normalize())
    if isinstance(value, Mapping):
        return {name: _told(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_told(inner) for inner in value]
    return value

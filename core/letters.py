"""What a message says, where that is known only when it leaves.

Most messages carry their words in the outbox row. Those listed in
`config/composers.py` are put together at the moment of sending, out of what is true
then: a late reminder says how many days are really left, and one that has nothing left
to say is not sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from core.models import OutboxMessage


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a message, such as a calendar entry."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Letter:
    """The words a message's templates are given, what is enclosed, further headers."""

    payload: Mapping[str, Any]
    enclosures: Sequence[Enclosure] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """When a message leaves: the instant, and the day it is in a body's zone."""

    now: datetime
    today: Callable[[ZoneInfo], date]


class Composer(Protocol):
    """Puts a kind of message together; None where there is nobody to tell."""

    def __call__(self, *, message: OutboxMessage, moment: Moment) -> Letter | None: ...


def compose(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Put a message together; None where there is nobody to tell any more."""
    composer = _table().get(message.kind)
    if composer is None:
        return Letter(message.payload)
    return composer(message=message, moment=moment)


@cache
def _table() -> Mapping[str, Composer]:
    table: Mapping[str, Composer] = import_string(settings.COMPOSERS)
    return table

"""What must run against the import order: an event and the services that react.

An event is a frozen dataclass. `config/reactions.py` lists who reacts, in order; they
run in the publisher's transaction, and one may refuse by raising a named error, which
rolls everything back.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string


class NobodyReactsError(LookupError):
    """An event was published that `config/reactions.py` does not list."""


def publish(event: object) -> None:
    """Hand the event to each of its reactions, in order.

    Raises:
        NobodyReactsError: for an event without a reaction.
        RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An event is published inside the transaction it tells of.")
    reactions = _table().get(type(event))
    if not reactions:
        raise NobodyReactsError(type(event).__qualname__)
    for react in reactions:
        react(event)


@cache
def _table() -> Mapping[type, Sequence[Callable[[Any], None]]]:
    table: Mapping[type, Sequence[Callable[[Any], None]]] = import_string(
        settings.REACTIONS
    )
    return table

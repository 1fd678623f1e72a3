"""A form that was sent twice does its work once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.failures import Stale
from core.models import UsedKey


@contextmanager
def only_once(actor: Actor, route: str, key: str, now: datetime) -> Iterator[None]:
    """Run a block for the first use of a form's key; both commit together.

    Raises:
        Stale: the key was used before; what it did then stands.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                UsedKey.objects.create(
                    actor_key=actor.key,
                    route=route,
                    key=key,
                    fingerprint="",
                    created_at=now,
                )
        except IntegrityError as error:
            raise Stale(
                "This form was sent already, and it was done once. "
                "Open the page again to do more."
            ) from error
        yield

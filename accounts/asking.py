"""How many requests wait for a practice's provider at one time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from accounts.models import Practice
from accounts.openid import ProviderFault

# Of the eight threads of a web with two processes, one practice's provider has three.
AT_ONCE = 3
# Longer than any request may take: a process that ended in between gives nothing back.
LONGEST = 60


@contextmanager
def in_turn(practice: Practice) -> Iterator[None]:
    """Ask a practice's provider inside this block, while few others do.

    A provider that answers slowly keeps up a thread of the web for each who waits for
    it, and would soon keep up everybody else's pages.

    Raises:
        ProviderFault: enough others wait for it.
    """
    places = (f"sign_on_asking:{practice.pk}:{each}" for each in range(AT_ONCE))
    place = next((each for each in places if cache.add(each, "asking", LONGEST)), None)
    if place is None:
        raise ProviderFault("Too many wait for its answer at the moment.")
    try:
        yield
    finally:
        cache.delete(place)

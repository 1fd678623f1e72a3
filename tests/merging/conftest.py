"""Bob, Charlie, Erin, Mona and Rita at the pages."""

from collections.abc import Callable

import pytest
from django.test import Client


def _client(name: str) -> object:
    @pytest.fixture(name=name)
    def signed(today: object, signed_in: Callable[[str], Client]) -> Client:
        return signed_in(name)

    return signed


bob, charlie, erin, mona, rita = map(
    _client, ("bob", "charlie", "erin", "mona", "rita")
)

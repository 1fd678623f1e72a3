"""What every test of the report starts from."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> Iterator[None]:
    """Begin, and end, with no look-up counted."""
    cache.clear()
    yield
    cache.clear()

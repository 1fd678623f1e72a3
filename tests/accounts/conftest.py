"""Fixtures of sign-in and invitations."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def unlimited() -> None:
    """Start each test with no tries counted yet."""
    cache.clear()

"""A practice in which nothing is due yet."""

import pytest

from core.models import OutboxMessage
from tests.billing.conftest import far
from tests.cast import Cast

__all__ = ["far"]


@pytest.fixture
def quiet(cast: Cast) -> Cast:
    """Everybody, with nothing in the outbox."""
    OutboxMessage.objects.all().delete()
    return cast

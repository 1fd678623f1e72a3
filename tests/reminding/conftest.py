"""A practice in which nothing is due yet, with or without a stored card."""

import pytest

from core.models import OutboxMessage
from tests.billing.conftest import far
from tests.billing.storing import stored
from tests.billing.stripe_fake import Far
from tests.cast import Cast
from tests.reminding.paying import publish

__all__ = ["far"]


@pytest.fixture
def quiet(cast: Cast) -> Cast:
    """Everybody, with nothing in the outbox."""
    OutboxMessage.objects.all().delete()
    return cast


@pytest.fixture
def carded(quiet: Cast, far: Far) -> Cast:
    """Northside has stored a card, and the body sells renewals."""
    publish()
    stored(far, quiet.northside)
    OutboxMessage.objects.all().delete()
    return quiet

"""The far side of cards, for the tests of money."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.billing.cards import cards
from tests.billing.stripe_fake import Far


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up, against a far side of the test's own."""
    with cards(settings) as found:
        yield found

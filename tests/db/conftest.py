"""Two practices with rows in every table."""

import pytest

from tests.cast import Cast
from tests.db.two_practices import fill


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """The cast, and rows of both practices in every table."""
    fill(cast)
    return cast

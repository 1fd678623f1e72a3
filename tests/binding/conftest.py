"""A day to stand on, a shelf for files, and what Northside has to show."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from certificates.models import Certificate
from tests.binding.binders import learnt, proven
from tests.binding.papers import paper
from tests.cast import NOW, Cast
from tests.portal.paper import worked


@pytest.fixture
def at_noon() -> Iterator[None]:
    """Stand still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kept(at_noon: None, shelf: Path, cast: Cast) -> Certificate:
    """Bob's certificate of the term that has ended, and two proven activities."""
    coding = learnt(
        cast.bob, "Coding basics", on=date(2025, 3, 3), practice=cast.northside
    )
    proven(coding, paper("Bob learnt coding"), name="coding.pdf")
    older = learnt(
        cast.bob, "Privacy at work", on=date(2025, 4, 4), practice=cast.northside
    )
    proven(older, paper("Bob learnt privacy"), name="privacy.pdf")
    for each in Certificate.objects.all():
        worked(each)
    return Certificate.objects.get(member=cast.bob)


@pytest.fixture
def alice(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of Northside's Practice Administrator."""
    return signed_in("alice")

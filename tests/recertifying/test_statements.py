"""How many statements the pages of applications send, whatever was reported."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast
from tests.portal.statements import statements
from tests.recertifying.living import a_holder, earn, noon
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3 = date(2025, 11, 3)


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize(
    ("address", "sent"),
    [("/me/?program=namss", 27), ("/me/recertify/namss/", 13)],
)
def test_as_many_for_few_credits_as_for_many(
    cast: Cast, address: str, sent: int, count: int
) -> None:
    nora = a_holder()
    for _ in range(count):
        earn(nora, Decimal("0.25"), approved=True)
    assert nora.user is not None
    with time_machine.travel(noon(NOV_3), tick=True):
        client = open_session(Client(), nora.user)
        assert len(statements(client, address)) == sent

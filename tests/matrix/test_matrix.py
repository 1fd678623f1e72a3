"""Every route of the URLconf answers every actor as the table has it."""

import pytest
from django.db import connection

from accounts.access import ENTRY, PUBLIC
from accounts.checks import Routed, routed
from tests.matrix.expectations import Word
from tests.matrix.inspection import Inspection
from tests.matrix.open_routes import PUBLIC_ROUTES
from tests.matrix.table import ROWS, without_a_row
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
ROUTED = list(routed())
WALLED = connection.vendor == "postgresql"
OPEN = {PUBLIC.name, ENTRY.name}


def test_every_route_has_a_row() -> None:
    assert not without_a_row(ROUTED)


def test_every_row_has_one_route() -> None:
    names = [each.name for each in ROUTED]
    assert sorted(names) == sorted(ROWS)


@pytest.mark.parametrize("each", ROUTED, ids=lambda each: each.name)
def test_a_route_answers_as_the_table_has_it(each: Routed, world: World) -> None:
    """On PostgreSQL all that the walls can change is asked; on SQLite, everything."""
    inspection = Inspection(each, ROWS[each.name], world, lean=WALLED)
    faults = list(inspection.faults())
    assert not faults, "\n".join(["", *faults])


def test_what_is_public_is_frozen() -> None:
    """Opening a door to everybody takes a change here as well as in the table."""
    declared = {
        each.name
        for each in ROUTED
        if OPEN & {right.name for right in each.permissions.values()}
    }
    assert declared == PUBLIC_ROUTES
    assert {name for name, row in ROWS.items() if row.word is Word.PUBLIC} == declared

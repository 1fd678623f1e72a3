"""Whoever may not write changes no row, whatever they send wherever.

On SQLite alone, where no walls help: they only ever refuse more. With them up the
table's own test sends one refused write of each kind to every route.
"""

import pytest

from accounts.checks import routed
from tests.matrix.actors import ACTORS
from tests.matrix.asking import checksum, undone
from tests.matrix.inspection import Inspection
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db]


def test_refused_writes_change_nothing_whoever_sends_them(world: World) -> None:
    """Every table is summed up before and after all that an actor is refused."""
    changed, refused = [], 0
    before = checksum()
    for actor in ACTORS:
        with undone():
            for each in routed():
                refused += Inspection(each, ROWS[each.name], world).refusals(actor)
            if checksum() != before:
                changed.append(actor)
    assert not changed
    assert refused > 20 * len(ACTORS)

"""The long search: every operation with sixty requests, and at every edge.

Its requests are made while tests are collected, which takes a while; where no drill is
wanted, `tests/api/conftest.py` leaves this file alone.
"""

import pytest
from hypothesis import HealthCheck, settings
from schemathesis import Case

from tests.api.fuzzing import ask, fuzz, steps
from tests.api.test_fuzz import undone_each
from tests.matrix.beside import made_once, world
from tests.matrix.world import World

__all__ = ["made_once", "world"]
pytestmark = [pytest.mark.db, pytest.mark.django_db]
LONG = fuzz(cases=60, edges=True)


@pytest.mark.drill
@LONG.parametrize()
@undone_each
def test_every_operation_and_every_edge(case: Case, world: World) -> None:
    ask(case, world)


@pytest.mark.drill
def test_one_request_after_the_other(world: World) -> None:
    """What an answer named is asked for next: read, changed, taken away, read again."""
    steps(LONG, world).run(
        settings=settings(
            max_examples=200,
            stateful_step_count=8,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
    )

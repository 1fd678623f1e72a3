"""No request makes the API fail, and every answer is as it is described."""

import pytest
from hypothesis import HealthCheck, settings
from schemathesis import Case

from tests.api.fuzzing import ask, fuzz
from tests.matrix.beside import made_once, world
from tests.matrix.world import World

__all__ = ["made_once", "world"]
pytestmark = [pytest.mark.db, pytest.mark.django_db]
# What a request changed in the world is taken back after each.
undone_each = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
SHORT = fuzz(cases=6, edges=False)


@SHORT.parametrize()
@undone_each
def test_every_operation_answers_as_described(case: Case, world: World) -> None:
    ask(case, world)

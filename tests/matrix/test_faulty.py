"""The matrix finds holes: a scratch URLconf has one of each kind."""

from collections.abc import Mapping

import pytest
from django.urls import get_resolver
from pytest_django import Settings

from accounts.checks import Routed, routed
from tests.matrix.faulty import FAULTS, LOOKING, PERSON
from tests.matrix.inspection import Inspection
from tests.matrix.table import without_a_row
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
SCRATCH = "tests.matrix.faulty"
ROUTES: Mapping[str, Routed] = {
    each.name: each for each in routed(get_resolver(SCRATCH))
}


@pytest.fixture(autouse=True)
def requests_work_as_the_web() -> None:
    """Answer as the owner: PostgreSQL's walls would close most of these holes."""


@pytest.fixture
def scratch(settings: Settings, world: World) -> World:
    settings.ROOT_URLCONF = SCRATCH
    return world


def test_a_new_route_fails_with_its_name() -> None:
    found = without_a_row(ROUTES.values())
    assert "sound (/scratch/sound/<slug:practice>/<uuid:member_id>/)" in found
    assert len(found) == len(FAULTS) + 1


def test_a_page_without_a_hole_passes(scratch: World) -> None:
    assert not list(Inspection(ROUTES["sound"], PERSON, scratch).faults())


@pytest.mark.parametrize("name", FAULTS)
def test_a_hole_is_found(name: str, scratch: World) -> None:
    row, words = FAULTS[name]
    found = list(Inspection(ROUTES[name], row, scratch).faults())
    assert [fault for fault in found if words in fault], "\n".join(["", *found])


def test_a_page_that_writes_when_looked_at_is_found(scratch: World) -> None:
    found = list(Inspection(ROUTES["any"], LOOKING, scratch).faults())
    words = "administrator GET: 200, changed ['accounts_practice']"
    assert [fault for fault in found if words in fault]

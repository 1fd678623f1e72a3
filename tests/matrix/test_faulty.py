"""The matrix finds holes: a scratch URLconf has one of each kind.

The whole inspection and the lean one of PostgreSQL are tried on both databases.
"""

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
LEAN = pytest.mark.parametrize("lean", [False, True], ids=["whole", "lean"])
# What is told to those who are refused needs no walls, and no lean inspection asks it.
FOUND_BY_THE_WHOLE = {"hints"}
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


@LEAN
def test_a_page_without_a_hole_passes(*, lean: bool, scratch: World) -> None:
    assert not list(Inspection(ROUTES["sound"], PERSON, scratch, lean=lean).faults())


@pytest.mark.parametrize("name", FAULTS)
@LEAN
def test_a_hole_is_found(name: str, *, lean: bool, scratch: World) -> None:
    """Both ways of inspecting find it, but for the one that is SQLite's to find."""
    row, words = FAULTS[name]
    found = list(Inspection(ROUTES[name], row, scratch, lean=lean).faults())
    seen = any(words in fault for fault in found)
    assert seen != (lean and name in FOUND_BY_THE_WHOLE), "\n".join(["", *found])


@LEAN
def test_a_page_that_writes_when_looked_at_is_found(
    *, lean: bool, scratch: World
) -> None:
    found = list(Inspection(ROUTES["any"], LOOKING, scratch, lean=lean).faults())
    words = "administrator GET: 200, changed ['accounts_practice']"
    assert [fault for fault in found if words in fault]

"""Every route of the URLconf answers every actor as the table has it."""

import pytest

from accounts.access import ENTRY, PUBLIC
from accounts.checks import Routed, routed
from tests.matrix.asking import TRAIL
from tests.matrix.expectations import Word
from tests.matrix.inspection import Inspection
from tests.matrix.open_routes import LINKED_ROUTES, PUBLIC_ROUTES, SIGNED_ROUTES
from tests.matrix.table import ROWS, without_a_row
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
ROUTED = list(routed())
OPEN = {PUBLIC.name, ENTRY.name}


def test_every_route_has_a_row() -> None:
    assert not without_a_row(ROUTED)


def test_every_row_has_one_route() -> None:
    names = [each.name for each in ROUTED]
    assert sorted(names) == sorted(ROWS)


@pytest.mark.parametrize("each", ROUTED, ids=lambda each: each.name)
def test_a_route_answers_as_the_table_has_it(each: Routed, world: World) -> None:
    faults = list(Inspection(each, ROWS[each.name], world).faults())
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


POSTED = [
    each
    for each in ROUTED
    if "POST" in each.permissions and each.name not in LINKED_ROUTES
]


@pytest.mark.parametrize("each", POSTED, ids=lambda each: each.name)
def test_a_browser_s_form_needs_its_one_time_key(each: Routed, world: World) -> None:
    """Another site can make a browser send a form, but not with the key."""
    inspection = Inspection(each, ROWS[each.name], world)
    actors = ("administrator", "manager", "member")
    for actor in actors if inspection.rest else ("signed out", *actors):
        heard = inspection.without_key(actor)
        status = 400 if each.name in SIGNED_ROUTES else 403
        assert (actor, heard.status, heard.writes) == (actor, status, ())


def test_a_link_of_a_mail_needs_no_form_s_key(world: World) -> None:
    """It ends one person's kind of mail, whoever follows it, and nothing else."""
    (route,) = [each for each in ROUTED if each.name in LINKED_ROUTES]
    heard = Inspection(route, ROWS[route.name], world).without_key("signed out")
    assert heard.status == 200
    assert set(heard.writes) == {"notifications_subscription", *TRAIL}


def test_a_program_needs_no_form_s_key(world: World) -> None:
    route = next(each for each in POSTED if each.name == "api_assignments")
    heard = Inspection(route, ROWS[route.name], world).without_key("token")
    assert heard.status == 201

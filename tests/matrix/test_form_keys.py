"""A browser's form needs its one-time key, a program and a mail's link need none.

On SQLite alone: the key is asked for before any row is, and without it nothing is done
that row security could change.
"""

import pytest

from accounts.checks import Routed, routed
from tests.matrix.asking import TRAIL
from tests.matrix.inspection import Inspection
from tests.matrix.open_routes import (
    LINKED_ROUTES,
    SESSIONLESS_ROUTES,
    SIGNED_ROUTES,
)
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db]
ROUTED = list(routed())
POSTED = [
    each
    for each in ROUTED
    if "POST" in each.permissions
    and each.name not in {*LINKED_ROUTES, *SESSIONLESS_ROUTES}
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

"""Looking changes nothing, and nothing is changed without the form's one-time key.

On SQLite alone, where no walls help: row security only ever refuses more, and the
form's key is asked for before any row is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from django.urls import reverse

from accounts.checks import Routed, routed
from tests.gate.asking import share
from tests.matrix.asking import ask, checksum, undone
from tests.matrix.expectations import parts_of
from tests.matrix.open_routes import (
    LINKED_ROUTES,
    SESSIONLESS_ROUTES,
    SIGNED_ROUTES,
)
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db]
ROUTED = list(routed())
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# That somebody took a whole table away is on the trail: each time, or it is no trail.
# Whoever takes certificates opens them, which bars undoing their terms.
NOTED = {
    "api_binder_file",
    "api_binder_pdf",
    "api_certificate_pdf",
    "api_export_file",
    "certificates_zip",
    "export_now",
}
KEYLESS = {*LINKED_ROUTES, *SESSIONLESS_ROUTES}
# By browser: a program has no form that another site could send for it.
BROWSERS = ("administrator", "manager", "member")
# One of each kind; whoever is refused anywhere is looked at by the table's own test.
LOOKERS = (*BROWSERS, "signed out", "reviewer", "token")


def path_of(each: Routed, world: World) -> str:
    """Give the address of a route's own thing."""
    names = ROWS[each.name].names
    things = {part: world.things[names.get(part, part)] for part in parts_of(each.path)}
    return reverse(each.name, kwargs={part: own.own for part, own in things.items()})


@contextmanager
def strict(client: Client) -> Iterator[Client]:
    """Have a client's requests checked as a browser's are."""
    client.handler.enforce_csrf_checks = True
    try:
        yield client
    finally:
        client.handler.enforce_csrf_checks = False


def test_looking_changes_no_row_whoever_looks(world: World) -> None:
    """The sum of all tables is the same after every page and REST address was asked.

    Left out are sessions, which note when they were seen, and when a token was used;
    and files whose downloads are noted.
    """
    shown = [
        each for each in ROUTED if "GET" in each.permissions and each.name not in NOTED
    ]
    faults = []
    for actor in LOOKERS:
        before = checksum()
        for each in shown:
            scope = ROWS[each.name].calls["GET"].scope
            for method in ("GET", "HEAD"):
                ask(world.client(actor, scope), method, path_of(each, world))
        if checksum() != before:
            faults.append(actor)
    assert faults == []
    assert len(shown) > 60


@pytest.mark.parametrize("actor", BROWSERS)
def test_without_the_key_no_unsafe_method_of_any_route_does_anything(
    world: World, actor: str
) -> None:
    """A method that a route doesn't answer is asked of it as one of the three."""
    before, faults, refused = checksum(), [], 0
    unanswered = {each.name for each in share(ROUTED, BROWSERS.index(actor))}
    with strict(world.client(actor)) as client:
        for each in ROUTED:
            for method in UNSAFE:
                if method == "POST" and each.name in KEYLESS:
                    continue
                if method not in each.permissions and each.name not in unanswered:
                    continue
                with undone():
                    heard = ask(client, method, path_of(each, world), {})
                # What a route does not answer may be refused for its form first.
                known = method in each.permissions
                only = 400 if each.name in SIGNED_ROUTES else 403
                expected = {only} if known else {400, 403, 405}
                refused += heard.status == 403
                if heard.status not in expected or heard.writes:
                    faults.append((each.name, method, heard.status, heard.writes))
    assert faults == []
    assert checksum() == before
    assert refused > 60

"""A body's token opens the addresses of its body's feed, and nothing else there is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import Kind
from accounts.checks import Routed, routed
from accounts.services import create_body_token
from tests.cast import BODY, NOW, OTHER_BODY, TESTER
from tests.matrix.asking import ask, undone
from tests.matrix.expectations import Call, parts_of
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
FEED = {
    ("api_feed", "GET"),
    ("api_feed", "POST"),
    ("api_fed", "GET"),
    ("api_feed_files", "GET"),
    ("api_feed_files", "POST"),
    ("api_feed_file", "GET"),
    ("api_feed_file", "POST"),
    ("api_feed_file_rows", "GET"),
    ("api_feed_file_bad_rows", "GET"),
}
REST = [each for each in routed() if each.path.startswith("api/v1/")]


@pytest.fixture
def program(world: World) -> Client:
    """A learning system with a token of the body."""
    made = create_body_token(
        actor=TESTER,
        user=world.cast.mona,
        program=BODY,
        name="Academy",
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )
    header = {"authorization": f"Bearer {made.secret}"}
    return Client(raise_request_exception=False, headers=header)


def answers(
    world: World, program: Client, each: Routed, *, body: str = BODY
) -> Iterator[tuple[str, int, set[str]]]:
    """Ask by each method of a route; give the answer, and what was written."""
    row = ROWS[each.name]
    parts = {
        part: world.things[row.names.get(part, part)].own
        for part in parts_of(each.path)
    }
    parts |= {"body": body} if "body" in parts else {}
    path = reverse(each.name, kwargs=parts)
    for method, call in row.calls.items():
        with undone():
            heard = ask(program, method, path, _sent(world, call))
        yield method, heard.status, set(heard.writes)


def _sent(world: World, call: Call) -> dict[str, object] | None:
    return dict(call.send(world)) if call.send else None


def test_it_opens_its_body_s_feed(world: World, program: Client) -> None:
    opened = {
        (each.name, method): status
        for each in REST
        if each.name in dict(FEED)
        for method, status, _ in answers(world, program, each)
        if (each.name, method) in FEED
    }
    assert set(opened) == FEED
    assert {*opened.values()} == {200, 202}


def test_it_opens_no_other_address(world: World, program: Client) -> None:
    for each in REST:
        for method, status, written in answers(world, program, each):
            kind = each.permissions[method].kind
            if (each.name, method) in FEED or kind is Kind.PUBLIC:
                continue
            assert status == 403, (each.name, method, status)
            # That it was refused is noted, nothing else.
            changed = written - {"core_auditentry", "core_audithead"}
            assert changed <= {"accounts_bodytoken"}, (each.name, changed)


def test_another_body_s_feed_is_answered_as_none(world: World, program: Client) -> None:
    for each in REST:
        if each.name not in dict(FEED):
            continue
        for body in (OTHER_BODY, "nobody"):
            for method, status, _ in answers(world, program, each, body=body):
                assert status == 404, (each.name, method, body)

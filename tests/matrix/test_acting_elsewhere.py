"""An administrator of one practice, and of what another one holds."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.checks import Routed, routed
from accounts.models import Member
from core.public_ids import spell
from tests.matrix.actors import BOTH
from tests.matrix.asking import TRAIL, ask, undone
from tests.matrix.expectations import Call, parts_of
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
# The address is the thing: whoever has it reads it, whichever practice they order for.
# A body's documents are all its practices' to read.
OF_BODIES = {"document version", "document version over REST"}
NOBODYS = {"estimate", *OF_BODIES}
TWO_PARTS = [
    each
    for each in routed()
    if "practice" in parts_of(each.path)
    and any(
        ROWS[each.name].names.get(part, part) not in {"practice", *NOBODYS}
        for part in parts_of(each.path)
    )
]


def asked(each: Routed, world: World) -> Iterator[tuple[str, Call, str, str]]:
    """Give each address in Lakeview of what is Northside's, and one of nothing."""
    row = ROWS[each.name]
    things = {
        part: world.things[row.names.get(part, part)] for part in parts_of(each.path)
    }
    places = {part: thing.foreign for part, thing in things.items()}
    for part, thing in things.items():
        if row.names.get(part, part) in {"practice", *NOBODYS}:
            continue
        values = [thing.own]
        if row.names.get(part, part).startswith("person"):
            values += yourself(thing.own)
        for value in values:
            for method, call in row.calls.items():
                here, nowhere = (
                    reverse(each.name, kwargs={**places, part: value}),
                    reverse(each.name, kwargs={**places, part: thing.missing}),
                )
                yield method, call, here, nowhere


def yourself(example: str) -> list[str]:
    """Name the asker's own place on the registry, at the other practice."""
    found = Member.objects.get(user__name="Hal Holder").pk
    prefix, mark, _ = example.rpartition("_")
    return [spell(prefix, found) if mark else str(found)]


@pytest.mark.parametrize("actor", ["foreign administrator", BOTH])
def test_acting_in_one_practice_nothing_of_another_is_there(
    world: World, actor: str
) -> None:
    faults, tried = [], 0
    for each in TWO_PARTS:
        for method, call, here, nowhere in asked(each, world):
            sent = call.send(world) if call.send else None
            client = world.client(actor)
            with undone():
                # What is worked out once a process is worked out now.
                ask(client, method, nowhere, sent)
            with undone():
                there = ask(client, method, here, sent, followed=True)
            with undone():
                missing = ask(client, method, nowhere, sent, followed=True)
            words = (here.split("/")[-2], nowhere.split("/")[-2], here, nowhere)
            alike = there.alike(*words) == missing.alike(*words)
            written = set(there.writes) - TRAIL
            same_way = there.steps == missing.steps
            if there.status != 404 or not alike or not same_way or written:
                faults.append(f"{method} {here}: {there.status}")
            tried += 1
    assert not faults, "\n".join(["", *faults])
    assert tried >= len(TWO_PARTS)


def test_who_administers_elsewhere_is_let_in_there(world: World) -> None:
    client, places = world.client(BOTH), world.things["practice"]
    answers = [
        client.get(reverse("practice_home", args=[slug])).status_code
        for slug in (places.foreign, places.own)
    ]
    assert answers == [200, 403]

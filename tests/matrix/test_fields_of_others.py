"""What a role may not write keeps its value, whatever is sent beside what it may."""

import json
import os
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.db import connection, models

from accounts.checks import Routed, routed
from tests.cast import NOW
from tests.db.rows import OURS
from tests.matrix.actors import ACTORS
from tests.matrix.asking import Heard, ask, checksum, undone
from tests.matrix.canaries import Column, belonging_to
from tests.matrix.expectations import IN, Call, Word
from tests.matrix.inspection import Inspection
from tests.matrix.table import ROWS
from tests.matrix.world import World
from tests.matrix.writable import WRITABLE

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
# What people ask for beside the names of columns.
WISHES = (
    "pk",
    "is_staff",
    "is_superuser",
    "status",
    "approved_by",
    "cycle_id",
    "tenant",
)


def columns() -> dict[str, Column]:
    """Give every column of ours by the names it may be asked for by."""
    found: dict[str, Column] = {}
    for model in OURS:
        for field in model._meta.concrete_fields:
            found[field.name] = found[field.attname] = field
    return found


def wished(field: Column, foreign: Mapping[type[models.Model], Any]) -> str:
    """Give a value that would do harm, were it taken."""
    target = field.related_model
    if isinstance(target, type) and foreign.get(target):
        return str(next(iter(foreign[target])))
    if field.choices:
        return str(list(field.choices)[-1][0])
    if isinstance(field, models.UUIDField):
        return str(next(iter(foreign[next(iter(foreign))])))
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2020-01-01T00:00:00Z"
    if isinstance(field, models.DateField):
        return "2020-01-01"
    return "30"


def extras(world: World, taken: set[str]) -> dict[str, str]:
    """Give a value for every column that may not be sent here."""
    foreign = belonging_to(world.cast.lakeview)
    found = {name: wished(field, foreign) for name, field in columns().items()}
    found |= dict.fromkeys(WISHES, "accepted")
    return {name: value for name, value in found.items() if name not in taken}


def writes(*, rest: bool) -> Iterator[tuple[Routed, str, Call]]:
    """Give every call that is sent something, on pages or over REST."""
    for each in routed():
        row = ROWS[each.name]
        if each.path.startswith("api/") is rest and row.word is not Word.PUBLIC:
            for method, call in row.calls.items():
                if method in {"POST", "PUT", "PATCH"} and call.send:
                    yield each, method, call


def actor_of(each: Routed, method: str) -> str:
    """Name somebody who may send it."""
    row = ROWS[each.name]
    rest = each.path.startswith("api/")
    return next(who for who in ACTORS if row.answer(who, method, rest=rest) is IN)


@contextmanager
def counting_anew() -> Iterator[None]:
    """Let PostgreSQL's counters, which no savepoint takes back, go on from the rows.

    Afterwards none stands lower than it did: kept rows have numbers beyond these.
    """
    if connection.vendor != "postgresql":
        yield
        return
    stood: dict[str, int] = {}
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.AutoField):
            table = model._meta.db_table
            counter = _asked(f"SELECT pg_get_serial_sequence('{table}', 'id')")
            stood[counter] = _asked(f"SELECT last_value FROM {counter}")  # noqa: S608
            free = f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {table})"  # noqa: S608
            _asked(f"SELECT setval('{counter}', {free}, false)")
    yield
    for counter, number in stood.items():
        highest = f"GREATEST({number}, last_value)"
        _asked(f"SELECT setval('{counter}', {highest}) FROM {counter}")  # noqa: S608


def _asked(question: str) -> Any:  # noqa: ANN401
    with connection.cursor() as cursor:
        cursor.execute(question)
        (answer,) = cursor.fetchone()
    return answer


@contextmanager
def the_same_again() -> Iterator[None]:
    """Let the same work draw the same numbers, at the same instant."""
    drawn = random.Random(4)  # noqa: S311
    with (
        counting_anew(),
        pytest.MonkeyPatch.context() as patch,
        time_machine.travel(NOW, tick=False),
    ):
        patch.setattr(os, "urandom", drawn.randbytes)
        patch.setattr(random, "_urandom", drawn.randbytes)
        with nothing_left(patch):
            yield


@contextmanager
def nothing_left(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take away what was stored: a key that is taken would be another the next time."""
    stored: list[tuple[FileSystemStorage, str]] = []
    store = FileSystemStorage.save

    def noting(self: FileSystemStorage, *of: Any, **more: Any) -> str:  # noqa: ANN401
        kept = store(self, *of, **more)
        stored.append((self, kept))
        return kept

    patch.setattr(FileSystemStorage, "save", noting)
    yield
    for storage, name in stored:
        storage.delete(name)


def test_pages_ignore_what_is_not_theirs_to_write(world: World) -> None:
    faults, tried, before = [], 0, checksum()
    for each, method, call in writes(rest=False):
        inspection = Inspection(each, ROWS[each.name], world)
        actor, ends = actor_of(each, method), []
        for more in (False, True):
            with undone(), the_same_again():
                assert call.send is not None
                sent = dict(call.send(world))
                if more:
                    plain = {name.rpartition("-")[2] for name in sent}
                    added = extras(world, plain | WRITABLE.get(each.name, set()))
                    starts = {name.partition("-")[0] for name in sent if "-" in name}
                    for start in starts:
                        added |= {f"{start}-{name}": it for name, it in added.items()}
                    sent = {**added, **sent}
                heard = ask(world.client(actor), method, inspection.path(), sent)
                ends.append((heard.status, checksum()))
        tried += 1
        if call.writes and (ends[0][0] not in call.statuses or ends[0][1] == before):
            faults.append(f"{each.name}: nothing was written: {ends[0][0]}")
        if ends[0] != ends[1]:
            faults.append(f"{each.name}: {ends[0][0]}, then {ends[1][0]}")
    assert not faults, "\n".join(["", *faults])
    assert tried > 20


def pointed_at(heard: Heard) -> set[str]:
    """Name the fields a problem points at."""
    told = json.loads(heard.body)
    return {each["pointer"].strip("#/") for each in told.get("errors", ())}


def test_rest_refuses_by_name_what_is_not_theirs_to_write(world: World) -> None:
    faults, tried = [], 0
    before = checksum()
    for each, method, call in writes(rest=True):
        inspection = Inspection(each, ROWS[each.name], world)
        assert call.send is not None
        sent = dict(call.send(world))
        added = extras(world, set(sent) | WRITABLE.get(each.name, set()))
        with undone():
            heard = ask(
                world.client(actor_of(each, method)),
                method,
                inspection.path(),
                {**added, **sent},
            )
            same = checksum() == before
        tried += 1
        if heard.status != 422 or not same:
            faults.append(f"{each.name} {method}: {heard.status}, changed: {not same}")
        elif missed := set(added) - pointed_at(heard):
            faults.append(f"{each.name} {method}: takes {sorted(missed)}")
    assert not faults, "\n".join(["", *faults])
    assert tried > 10


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite counts on from the rows."
)
def test_counting_anew_leaves_no_counter_lower_than_it_stood(db: None) -> None:
    """Rows made once in a process have the numbers they were made with."""
    counter = "core_auditentry_id_seq"
    stood = _asked(f"SELECT nextval('{counter}')") + 1000
    _asked(f"SELECT setval('{counter}', {stood})")
    with counting_anew():
        assert _asked(f"SELECT nextval('{counter}')") < stood
    assert _asked(f"SELECT nextval('{counter}')") > stood

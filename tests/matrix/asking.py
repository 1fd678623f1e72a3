"""One request of an actor, what it changed, and what two answers have in common."""

import functools
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from core.chain import HOUSE
from core.models import AuditEntry, AuditHead, UsedKey
from core.scope import current

ROOT = Path(__file__).parents[2]
NOT_OURS = (f"{ROOT}/tests/", f"{ROOT}/.venv/")
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
SESSIONS = "accounts_websession"
# That a token was used is noted whatever it opens.
TOKENS = "accounts_apitoken"
# A key is claimed before the work, and given back where nothing was done: whether it
# was is for the checksum to see.
KEYS = "core_usedkey"
# A refused write leaves one entry of the trail, at its chain's end.
ENTRIES = AuditEntry._meta.db_table
TRAIL = {ENTRIES, AuditHead._meta.db_table}
DENIED = "denied"
OPENINGS = "certificates_opening"
SAVEPOINT = re.compile(r"\bs\d+_x\d+\b")
CHANGING = (
    re.compile(rb'"request_id": ?"[^"]*"'),
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'name="form_key"[^>]*>'),
    re.compile(rb"<p[^>]* data-gs-request>.*?</p>"),
)
# Their values are the request's own, or follow the body's length.
PASSING_HEADERS = {"content-length", "x-request-id", "ratelimit"}


@dataclass
class Writes:
    """Notes the statements while it listens, and which tables change."""

    tables: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    scopes: set[str] = field(default_factory=set)

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: object) -> object:
        """Note a statement and let it through."""
        self.scopes.add(str(current()))
        self.statements.append(SAVEPOINT.sub("point", sql))
        found = WRITE.match(sql)
        if found and found[1] not in {SESSIONS, TOKENS, KEYS}:
            self.tables.append(found[1])
        return execute(sql, *rest)


@functools.cache
def is_ours(place: str) -> bool:
    """Tell whether a file is the project's, outside its tests."""
    return place.startswith(f"{ROOT}/") and not place.startswith(NOT_OURS)


@dataclass
class Steps:
    """Notes which of the project's functions are entered, in order."""

    taken: list[str] = field(default_factory=list)

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Note a call; what happens in the function, nobody is told."""
        if event == "call" and is_ours(frame.f_code.co_filename):
            self.taken.append(f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}")


@dataclass(frozen=True)
class Heard:
    """An answer, the tables that changed for it, and the way it was come by."""

    response: HttpResponse
    body: bytes
    writes: tuple[str, ...]
    statements: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    steps: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    def besides(self, *, noted: bool) -> set[str]:
        """What was written, besides that somebody looked where that is noted."""
        return {*self.writes} - ({*TRAIL, OPENINGS} if noted else set())

    def came_like(self, other: "Heard") -> bool:
        """Tell whether two were come by alike, in the database and the code."""
        return (self.statements, self.steps) == (other.statements, other.steps)

    def alike(self, *words: str) -> tuple[int, dict[str, str], bytes]:
        """Give what must be the same in two answers, the asked words left out."""
        body = self.body
        for pattern in CHANGING:
            body = pattern.sub(b"", body)
        headers = {
            name: value
            for name, value in self.response.headers.items()
            if name.lower() not in PASSING_HEADERS
        }
        for word in sorted(words, key=len, reverse=True):
            body = body.replace(word.encode(), b"*")
            headers = {name: each.replace(word, "*") for name, each in headers.items()}
        return self.status, headers, body


def ask(
    client: Client,
    method: str,
    path: str,
    sent: Mapping[str, Any] | None = None,
    *,
    followed: bool = False,
) -> Heard:
    """Send one request: a form to a page, JSON or a file with a fresh key over REST."""
    cache.clear()
    given: dict[str, Any] = {}
    if sent is not None and any(hasattr(each, "read") for each in sent.values()):
        given["headers"] = {"idempotency-key": uuid4().hex}
        given["data"] = sent
    elif sent is not None and path.startswith("/api/"):
        given["headers"] = {"idempotency-key": uuid4().hex}
        given["content_type"] = "application/json"
        given["data"] = json.dumps(sent)
    elif sent is not None:
        given["data"] = sent
    writes, steps, cookies = Writes(), Steps(), deepcopy(client.cookies)
    before = sys.gettrace()
    if followed:
        # A profile would be told of each function's end and of Python's own, too.
        sys.settrace(steps)
    try:
        with connection.execute_wrapper(writes):
            response: HttpResponse = getattr(client, method.lower())(path, **given)
            # A list that is sent piece by piece is read piece by piece.
            body = b"".join(response) if response.streaming else response.content
    finally:
        sys.settrace(before)
    # Whatever the answer was, the actor asks the next thing as before.
    client.cookies = cookies
    return Heard(
        response,
        body,
        tuple(writes.tables),
        tuple(writes.statements),
        frozenset(writes.scopes),
        tuple(steps.taken),
    )


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens in the block."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def checksum() -> str:
    """Sum up every row of every table, sessions and tokens' use left out.

    So are the trail's entries of refused writes, and the end of the chain they are in.
    """
    found = sha256()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed or table == SESSIONS:
            continue
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname != "last_used_at"
        ]
        rows = model._default_manager.order_by("pk").values_list(*columns)
        if model is AuditEntry:
            rows = rows.exclude(action=DENIED)
        if model is AuditHead:
            rows = rows.exclude(chain=HOUSE)
        if model is UsedKey:
            # A key that was given back says that nothing happened.
            rows = rows.exclude(fingerprint="")
        found.update(repr((table, list(rows))).encode())
    return found.hexdigest()

"""What tests need of the database: the processes' roles, a flush that works.

Tests make their rows as the owner, who migrates. A request is answered as the role the
web works as and a task is done as the worker's, on the same connection, so the
database's own walls stand in tests too.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from celery import Task
from django.core.handlers.base import BaseHandler
from django.core.management.color import Style
from django.db import InternalError, connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

WEB = "goodstanding_web"
WORKER = "goodstanding_worker"
AUDITOR = "goodstanding_auditor"
SEALED = ("core_auditentry", "credentials_givenreport")
TRIGGER = "ALTER TABLE {0} {1} TRIGGER {0}_not_emptied"


@contextmanager
def working_as(role: str) -> Iterator[None]:
    """Run a block as a role of PostgreSQL; on SQLite there are none.

    Inside a transaction the role ends with it, whatever happens.
    """
    if connection.vendor != "postgresql":
        yield
        return
    _set_role(role)
    try:
        yield
    finally:
        # A broken transaction takes no statement; its rollback ends the role.
        with suppress(InternalError, TransactionManagementError):
            _set_role("NONE")


def _set_role(role: str) -> None:
    local = "LOCAL" if connection.in_atomic_block else "SESSION"
    with connection.cursor() as cursor:
        cursor.execute(f"SET {local} ROLE {role}")


@pytest.fixture(autouse=True)
def requests_work_as_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer every request as the web's role: clients, live servers, threads."""
    answer = BaseHandler.get_response

    def as_the_web(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        with working_as(WEB):
            return answer(self, request)

    if connection.vendor == "postgresql":
        monkeypatch.setattr(BaseHandler, "get_response", as_the_web)


@pytest.fixture(autouse=True)
def tasks_work_as_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do every task that a test calls as the worker's role."""
    do = Task.__call__

    def as_the_worker(self: "Task[..., Any]", *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        with working_as(WORKER):
            return do(self, *args, **kwargs)

    if connection.vendor == "postgresql":
        monkeypatch.setattr(Task, "__call__", as_the_worker)


@pytest.fixture(autouse=True, scope="session")
def ledgers_can_be_flushed() -> Iterator[None]:
    """Let Django empty the tables between tests in spite of their triggers.

    PostgreSQL empties with TRUNCATE, which the triggers of sealed tables alone refuse.
    """
    operations = type(connection.ops)
    plan = operations.sql_flush

    def with_triggers_set_aside(
        ops: BaseDatabaseOperations, style: Style, tables: list[str], **how: bool
    ) -> list[str]:
        statements = plan(ops, style, tables, **how)
        if connection.vendor == "postgresql":
            off, on = (
                [TRIGGER.format(table, what) for table in SEALED]
                for what in ("DISABLE", "ENABLE")
            )
            return [*off, *statements, *on]
        saved = triggers()
        drops = [f"DROP TRIGGER {ops.quote_name(name)}" for name in saved]
        return [*drops, *statements, *saved.values()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", with_triggers_set_aside)
        yield


def triggers() -> dict[str, str]:
    """Give SQLite's triggers, with what makes each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())

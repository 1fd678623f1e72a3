"""Requests are answered as a role that no policy of the database lets through."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path

from core.migrating import READERS, ROLES, WRITERS
from tests.cast import Cast
from tests.database import AUDITOR, WEB, WORKER, working_as

pytestmark = [
    pytest.mark.db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
WHO = """
    SELECT rolname, rolsuper, rolbypassrls, rolcanlogin,
      (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)
    FROM pg_roles WHERE rolname = {}
"""
GRANTED = """
    SELECT table_name, privilege_type FROM information_schema.table_privileges
    WHERE grantee = '{}' AND table_schema = 'public'
"""
# Nobody but the owner, whom a trigger stops, may do more to the trail than append.
SEALED = {
    (table, right)
    for table in ("core_auditentry", "credentials_givenreport")
    for right in ("UPDATE", "DELETE")
}
ON_THE_TRAIL = ("UPDATE {} SET reason = ''", "DELETE FROM {}")
BEYOND = ("TRUNCATE {}", "DROP TABLE {}", "ALTER TABLE {} ADD x int")


def ask(sql: str) -> list[tuple[object, ...]]:
    """Run a query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def whoami(request: HttpRequest) -> JsonResponse:
    """Say as whom the database is asked."""
    return JsonResponse({"role": ask(WHO.format("current_user"))[0]})


def breaks(request: HttpRequest) -> JsonResponse:
    """Fail as the web's role."""
    raise LookupError


urlpatterns = [path("whoami/", whoami), path("breaks/", breaks)]
in_scratch = pytest.mark.urls(__name__)


@in_scratch
@pytest.mark.django_db
def test_a_request_works_as_the_web_and_the_test_as_owner() -> None:
    answer = Client().get("/whoami/").json()
    assert answer["role"] == [WEB, False, False, False, 0]
    assert ask("SELECT current_user")[0][0] not in ROLES


@in_scratch
@pytest.mark.django_db(transaction=True)
def test_so_does_a_request_outside_a_transaction() -> None:
    assert Client().get("/whoami/").json()["role"][0] == WEB
    assert ask("SELECT current_user")[0][0] not in ROLES


@in_scratch
@pytest.mark.django_db
def test_the_role_ends_where_a_request_fails() -> None:
    Client(raise_request_exception=False).get("/breaks/")
    assert ask("SELECT current_user")[0][0] not in ROLES


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_role_passes_the_walls(role: str) -> None:
    assert ask(WHO.format(f"'{role}'")) == [(role, False, False, False, 0)]


@pytest.mark.django_db
def test_the_owner_of_the_tables_is_none_of_the_roles() -> None:
    owners = {row[0] for row in ask("SELECT DISTINCT tableowner FROM pg_tables")}
    assert not owners & set(ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "rights"),
    [
        (WRITERS, {"SELECT", "INSERT", "UPDATE", "DELETE"}),
        (READERS, {"SELECT"}),
    ],
)
def test_every_table_grants_a_role_its_rights(
    roles: tuple[str, ...], rights: set[str]
) -> None:
    tables = connection.introspection.table_names()
    for role in roles:
        held = ask(GRANTED.format(role))
        expected = {(table, right) for table in tables for right in rights}
        assert expected - SEALED == set(held)


@pytest.mark.parametrize("verb", [*BEYOND, *ON_THE_TRAIL])
def test_the_web_keeps_what_is_written(verb: str, cast: Cast) -> None:
    for role in (WEB, WORKER):
        refused(role, lambda: ask(verb.format("core_auditentry")))


def test_the_auditor_reads_only(cast: Cast) -> None:
    with working_as(AUDITOR):
        assert ask("SELECT count(*) FROM core_auditentry")[0][0]
    refused(AUDITOR, lambda: cast.bob.save())


def refused(role: str, act: Callable[[], object]) -> None:
    """Do something as a role that has no right to it."""
    denied = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with denied, transaction.atomic(), working_as(role):
        act()

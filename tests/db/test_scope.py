"""Each transaction tells PostgreSQL whose rows it may see, and nothing stays behind."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path

from accounts.access import PUBLIC, Door
from accounts.routes import route
from core.scope import SETTING, Scope, current, scoped

pytestmark = [
    pytest.mark.db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no settings"
    ),
]


def told() -> str:
    """Ask the database for its scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        return str(cursor.fetchone()[0] or "")


@route(permission=PUBLIC)
def ask(request: HttpRequest, door: Door) -> JsonResponse:
    """Say which scope a page runs in."""
    return JsonResponse({"scope": told()})


urlpatterns = [path("ask/", ask)]


@pytest.mark.django_db
def test_a_block_s_scope_ends_with_it() -> None:
    assert told() == ""
    practice = Scope.practice(uuid4())
    with scoped(practice):
        assert told() == str(practice) == str(current())
        with scoped(Scope.staff("some-body")):
            assert told() == "staff:some-body"
        assert told() == str(practice)
    assert told() == ""
    assert current() is None


@pytest.mark.django_db(transaction=True)
def test_no_scope_outlives_its_transaction() -> None:
    with scoped(Scope.sweep()):
        assert told() == "sweep"
    assert told() == ""


@pytest.mark.django_db(transaction=True)
def test_nor_one_that_broke_off() -> None:
    with pytest.raises(LookupError), scoped(Scope.public()):
        raise LookupError
    assert told() == ""
    assert current() is None


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_page_runs_in_its_door_s_scope() -> None:
    assert Client().get("/ask/").json() == {"scope": "public"}
    assert told() == ""

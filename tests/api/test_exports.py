"""A program asks for a table, waits, and fetches it; what it may, and no more."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core.models import AuditEntry, ExportJob
from core.tasks import make_export
from tests.api.asking import Api, places, problem, secret_of
from tests.cast import BODY, Cast
from tests.database import WORKER, working_as

PEOPLE = {"kind": "people", "format": "csv"}


def made(told: dict[str, Any]) -> None:
    """Let the worker make the only one there is."""
    with working_as(WORKER):
        make_export(str(ExportJob.objects.get().pk))


def api_of(cast: Cast, *scopes: str) -> Api:
    """Northside's program with some scopes."""
    return Api("northside", secret_of(cast.northside, cast.alice, scopes))


def test_a_table_is_asked_for_looked_after_and_fetched(api: Api, cast: Cast) -> None:
    asked = api.post("exports", {**PEOPLE, "filters": {"q": "bob"}})
    told = asked.json()
    assert (asked.status_code, told["state"], told["program"]) == (
        202,
        "waiting",
        BODY,
    )
    place = f"exports/{told['id']}"
    assert api.get(f"{place}/file").status_code == 404

    made(told)

    ready = api.get(place).json()
    assert (ready["state"], ready["done"], ready["of"]) == ("ready", 1, 1)
    assert api.get("exports").json()["results"] == [ready]
    answer = api.get(f"{place}/file")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (bob,) = csv.DictReader(io.StringIO(text, newline=""))
    assert bob["last_name"] == "Baker"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    entry = AuditEntry.objects.get(action="export.opened")
    assert entry.token_id is not None


def test_the_same_request_again_is_the_same_file(api: Api) -> None:
    first = api.post("exports", PEOPLE, key="once")
    again = api.post("exports", PEOPLE, key="once")
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert ExportJob.objects.count() == 1
    other = api.post("exports", {**PEOPLE, "format": "xlsx"}, key="once")
    problem(other, 422, "idempotency-key-reused")


def test_a_day_later_the_same_key_makes_a_new_file(api: Api) -> None:
    first = api.post("exports", PEOPLE, key="nightly")
    a_day_later = ExportJob.objects.get().at + timedelta(hours=24)
    with time_machine.travel(a_day_later, tick=False):
        later = api.post("exports", PEOPLE, key="nightly")
    assert later.status_code == 202
    assert later.json()["id"] != first.json()["id"]
    assert ExportJob.objects.count() == 2


def test_without_a_key_nothing_is_made(api: Api) -> None:
    refused = api.send("POST", "exports", b'{"kind": "people", "format": "csv"}')
    assert refused.status_code == 400
    assert not ExportJob.objects.exists()


def test_a_table_needs_the_scope_of_what_it_shows(cast: Cast, today: object) -> None:
    money = api_of(cast, "exports:read", "orders:read")
    refused = money.post("exports", PEOPLE)
    assert "members:read" in problem(refused, 403, "forbidden")["detail"]
    assert money.post("exports", {**PEOPLE, "kind": "orders"}).status_code == 202
    both = api_of(cast, "exports:read", "members:read")
    told = both.post("exports", PEOPLE).json()
    assert money.get(f"exports/{told['id']}").status_code == 404
    assert [each["kind"] for each in money.get("exports").json()["results"]] == [
        "orders"
    ]
    assert api_of(cast, "members:read").post("exports", PEOPLE).status_code == 403


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        ("seats", "assignments:read"),
        ("readings", "documents:read"),
        ("acknowledgements", "documents:read"),
        ("own_documents", "documents:read"),
    ],
)
def test_seats_and_documents_are_asked_for_with_the_scope_of_their_lists(
    cast: Cast, today: object, kind: str, scope: str
) -> None:
    asked = {"kind": kind, "format": "jsonl"}
    refused = api_of(cast, "exports:read", "orders:read").post("exports", asked)
    assert scope in problem(refused, 403, "forbidden")["detail"]
    told = api_of(cast, "exports:read", scope).post("exports", asked)
    assert told.status_code == 202
    made(told.json())
    assert ExportJob.objects.get().state == "ready"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"kind": "secrets", "format": "csv"}, "/kind"),
        ({"kind": "people"}, "/format"),
        ({**PEOPLE, "more": 1}, "/more"),
        ({**PEOPLE, "filters": {"state": "valid"}}, "/filters/state"),
        ({**PEOPLE, "filters": {"only": "renwe"}}, "/filters/only"),
        (
            {**PEOPLE, "kind": "certificates", "filters": {"state": "vaild"}},
            "/filters/state",
        ),
        (
            {**PEOPLE, "kind": "activity", "filters": {"until": "tomorrow"}},
            "/filters/until",
        ),
        ({**PEOPLE, "filters": {"nobody": "x"}}, "/filters/nobody"),
    ],
)
def test_what_can_t_be_used_is_named(api: Api, body: object, where: str) -> None:
    refused = api.post("exports", body)
    assert places(problem(refused, 422, "validation-error")) == [where]
    assert not ExportJob.objects.exists()


def test_another_practice_s_program_finds_neither_job_nor_file(
    api: Api, cast: Cast
) -> None:
    told = api.post("exports", PEOPLE).json()
    made(told)
    theirs = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    assert theirs.get("exports").json()["count"] == 0
    for tail in (f"exports/{told['id']}", f"exports/{told['id']}/file"):
        assert theirs.get(tail).status_code == 404

"""A program sends a roster over real HTTP: checked, or imported, and never in part."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.live_server_helper import LiveServer

from accounts.models import Member, RosterImport
from accounts.tasks import import_roster
from core.models import AuditEntry, OutboxMessage
from tests.api.asking import BOUNDARY, FORM, secret_of
from tests.api.test_over_http import HERE, Got, Http, cast
from tests.cast import Cast
from tests.database import WORKER, working_as

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db(transaction=True)]
PLACE = f"{HERE}/imports"
HEAD = "first_name,last_name,email,role\n"
GOOD = [f"Nora{number},New,nora{number}@mail.example,Scribe\n" for number in range(8)]
BAD = [",New,missing@mail.example,Scribe\n", "Ned,New,not an address,Scribe\n"]


@pytest.fixture
def program(live_server: LiveServer, cast: Cast) -> Http:
    """Northside's program."""
    scopes = ["members:write", "members:read"]
    return Http(live_server.url, secret_of(cast.northside, cast.alice, scopes))


def sent(program: Http, text: str, key: str = "", **fields: str) -> Got:
    """Send a roster as a form."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="file"; filename="roster.csv"'
    parts.append(f"--{BOUNDARY}\r\n{head}\r\nContent-Type: text/csv\r\n\r\n{text}")
    body = "\r\n".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()
    more = {"Idempotency_Key": key or uuid4().hex}
    return program.ask("POST", PLACE, body, FORM, **more)


def people() -> int:
    """How many records there are."""
    return Member.objects.count()


def worked(told: Mapping[str, Any]) -> None:
    """Let the worker do what it finds."""
    with working_as(WORKER):
        import_roster(str(RosterImport.objects.get(state="importing").pk))


def test_a_dry_run_of_ten_rows_two_of_them_bad_saves_nothing_and_names_both(
    program: Http,
) -> None:
    before = people()
    got = sent(program, HEAD + "".join(GOOD[:4] + BAD + GOOD[4:]), dry_run="true")
    assert got.status == 201
    told = got.said
    assert (told["rows"], told["new"], told["bad"]) == (10, 8, 2)
    assert [(each["row"], each["column"]) for each in told["problems"]] == [
        (6, "first_name"),
        (7, "email"),
    ]
    assert all(each["code"] and each["message"] for each in told["problems"])
    assert (told["state"], people()) == ("checked", before)
    assert not OutboxMessage.objects.filter(kind="invite").exists()

    read = program.ask("GET", f"{PLACE}/{told['id']}")
    assert read.said == told
    mend = program.ask("GET", f"{PLACE}/{told['id']}/bad-rows.csv")
    lines = mend.body.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "not an address" in lines[2]


def test_what_was_sent_in_is_listed_the_newest_first_in_brief(
    program: Http, live_server: LiveServer, cast: Cast
) -> None:
    first = sent(program, HEAD + GOOD[0] + BAD[0], dry_run="true").said
    second = sent(program, HEAD + GOOD[1], dry_run="true").said
    again = program.ask("GET", f"{PLACE}/{first['id']}").said
    brief = [
        {name: each[name] for name in each if name not in ("problems", "notes")}
        for each in (second, again)
    ]
    listed = program.ask("GET", PLACE).said
    assert (listed["count"], listed["results"]) == (2, brief)
    assert [each["state"] for each in brief] == ["checked", "replaced"]
    assert {each["checked_by"] for each in brief} == {"API token Payroll"}
    behind = program.ask("GET", f"{PLACE}?page=2&page_size=1").said
    assert behind["results"] == brief[1:]
    assert behind["previous"].endswith("page_size=1")
    assert program.ask("GET", f"{PLACE}?state=done").status == 400

    reads = Http(
        live_server.url, secret_of(cast.northside, cast.alice, ["members:read"])
    )
    assert reads.ask("GET", PLACE).status == 403
    theirs = Http(live_server.url, secret_of(cast.lakeview, cast.frank))
    assert theirs.ask("GET", PLACE).status == 404
    own = theirs.ask("GET", "/api/v1/practices/lakeview/imports").said
    assert own["results"] == []


def test_all_or_nothing_with_a_bad_row_is_refused_and_names_it(program: Http) -> None:
    before = people()
    got = sent(program, HEAD + GOOD[0] + BAD[0])
    assert got.status == 422
    assert [each["pointer"] for each in got.said["errors"]] == ["/rows/3/first_name"]
    assert people() == before
    assert not RosterImport.objects.filter(state="importing").exists()


def test_the_good_rows_alone_are_imported_invited_and_told_of(program: Http) -> None:
    before = people()
    text = HEAD + "".join(GOOD + BAD)
    got = sent(program, text, mode="good_rows", invite="true")
    assert (got.status, got.said["state"]) == (202, "importing")
    worked(got.said)
    read = program.ask("GET", f"{PLACE}/{got.said['id']}").said
    assert (read["state"], read["added"], read["done"]) == ("done", 8, 8)
    assert people() == before + 8
    assert OutboxMessage.objects.filter(kind="invite").count() == 8
    entry = AuditEntry.objects.get(action="roster.imported")
    assert entry.token_id is not None


def test_the_same_request_again_imports_once(program: Http) -> None:
    first = sent(program, HEAD + GOOD[0], key="once")
    again = sent(program, HEAD + GOOD[0], key="once")
    assert (first.status, again.status) == (202, 202)
    assert again.said == first.said
    assert again.headers["Idempotent-Replayed"] == "true"
    other = sent(program, HEAD + GOOD[1], key="once")
    assert other.said["type"] == "/problems/idempotency-key-reused"


@pytest.mark.parametrize(
    ("text", "fields", "status"),
    [
        ("name\nNora\n", {}, 422),
        ("", {}, 422),
        (HEAD + GOOD[0], {"dry_run": "maybe"}, 422),
        (HEAD + GOOD[0], {"mode": "some"}, 422),
        (HEAD + GOOD[0], {"secret": "1"}, 422),
    ],
)
def test_what_can_t_be_used_is_refused_and_nothing_is_kept(
    program: Http, text: str, fields: dict[str, str], status: int
) -> None:
    got = sent(program, text, **fields)
    assert got.status == status
    assert got.said["errors"]
    assert not RosterImport.objects.exists()


def test_a_token_without_the_scope_and_another_practice_s_get_nothing(
    program: Http, live_server: LiveServer, cast: Cast
) -> None:
    told = sent(program, HEAD + GOOD[0], dry_run="true").said
    reads = Http(
        live_server.url, secret_of(cast.northside, cast.alice, ["members:read"])
    )
    assert sent(reads, HEAD + GOOD[0]).status == 403
    theirs = Http(live_server.url, secret_of(cast.lakeview, cast.frank))
    assert sent(theirs, HEAD + GOOD[0]).status == 404
    for tail in (told["id"], f"{told['id']}/bad-rows.csv"):
        assert theirs.ask("GET", f"{PLACE}/{tail}").status == 404
        foreign = f"/api/v1/practices/lakeview/imports/{tail}"
        assert theirs.ask("GET", foreign).status == 404

"""What a report may hold, each input with its answer and what is stored of it."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from ce_credits.models import Activity
from tests.api.asking import Api, Caller, mem, places, problem, tail_of
from tests.api.reporting import begun, for_bob, proved, row_of, submitted
from tests.cast import BODY, Cast

pytestmark = pytest.mark.db

# JSON as it is sent → the minutes that are stored, and the credit they give.
GOOD_MINUTES: list[tuple[str, int, str | None]] = [
    ("1", 1, "0.5"),
    ("7", 7, "0.5"),
    ("8", 8, "0.5"),
    ("14", 14, "0.5"),
    ("15", 15, "0.5"),
    ("16", 16, "0.5"),
    ("22", 22, "0.5"),
    ("23", 23, "0.5"),
    ("29", 29, "0.5"),
    ("30", 30, "0.5"),
    ("31", 31, "1.0"),
    ("44", 44, "1.0"),
    ("45", 45, "1.0"),
    ("46", 46, "1.0"),
    ("60", 60, "1.0"),
    ("60.0", 60, "1.0"),
    ("6e1", 60, "1.0"),
    ("61", 61, "1.5"),
    ("90", 90, "1.5"),
    ("91", 91, "2.0"),
    ("120", 120, "2.0"),
    ("121", 121, None),
    ("1e3", 1000, None),
    ("1000000000", 10**9, None),
]
BAD_MINUTES = [
    "-1",
    "0",
    "-0",
    "0.0",
    "0.1",
    "59.999",
    "60.0000000000000000000001",
    "1.5",
    "-45",
    "1e-400",
    "1e308",
    "1E400",
    "-1e308",
    "1000000001",
    "1000000000000",
    "9" * 400,
    '""',
    '" "',
    '"60"',
    '"60.0"',
    '" 60 "',
    '"0x3C"',
    '"1,5"',
    '"\u0666\u0660"',
    '"\uff16\uff10"',
    '"NaN"',
    '"sixty"',
    "true",
    "false",
    "[]",
    "[60]",
    "{}",
    '{"minutes": 60}',
]
NO_JSON = ["NaN", "Infinity", "-Infinity", "0x3C", "060", "+60", "60,", "'60'", "1_000"]


def with_minutes(cast: Cast, raw: str) -> bytes:
    """A report whose minutes are these characters."""
    return json.dumps(for_bob(cast, minutes=0)).replace(": 0", f": {raw}").encode()


def drafts() -> int:
    """How many activities are being written."""
    return Activity.objects.filter(state="draft").count()


@pytest.mark.parametrize(("raw", "stored", "amount"), GOOD_MINUTES)
def test_whole_minutes_are_taken_and_give_their_credit(
    api: Api, cast: Cast, raw: str, stored: int, amount: str | None
) -> None:
    made = api.post("ce-activities", None, raw=with_minutes(cast, raw)).json()
    assert made["minutes"] == stored
    proved(made)
    done = api.post(tail_of(made, "submit"), {}).json()
    assert done["minutes"] == row_of(made).minutes == stored
    assert (done["credit"] and done["credit"]["amount"]) == amount
    assert bool(done["waiting"]) is (amount is None)


@pytest.mark.parametrize("raw", BAD_MINUTES)
def test_other_minutes_are_refused_and_nothing_is_stored(
    api: Api, cast: Cast, raw: str
) -> None:
    made = begun(api, cast)
    raw_body = with_minutes(cast, raw)
    said = problem(
        api.post("ce-activities", None, raw=raw_body), 422, "validation-error"
    )
    assert places(said) == ["/minutes"]
    changes = f'{{"minutes": {raw}}}'.encode()
    said = problem(api.send("PATCH", tail_of(made), changes), 422, "validation-error")
    assert places(said) == ["/minutes"]
    quote = f'{{"program": "{BODY}", "kind": "webinar", "minutes": {raw}}}'
    said = problem(
        api.post("credit-quotes", None, raw=quote.encode()), 422, "validation-error"
    )
    assert places(said) == ["/minutes"]
    assert drafts() == 1
    assert api.get(tail_of(made)).json() == made


@pytest.mark.parametrize("raw", NO_JSON)
def test_what_is_no_json_is_malformed(api: Api, cast: Cast, raw: str) -> None:
    answer = api.post("ce-activities", None, raw=with_minutes(cast, raw))
    problem(answer, 400, "malformed")
    assert drafts() == 0


GOOD_DAYS = ["2025-11-17", "2024-02-29", "2016-12-31", "0001-01-01"]
LATER_DAYS = ["2025-11-18", "2026-01-01", "9999-12-31"]
BAD_DAYS: list[object] = [
    "2025-02-29",
    "2025-02-31",
    "2025-13-01",
    "2025-00-10",
    "0000-01-01",
    "10000-01-01",
    "11/17/2025",
    "17.11.2025",
    "2025-1-7",
    "2025-11-17T00:00:00Z",
    "20251117",
    "2025-W47-1",
    " 2025-11-17",
    "\uff12\uff10\uff12\uff15-11-17",
    "today",
    "",
    20251117,
    True,
    ["2025-11-17"],
    {},
]


@pytest.mark.parametrize("day", GOOD_DAYS)
def test_a_day_that_was_is_taken(own: Caller, cast: Cast, day: str) -> None:
    assert submitted(own, cast, on=day)["on"] == day


@pytest.mark.parametrize("day", LATER_DAYS)
def test_a_day_to_come_is_kept_but_not_submitted(
    own: Caller, cast: Cast, day: str
) -> None:
    made = begun(own, cast, on=day)
    proved(made)
    said = problem(own.post(tail_of(made, "submit"), {}), 422, "validation-error")
    assert places(said) == ["/on"]
    assert own.get(tail_of(made)).json()["on"] == day


@pytest.mark.parametrize("day", BAD_DAYS)
def test_what_is_no_day_is_refused(own: Caller, cast: Cast, day: object) -> None:
    sent = for_bob(cast, on=day)
    del sent["member"]
    said = problem(own.post("ce-activities", sent), 422, "validation-error")
    assert places(said) == ["/on"]
    assert drafts() == 0


def test_the_day_is_the_body_s(api: Api, cast: Cast) -> None:
    """Dec 1 begins eight hours later in California than in UTC."""
    with time_machine.travel(datetime(2025, 12, 1, 7, 59, tzinfo=UTC)):
        made = begun(api, cast, on="2025-12-01")
        proved(made)
        problem(api.post(tail_of(made, "submit"), {}), 422, "validation-error")
    with time_machine.travel(datetime(2025, 12, 1, 8, 0, tzinfo=UTC)):
        done = api.post(tail_of(made, "submit"), {}).json()
    assert done["credit"]["counts_from"] == "2025-12-01"


NOT_THEIRS: list[tuple[str, object]] = [
    ("status", "approved"),
    ("status", "accepted"),
    ("state", "accepted"),
    ("credits", "30"),
    ("credit", {"amount": "30.0"}),
    ("amount", "30.0"),
    ("approved_by", "Erin Ellis"),
    ("decided_by", "Erin Ellis"),
    ("reported_by", "Erin Ellis"),
    ("practice", "lakeview"),
    ("practice_id", "00000000-0000-0000-0000-000000000000"),
    ("cycle_id", "trm_" + "0" * 32),
    ("id", "ce_" + "0" * 32),
    ("version", 7),
    ("saves", 7),
    ("submitted_at", "2025-01-01T00:00:00Z"),
    ("created_at", "2025-01-01T00:00:00Z"),
    ("proof", "seen"),
    ("proofs", []),
    ("history", []),
    ("waiting", None),
    ("typed", {}),
    ("read_from_file", []),
    ("hours", 1),
    ("__class__", "x"),
]


@pytest.mark.parametrize(("name", "value"), NOT_THEIRS)
def test_what_isn_t_theirs_to_say_is_refused_by_name(
    api: Api, own: Caller, cast: Cast, name: str, value: object
) -> None:
    made = begun(api, cast)
    proved(made)
    for caller in (api, own):
        sent = for_bob(cast, **{name: value})
        if caller is own:
            del sent["member"]
        for answer in (
            caller.post("ce-activities", sent),
            caller.patch(tail_of(made), {name: value}),
            caller.post(tail_of(made, "submit"), {name: value}),
            caller.post(tail_of(made, "withdraw"), {name: value}),
        ):
            said = problem(answer, 422, "validation-error")
            assert places(said) == [f"/{name}"]
            assert said["errors"][0]["code"] == "unknown"
    assert drafts() == 1
    after = api.get(tail_of(made)).json()
    assert after["status"] == "draft"
    assert {**after, "proofs": []} == made


@pytest.mark.parametrize(("name", "value"), [("member", "mem"), ("program", BODY)])
def test_whose_it_is_can_t_be_changed(
    api: Api, own: Caller, cast: Cast, name: str, value: str
) -> None:
    made = begun(api, cast)
    value = mem(cast.charlie.pk) if value == "mem" else value
    for caller in (api, own):
        answer = caller.patch(tail_of(made), {name: value})
        assert places(problem(answer, 422, "validation-error")) == [f"/{name}"]
    sent = for_bob(cast, member=mem(cast.charlie.pk))
    said = problem(own.post("ce-activities", sent), 422, "validation-error")
    assert places(said) == ["/member"]


KEPT_AS_THEY_ARE = [
    "\u202egnirevoc\u202c",
    "{{7*7}}",
    "{% load static %}",
    '<img src="file:///etc/passwd" onerror="alert(1)">',
    '=HYPERLINK("http://evil.example","x")',
    "Robert'); DROP TABLE students;--",
    "\U0001f9d1\u200d\u2695\ufe0f care",
    "e\u0301tude",
    "  two  spaces  ",
    "t" * 300,
]
NOT_TAKEN: list[object] = [
    "a\0b",
    "first\nsecond",
    "Subject\r\nBcc: all@mail.example",
    "a\u2028b",
    "\x1b[31m",
    "\x85",
    "t" * 301,
    "t" * 10_001,
    5,
    None,
    True,
    ["a"],
    {"a": "b"},
]


@pytest.mark.parametrize("text", KEPT_AS_THEY_ARE)
def test_text_is_kept_and_told_as_it_was_sent(
    own: Caller, cast: Cast, text: str
) -> None:
    made = begun(own, cast, title=text)
    assert made["title"] == text
    proved(made)
    done = own.post(tail_of(made, "submit"), {}).json()
    assert done["title"] == row_of(made).title == text.strip()


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_text_that_no_line_can_hold_is_refused(
    own: Caller, cast: Cast, text: object
) -> None:
    made = begun(own, cast)
    sent = for_bob(cast, title=text)
    del sent["member"]
    for answer in (
        own.post("ce-activities", sent),
        own.patch(tail_of(made), {"title": text}),
    ):
        assert places(problem(answer, 422, "validation-error")) == ["/title"]
    assert drafts() == 1
    assert own.get(tail_of(made)).json() == made


@pytest.mark.parametrize(
    "raw",
    [
        b'{"title": "half \\ud800 a character"}',
        b'{"title": "\xed\xa0\x80"}',
        b'{"title": "\xff"}',
        b'{"title": "one", "title": "two"}',
        b'{"title": ',
        b"[" * 10_000,
        b"",
        b"{" * 10_000,
    ],
)
def test_a_body_that_can_t_be_read_is_malformed(
    own: Caller, cast: Cast, raw: bytes
) -> None:
    made = begun(own, cast)
    answer = own.send("PATCH", tail_of(made), raw)
    if raw:
        problem(answer, 400, "malformed")
    assert own.get(tail_of(made)).json() == made


BAD_KINDS = [("webinars", "unknown"), ("", "blank"), ("a b", "code"), ("k" * 41, "")]


@pytest.mark.parametrize(("kind", "code"), BAD_KINDS)
def test_a_kind_that_the_program_doesn_t_know_is_refused_and_the_others_named(
    own: Caller, cast: Cast, kind: str, code: str
) -> None:
    for answer in (
        own.post("ce-activities", {"program": BODY, "kind": kind}),
        own.post("credit-quotes", {"program": BODY, "kind": kind}),
    ):
        said = problem(answer, 422, "validation-error")
        assert places(said) == ["/kind"]
        if code == "unknown":
            assert said["detail"] == (
                "Use one of: call, event, webinar, web_based_training."
            )
    assert drafts() == 0


def test_a_program_that_isn_t_there_is_refused(own: Caller, cast: Cast) -> None:
    for program in ("another", "", None, 1, "ACMSS"):
        answer = own.post("ce-activities", {"program": program})
        assert places(problem(answer, 422, "validation-error")) == ["/program"]
    problem(own.post("ce-activities", {}), 422, "validation-error")

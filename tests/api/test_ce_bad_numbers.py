"""Minutes and days of a report: each with its answer and what is stored of it."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from ce_credits.models import Activity
from tests.api.asking import Api, Caller, places, problem, tail_of
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

"""One's own transcript over REST: totals with their why, and what was cut."""

from decimal import Decimal

import pytest

from accounts.models import Member
from tests.api.asking import Caller, problem
from tests.api.certificants import day, nora, nora_asks
from tests.cast import Cast
from tests.cycles import BODY, first_time_dual
from tests.recertifying.living import earn as earn_more

__all__ = ["day", "nora", "nora_asks"]
pytestmark = pytest.mark.db


def test_it_says_what_each_activity_brings_to_its_cycle(
    own: Caller, cast: Cast
) -> None:
    first_time_dual(cast)
    found = own.get("transcript", program=BODY).json()
    assert (found["program"], found["holder"]) == (BODY, cast.bob.name)
    assert (found["as_of"], found["count"]) == ("2025-11-17", 3)
    cycle, before = found["spans"]
    assert (cycle["kind"], cycle["first_on"], cycle["last_on"]) == (
        "cycle",
        "2022-05-10",
        "2025-12-01",
    )
    asked = cycle["credit"]
    assert (asked["need"], asked["have"], asked["missing"]) == ("30.0", "27.0", "3.0")
    assert (asked["need_approved"], asked["missing_approved"]) == ("15.0", "1.0")
    assert (asked["completed"]["credits"], asked["applied"]["credits"]) == (
        "27.0",
        "27.0",
    )
    assert asked["needed"] == {"credits": "3.0", "why": "by Dec 1, 2025"}
    assert (asked["rule"], asked["policy"]) == ("N4", f"{BODY}@2025-01-01")
    assert [each["applied"] for each in cycle["activities"]] == ["13.0", "14.0"]
    assert {each["cut"] for each in cycle["activities"]} == {""}
    # On the day itself it counts in no cycle, and says so.
    assert before["credit"] is None
    assert "N2" in before["sums"]
    assert before["activities"][0]["applied"] is None


def test_what_was_cut_says_how_much_counts_and_why(
    nora: Member, nora_asks: Caller
) -> None:
    for _ in range(2):
        earn_more(nora, Decimal(12), approved=False, kind="college_course")
    (cycle,) = nora_asks.get("transcript", program=BODY).json()["spans"]
    (cut,) = [each for each in cycle["activities"] if each["cut"]]
    assert (cut["credits"], cut["applied"]) == ("12.0", "0.0")
    assert "12.0 reported, 0.0 applied" in cut["cut"]
    asked = cycle["credit"]
    assert (asked["completed"]["credits"], asked["have"]) == ("54.0", "42.0")
    assert asked["applied"] == {"credits": "42.0", "why": "12.0 over a limit"}


def test_a_term_is_told_as_a_cycle_is(own: Caller) -> None:
    found = own.get("transcript").json()
    (term,) = found["spans"]
    assert (found["program"], term["kind"]) == ("acmss", "term")
    assert (term["credit"]["need"], term["credit"]["have"]) == ("3.0", "3.0")
    assert term["credit"]["completed"]["why"] == "1 activity"
    (activity,) = term["activities"]
    assert (activity["credits"], activity["applied"]) == ("3.0", "3.0")


def test_it_is_narrowed_and_its_totals_are_not(own: Caller, cast: Cast) -> None:
    first_time_dual(cast)
    found = own.get("transcript", program=BODY, year=2023, status="approved").json()
    (cycle,) = found["spans"]
    assert (found["count"], cycle["activities"][0]["on"]) == (1, "2023-02-14")
    assert cycle["credit"]["have"] == "27.0"
    # A year in which nothing was done.
    assert own.get("transcript", program=BODY, year=1999).json()["spans"] == []
    problem(own.get("transcript", program="nobody"), 400, "malformed")
    problem(own.get("transcript", status="done"), 400, "malformed")

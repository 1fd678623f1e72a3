"""Certifications and cycles over REST: what is asked, what is there, and why."""

import pytest

from tests.api.asking import Caller, problem
from tests.cast import Cast
from tests.cycles import BODY, first_time_dual

pytestmark = pytest.mark.db


def test_what_somebody_holds_is_listed_the_latest_first(
    own: Caller, cast: Cast
) -> None:
    first_time_dual(cast)
    found = own.get("certifications", program=BODY).json()["results"]
    assert [(each["code"], each["earned_on"]) for each in found] == [
        ("CPMSM", "2024-06-30"),
        ("CPCS", "2022-05-10"),
    ]
    assert all(each["id"].startswith("ctn_") for each in found)


def test_a_cycle_says_what_it_asks_and_what_counts(own: Caller, cast: Cast) -> None:
    first_time_dual(cast)
    (cycle,) = own.get("cycles").json()["results"]
    assert (cycle["first_on"], cycle["last_on"]) == ("2022-05-10", "2025-12-01")
    assert (cycle["counts_from"], cycle["opens_on"]) == ("2022-05-11", "2025-08-01")
    assert (cycle["standing"], cycle["policy"]) == ("due", f"{BODY}@2025-01-01")
    assert (cycle["need"], cycle["need_approved"]) == ("30.0", "15.0")
    assert (cycle["have"], cycle["have_approved"]) == ("27.0", "14.0")
    assert (cycle["missing"], cycle["missing_approved"]) == ("3.0", "1.0")
    assert [each["applied"] for each in cycle["credits"]] == ["14.0", "13.0"]
    assert {each["rule"] for each in cycle["why"]} == {"N1", "N2", "N5"}


def test_a_cycle_says_what_applying_costs_today(own: Caller, cast: Cast) -> None:
    first_time_dual(cast)
    (cycle,) = own.get("cycles").json()["results"]
    member, other = cycle["fees"]
    assert (member["society_member"], member["amount"]) == (True, "225.00")
    assert (other["society_member"], other["amount"]) == (False, "400.00")
    assert [part["rule"] for part in member["parts"]] == ["N6"]


def test_who_holds_nothing_has_no_cycles(own: Caller) -> None:
    assert own.get("cycles").json()["results"] == []


def test_a_body_of_terms_has_no_cycles(own: Caller) -> None:
    answer = own.get("cycles", program="acmss")
    problem(answer, 400, "malformed")

"""Seats: what can still be assigned of each product."""

from tests.api.asking import Api, places, problem
from tests.cast import BODY, Cast, given, seats

OTHERS = (
    "mscat-manual",
    "hipaa",
    "mscat-assessment",
    "mscat-training",
    "specialty",
    "continuing-education",
)


def test_seats_are_told_by_product(api: Api, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 5)
    given(cast.renewals, cast.northside, cast.bob)
    found = api.get("seats").json()
    assert found["count"] == 8
    told = [
        (row["product"], row["granted"], row["used"], row["available"])
        for row in found["results"]
    ]
    assert told[:2] == [("renewals", 6, 1, 5), ("membership", 1, 1, 0)]
    assert told[2:] == [(code, 0, 0, 0) for code in OTHERS]
    assert {row["program"] for row in found["results"]} == {BODY}


def test_another_practices_seats_are_not_told(api: Api, cast: Cast) -> None:
    seats(cast.lakeview, cast.renewals, 7)
    rows = api.get("seats").json()["results"]
    assert [row["product"] for row in rows if row["granted"]] == ["membership"]


def test_seats_are_filtered_by_program(api: Api) -> None:
    assert api.get("seats", program=BODY).json()["count"] == 8
    said = problem(api.get("seats", program="nobody"), 400, "malformed")
    assert places(said) == ["program"]

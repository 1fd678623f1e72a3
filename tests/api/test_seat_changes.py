"""Fewer renewals over REST: listing decreases, lowering, every way to be refused."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import pytest

from accounts.models import Member
from core.models import UsedKey
from core.public_ids import spell
from credentials.models import LeftOut, Product, SeatChange
from tests.api.asking import Api, places, problem, secret_of
from tests.cast import BODY, NOW, TODAY, Cast, a_member, given, seats
from tests.lowering.lower import lower, number

ODD: Sequence[object] = (3, -1, 1.5, "1", 10**30, None, True, [])


@pytest.fixture
def omar(cast: Cast) -> Member:
    """On auto-renewal beside Bob; one renewal is free: three in all."""
    member = a_member("Omar Odell", cast.northside, mode="auto")
    given(cast.membership, cast.northside, member, today=date(2025, 3, 15))
    seats(cast.northside, cast.renewals, 1)
    return member


def fewer(to: object, *out: Member, **more: object) -> dict[str, object]:
    """The body of a decrease."""
    named = [spell("mem", each.pk) for each in out]
    return {"program": BODY, "to": to, "leave_out": named, **more}


def test_a_decrease_is_answered_as_it_is_listed(
    api: Api, cast: Cast, omar: Member
) -> None:
    answer = api.post("seat-changes", fewer(1, omar, reason="asked for"))
    assert answer.status_code == 201
    told = answer.json()
    change = SeatChange.objects.get()
    assert told == {
        "id": spell("sch", change.pk),
        "program": BODY,
        "before": 3,
        "after": 1,
        "effective_on": "2026-03-15",
        "left_out": [
            {
                "member": spell("mem", omar.pk),
                "left_out_from": "2026-03-15",
                "ended_at": None,
            }
        ],
        "reason": "asked for",
        "changed_by": "API token Payroll",
        "changed_at": told["changed_at"],
    }
    listed = api.get("seat-changes").json()
    assert (listed["count"], listed["results"]) == (1, [told])
    assert number(cast) == 1


def test_free_seats_need_no_names(api: Api, cast: Cast, omar: Member) -> None:
    told = api.post("seat-changes", {"program": BODY, "to": 2}).json()
    assert (told["after"], told["left_out"]) == (2, [])
    assert not LeftOut.objects.exists()


def test_the_same_key_lowers_once_and_another_body_is_refused(
    api: Api, omar: Member
) -> None:
    body = fewer(1, omar)
    first, again = (api.post("seat-changes", body, key="one") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = api.post("seat-changes", fewer(2), key="one")
    problem(other, 422, "idempotency-key-reused")
    assert SeatChange.objects.count() == 1


def test_while_the_first_is_running_the_second_is_told_to_wait(
    api: Api, omar: Member
) -> None:
    api.post("seat-changes", fewer(2), key="one")
    UsedKey.objects.update(status=None, body=None)
    answer = api.post("seat-changes", fewer(2), key="one")
    problem(answer, 409, "idempotency-in-progress")
    assert SeatChange.objects.count() == 1


def test_without_a_key_nothing_is_lowered(api: Api, omar: Member) -> None:
    raw = json.dumps(fewer(2)).encode()
    problem(api.send("POST", "seat-changes", raw), 400, "malformed")
    assert not SeatChange.objects.exists()


def test_a_greater_number_is_an_order_and_says_where(api: Api, omar: Member) -> None:
    said = problem(api.post("seat-changes", fewer(4)), 422, "validation-error")
    assert places(said) == ["/to"]
    assert said["detail"] == (
        "The number is 3. To have more, order them. POST them to `orders`."
    )


def test_below_what_is_in_use_somebody_has_to_be_named(api: Api, omar: Member) -> None:
    said = problem(api.post("seat-changes", fewer(1)), 422, "validation-error")
    assert places(said) == ["/to"]
    assert said["detail"] == "2 seats are in use. Remove 1 person first."


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["/program", "/to"]),
        ({"program": BODY}, ["/to"]),
        ({"program": "nobody", "to": 1}, ["/program"]),
        ({"program": BODY, "to": 1, "number": 2}, ["/number"]),
        *(({"program": BODY, "to": each}, ["/to"]) for each in ODD),
        ({"program": BODY, "to": 2, "leave_out": "x"}, ["/leave_out"]),
        ({"program": BODY, "to": 2, "leave_out": [1]}, ["/leave_out/0"]),
        ({"program": BODY, "to": 2, "reason": "x" * 401}, ["/reason"]),
    ],
)
def test_a_body_that_can_t_be_is_422_and_points_at_the_place(
    api: Api, omar: Member, body: object, where: list[str]
) -> None:
    said = problem(api.post("seat-changes", body), 422, "validation-error")
    assert places(said) == where
    assert not SeatChange.objects.exists()


def test_others_and_nobody_are_told_apart_never(
    api: Api, cast: Cast, omar: Member
) -> None:
    heard: list[str] = []
    strangers: list[Member] = [cast.charlie, Member(pk=uuid4())]
    for each in strangers:
        answer = api.post("seat-changes", fewer(0, omar, each))
        said = problem(answer, 404, "not-found")
        assert places(said) == ["/leave_out/1"]
        heard.append(said["detail"])
    assert heard[0] == heard[1]
    assert not SeatChange.objects.exists()


def test_the_wrong_people_are_422(api: Api, cast: Cast, omar: Member) -> None:
    nina = a_member("Nina New", cast.northside)
    for body, where in (
        (fewer(1, omar, omar), "/leave_out/1"),
        (fewer(1, omar, cast.bob), "/leave_out"),
        (fewer(2, omar), "/leave_out"),
        (fewer(1, nina), "/leave_out"),
    ):
        said = problem(api.post("seat-changes", body), 422, "validation-error")
        assert places(said) == [where]
    assert not SeatChange.objects.exists()


def test_a_program_without_renewals_is_not_eligible(api: Api) -> None:
    Product.objects.filter(kind="renewal").update(kind="membership")
    problem(api.post("seat-changes", fewer(0)), 409, "not-eligible")


def test_who_was_taken_back_in_has_a_day_it_ended(
    api: Api, cast: Cast, omar: Member
) -> None:
    lower(cast, 1, omar)
    given(cast.renewals, cast.northside, omar, today=TODAY)
    (told,) = api.get("seat-changes", program=BODY).json()["results"]
    assert told["left_out"][0]["ended_at"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_practice_lists_its_own(api: Api, cast: Cast, omar: Member) -> None:
    lower(cast, 2)
    other = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    assert other.get("seat-changes").json()["results"] == []
    assert api.get("seat-changes").json()["count"] == 1


@pytest.mark.parametrize(
    ("scopes", "reads", "lowers"),
    [
        (["orders:read"], 200, 403),
        (["orders:write"], 403, 201),
        (["ce:read"], 403, 403),
    ],
)
def test_each_scope_opens_its_own(
    cast: Cast,
    today: date,
    omar: Member,
    scopes: list[str],
    reads: int,
    lowers: int,
) -> None:
    api = Api("northside", secret_of(cast.northside, cast.alice, scopes))
    assert api.get("seat-changes").status_code == reads
    assert api.post("seat-changes", fewer(2)).status_code == lowers

"""The Idempotency-Key: a request sent again is done once and answered alike."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client

from core import idempotency
from core.idempotency import (
    LEASE,
    LONGEST_ROUTE,
    Attempt,
    Claim,
    InProgress,
    claim,
    keep,
)
from core.models import UsedKey
from credentials.models import Assignment, SeatPool
from tests.api.asking import Api, mem, problem, secret_of
from tests.api.contract import Answer
from tests.cast import BODY, NOW, Cast, a_member, full_cast, given, seats

ATTEMPT = Attempt("token:1", "POST /here", "one", "print")


@pytest.fixture
def five(cast: Cast) -> None:
    """Five renewals for Northside."""
    seats(cast.northside, cast.renewals, 5)


def renewal(cast: Cast) -> dict[str, str]:
    """A body that renews Bob."""
    return {"product": "renewals", "member": mem(cast.bob.pk)}


def renewed() -> int:
    """How many renewals were assigned."""
    return Assignment.objects.filter(product__code="renewals").count()


@pytest.mark.usefixtures("five")
def test_the_same_request_again_gets_the_same_bytes_and_does_nothing(
    api: Api, cast: Cast
) -> None:
    first = api.post("assignments", renewal(cast), key="one")
    again = api.post("assignments", renewal(cast), key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert renewed() == 1


@pytest.mark.usefixtures("five")
def test_the_order_of_names_in_a_body_doesn_t_make_another_request(
    api: Api, cast: Cast
) -> None:
    body = renewal(cast)
    api.post("assignments", body, key="one")
    turned = dict(reversed(body.items()))
    again = api.post("assignments", turned, key="one")
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.usefixtures("five")
def test_the_same_key_with_another_body_is_refused(api: Api, cast: Cast) -> None:
    gus = a_member("Gus Gray", cast.northside)
    given(cast.membership, cast.northside, gus)
    api.post("assignments", renewal(cast), key="one")
    other = {"product": "renewals", "member": mem(gus.pk)}
    problem(api.post("assignments", other, key="one"), 422, "idempotency-key-reused")
    assert renewed() == 1


@pytest.mark.usefixtures("five")
def test_without_a_key_nothing_is_assigned(api: Api, cast: Cast) -> None:
    for key in ("", "x" * 256, "caf\u00e9"):
        headers = api.headers | ({"Idempotency-Key": key} if key else {})
        answer = Client().post(
            api.path("assignments"), renewal(cast), "application/json", headers=headers
        )
        assert "Idempotency-Key" in problem(answer, 400, "malformed")["detail"]
    assert renewed() == 0


@pytest.mark.usefixtures("five")
def test_another_clients_same_key_is_another_key(api: Api, cast: Cast) -> None:
    second = Api("northside", secret_of(cast.northside, cast.alice))
    api.post("assignments", renewal(cast), key="one")
    answer = second.post("assignments", renewal(cast), key="one")
    assert "Idempotent-Replayed" not in answer.headers
    assert renewed() == 2


def test_what_was_refused_is_not_kept(api: Api, cast: Cast) -> None:
    problem(api.post("assignments", renewal(cast), key="one"), 409, "pool-exhausted")
    broken = renewal(cast) | {"hue": "red"}
    problem(api.post("assignments", broken, key="one"), 422, "validation-error")
    seats(cast.northside, cast.renewals, 1)
    assert api.post("assignments", renewal(cast), key="one").status_code == 201


@pytest.mark.usefixtures("five")
def test_while_the_first_is_running_the_second_is_told_to_wait(
    api: Api, cast: Cast
) -> None:
    api.post("assignments", renewal(cast), key="one")
    UsedKey.objects.update(status=None, body=None)
    answer = api.post("assignments", renewal(cast), key="one")
    problem(answer, 409, "idempotency-in-progress")
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.usefixtures("five")
def test_an_answer_is_kept_for_a_day(api: Api, cast: Cast) -> None:
    first = api.post("assignments", renewal(cast), key="one")
    with time_machine.travel(NOW + timedelta(hours=23, minutes=59)):
        again = api.post("assignments", renewal(cast), key="one")
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.usefixtures("five")
def test_after_a_day_the_same_request_still_does_nothing_twice(
    api: Api, cast: Cast
) -> None:
    first = api.post("assignments", renewal(cast), key="one")
    with time_machine.travel(NOW + timedelta(hours=24, minutes=1)):
        again = api.post("assignments", renewal(cast), key="one")
    assert again.json()["id"] == first.json()["id"]
    assert renewed() == 1


@pytest.mark.usefixtures("five")
def test_a_fault_of_ours_gives_the_key_back(
    api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(**how: object) -> None:
        raise ZeroDivisionError

    client = Client(raise_request_exception=False)
    headers = api.headers | {"Idempotency-Key": "one"}
    with monkeypatch.context() as patch:
        patch.setattr("portal.api.assignments.assign", fault)
        answer = client.post(
            api.path("assignments"), renewal(cast), "application/json", headers=headers
        )
    problem(answer, 500, "server-error")
    assert api.post("assignments", renewal(cast), key="one").status_code == 201


@pytest.mark.usefixtures("five")
def test_work_whose_answer_can_t_be_kept_is_taken_back(
    api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*how: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("core.idempotency.keep", fault)
    with pytest.raises(ZeroDivisionError):
        api.post("assignments", renewal(cast), key="one")
    assert renewed() == 0
    assert SeatPool.objects.get(product=cast.renewals).used == 0


@pytest.mark.db
def test_a_key_whose_request_died_is_free_after_its_lease(db: None) -> None:
    first = claim(ATTEMPT, now=NOW)
    assert isinstance(first, Claim)
    with pytest.raises(InProgress):
        claim(ATTEMPT, now=NOW + LEASE - timedelta(seconds=1))
    later = NOW + LEASE
    second = claim(ATTEMPT, now=later)
    assert isinstance(second, Claim)
    keep(second, idempotency.Answer(201, "done"))
    assert claim(ATTEMPT, now=later) == idempotency.Answer(201, "done")


@pytest.mark.db
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_with_one_key_assign_one_seat() -> None:
    with time_machine.travel(NOW, tick=True):
        cast = full_cast()
        seats(cast.northside, cast.renewals, 16)
        api = Api("northside", secret_of(cast.northside, cast.alice))
        body = renewal(cast)
        answers = _together(16, lambda: api.post("assignments", body, key="one"))
    statuses = sorted({answer.status_code for answer in answers})
    assert statuses in ([201], [201, 409])
    bodies = {answer.content for answer in answers if answer.status_code == 201}
    assert len(bodies) == 1
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, 409, "idempotency-in-progress")
    assert renewed() == 1
    assert SeatPool.objects.get(product=cast.renewals).used == 1


@pytest.mark.db
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_last_seats_are_given_once_whatever_the_keys() -> None:
    with time_machine.travel(NOW, tick=True):
        cast = full_cast()
        crowd = [a_member(f"M{place} Many", cast.northside) for place in range(12)]
        seats(cast.northside, cast.membership, 3)
        api = Api("northside", secret_of(cast.northside, cast.alice))
        ids = iter([mem(member.pk) for member in crowd])
        answers = _together(
            12,
            lambda: api.post(
                "assignments",
                {"product": "membership", "member": next(ids)},
                key=uuid4().hex,
            ),
        )
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) == 3
    assert statuses.count(409) == 9


def _together(count: int, ask: Callable[[], Answer]) -> list[Answer]:
    """Send a request from many threads at the same moment."""
    start = Barrier(count)

    def one(_: int) -> Answer:
        try:
            start.wait()
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_long_address_has_room_by_its_hash(cast: Cast) -> None:
    """PostgreSQL holds a column to its length, which SQLite does not."""
    route = f"POST /api/v1/bodies/{BODY}/audits/{'a' * 36}/items/{'b' * 36}/decision"
    attempt = Attempt("user:x", route, "key", "f" * 64)
    assert len(route) > LONGEST_ROUTE
    assert isinstance(claim(attempt, now=NOW), Claim)
    assert len(UsedKey.objects.get(key="key").route) <= LONGEST_ROUTE
    with pytest.raises(InProgress):
        claim(attempt, now=NOW)

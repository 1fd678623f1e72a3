"""Several assign, add and undo at one moment: no seat is lost, none is found twice."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member
from credentials.models import Assignment, Product, SeatEntry, SeatPool
from credentials.queries import seat_faults
from tests.cast import BODY, Cast, given, seats
from tests.portal.pressing import form
from tests.race.hands import Hand, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
ADDRESS = "/p/northside/assignments/"
PARTS = ("membership", "mscat-manual", "hipaa", "mscat-assessment")
Browsers = Callable[[str, int], list[Client]]


def product(code: str) -> Product:
    """One of the body's products."""
    return Product.objects.get(program=BODY, code=code)


@pytest.mark.parametrize("many", [2, 8])
def test_nobody_is_given_the_same_twice(
    cast: Cast, server: str, browsers: Browsers, many: int
) -> None:
    seats(cast.northside, product("hipaa"), many)
    hands = [
        Hand(client, ADDRESS, form(client, "Bob Baker", tile="hipaa"))
        for client in browsers("alice", many)
    ]
    answers = send_all(server, hands)
    assert statuses(answers) == {302: 1, 409: many - 1}
    assert Assignment.objects.filter(product=product("hipaa")).count() == 1
    assert not seat_faults()


@pytest.mark.parametrize("many", [2, 8])
def test_an_assignment_is_undone_once(
    cast: Cast, server: str, browsers: Browsers, many: int
) -> None:
    batch = given(product("hipaa"), cast.northside, cast.bob)
    row = batch.assignments.get()
    hands = [
        Hand(client, f"{ADDRESS}{batch.pk}/undo/", {"assignment": [str(row.pk)]})
        for client in browsers("alice", many)
    ]
    assert statuses(send_all(server, hands)) == {302: many}
    assert SeatEntry.objects.filter(key=f"undo:{row.pk}").count() == 1
    pool = SeatPool.objects.get(practice=cast.northside, product=row.product)
    assert (pool.granted, pool.used) == (1, 0)
    assert not seat_faults()


def test_the_last_package_adds_one_member(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    for code in PARTS:
        seats(cast.northside, product(code), 1)
    hands = [
        Hand(
            client,
            ADDRESS,
            {
                "form_key": uuid4().hex,
                "add": "member",
                "first_name": f"N{place}",
                "last_name": "New",
                "email": f"n{place}@mail.example",
            },
        )
        for place, client in enumerate(browsers("alice", 6))
    ]
    assert statuses(send_all(server, hands)) == {302: 1, 409: 5}
    assert Member.objects.filter(last_name="New").count() == 1
    assert not seat_faults()

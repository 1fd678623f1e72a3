"""Several want to renew the same people at one moment: each is renewed once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member
from core.models import OutboxMessage
from credentials.models import Assignment, AssignmentBatch, SeatPool, Window
from tests.cast import Cast, seats
from tests.portal.pressing import form
from tests.race.hands import Hand, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
ADDRESS = "/p/northside/assignments/"
Browsers = Callable[[str, int], list[Client]]
Lapsed = Callable[[int], list[Member]]


def used(cast: Cast) -> int:
    """How many renewals of Northside were used."""
    return SeatPool.objects.get(practice=cast.northside, product=cast.renewals).used


@pytest.mark.parametrize("many", [2, 8])
def test_a_person_gets_one_term(
    cast: Cast, server: str, browsers: Browsers, many: int
) -> None:
    seats(cast.northside, cast.renewals, many)
    hands = [
        Hand(client, ADDRESS, form(client, "Bob Baker"))
        for client in browsers("alice", many)
    ]
    answers = send_all(server, hands)
    assert statuses(answers) == {302: 1, 409: many - 1}
    for answer in answers:
        changed = "Bob Baker's membership changed since you opened this page."
        assert answer.status == 302 or answer.problem.startswith(changed)
    assert used(cast) == 1
    assert Window.objects.filter(member=cast.bob).count() == 2
    told = OutboxMessage.objects.filter(kind="renewed")
    assert told.filter(recipient=cast.bob.email).count() == 2


def test_a_form_sent_eight_times_is_one_batch(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    seats(cast.northside, cast.renewals, 8)
    (alice,) = browsers("alice", 1)
    hands = [Hand(alice, ADDRESS, form(alice, "Bob Baker"))] * 8
    answers = send_all(server, hands)
    assert statuses(answers) == {302: 8}
    assert AssignmentBatch.objects.filter(product=cast.renewals).count() == 1
    assert Assignment.objects.filter(product=cast.renewals).count() == 1
    assert used(cast) == 1
    assert Window.objects.filter(member=cast.bob).count() == 2


def test_selections_that_overlap_never_lock_each_other_out(
    cast: Cast, server: str, browsers: Browsers, lapsed: Lapsed
) -> None:
    people = lapsed(12)
    seats(cast.northside, cast.renewals, 200)
    hands = []
    for place, client in enumerate(browsers("alice", 12)):
        # Six people from one place on round the table, every other time backwards.
        chosen = (people[place:] + people[:place])[:6][:: 1 if place % 2 else -1]
        fields: dict[str, str | list[str]] = {
            "form_key": uuid4().hex,
            "member": [f"{member.pk}.1" for member in chosen],
            "assign": "renewals",
        }
        hands.append(Hand(client, ADDRESS, fields))
    answers = send_all(server, hands)
    heard = statuses(answers)
    assert set(heard) <= {302, 409}
    # All or nothing: six seats for each who got through, and nobody twice.
    assert used(cast) == 6 * heard[302]
    assert Assignment.objects.filter(product=cast.renewals).count() == used(cast)
    for member in people:
        assert Window.objects.filter(member=member).count() <= 2

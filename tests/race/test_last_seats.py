"""Thirty-two administrators want the last five seats at one moment."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client

from accounts.models import Member
from certificates.models import Certificate
from core.actor import Actor
from credentials.models import (
    Assignment,
    AssignmentBatch,
    SeatEntry,
    SeatPool,
    Window,
)
from credentials.services import PoolExhausted
from tests.cast import TODAY, Cast, seats
from tests.race.hands import Answer, Hand, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
ADDRESS = "/p/northside/assignments/"
SHORT = (
    "You selected 1 person but 0 renewals are available. Nothing was assigned. "
    "Remove 1 person or add seats."
)
Browsers = Callable[[str, int], list[Client]]
Lapsed = Callable[[int], list[Member]]


def one_each(clients: Sequence[Client], people: Sequence[Member]) -> list[Hand]:
    """Let each browser select somebody else."""
    return [
        Hand(
            client,
            ADDRESS,
            {
                "form_key": uuid4().hex,
                "member": f"{member.pk}.1",
                "assign": "renewals",
            },
        )
        for client, member in zip(clients, people, strict=True)
    ]


def raced(
    cast: Cast, server: str, browsers: Browsers, lapsed: Lapsed, many: int, there: int
) -> list[Answer]:
    """Let `many` want one of the seats that are `there`."""
    people = lapsed(many)
    seats(cast.northside, cast.renewals, there)
    return send_all(server, one_each(browsers("alice", many), people))


@pytest.mark.parametrize(("many", "there"), [(32, 5), (8, 1), (16, 16)])
def test_no_more_are_given_than_there_are(
    cast: Cast, server: str, browsers: Browsers, lapsed: Lapsed, many: int, there: int
) -> None:
    answers = raced(cast, server, browsers, lapsed, many, there)
    refused = [answer for answer in answers if answer.status == 409]
    expected = {302: there, 409: many - there}
    assert statuses(answers) == {code: n for code, n in expected.items() if n}
    assert [answer.problem for answer in refused] == [SHORT] * (many - there)
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    lines = SeatEntry.objects.filter(pool=pool)
    assert (pool.granted, pool.used) == (there, there)
    assert lines.aggregate(sum=Sum("delta"))["sum"] == 0
    assert lines.filter(delta=-1).count() == there
    assert Assignment.objects.filter(product=cast.renewals).count() == there
    assert Window.objects.filter(first_on=TODAY).count() == there
    # Who was refused left nothing behind.
    assert AssignmentBatch.objects.filter(product=cast.renewals).count() == there


def test_every_certificate_has_numbers_of_its_own(
    cast: Cast, server: str, browsers: Browsers, lapsed: Lapsed
) -> None:
    answers = raced(cast, server, browsers, lapsed, 16, 16)
    assert statuses(answers) == {302: 16}
    issued = Certificate.objects.filter(valid_from=TODAY)
    assert issued.count() == 16
    assert len(set(issued.values_list("number", flat=True))) == 16
    counted = sorted(str(each.attestation_number) for each in issued)
    first = int(counted[0][-6:])
    gapless = [f"ATT-2025-{first + place:06d}" for place in range(16)]
    assert [number[-6:] for number in counted] == [each[-6:] for each in gapless]


def count_then_insert(
    actor: Actor, batch: AssignmentBatch, count: int, now: datetime
) -> None:
    """Take seats as somebody would who trusts what they have just read."""
    pool = SeatPool.objects.get(practice=batch.practice, product=batch.product)
    lines = SeatEntry.objects.filter(pool=pool)
    if (lines.aggregate(sum=Sum("delta"))["sum"] or 0) < count:
        raise PoolExhausted(SHORT)
    SeatEntry.objects.create(
        pool=pool,
        delta=-count,
        reason="Counted first",
        key=f"batch:{batch.pk}",
        batch=batch,
        by=actor.label,
        at=now,
    )


def test_without_the_guard_they_are_oversold(
    cast: Cast,
    server: str,
    browsers: Browsers,
    lapsed: Lapsed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guard = "credentials.services.assigning._take_seats"
    monkeypatch.setattr(guard, count_then_insert)
    answers = raced(cast, server, browsers, lapsed, 32, 5)
    given = Assignment.objects.filter(product=cast.renewals).count()
    assert statuses(answers).get(302, 0) == given
    if connection.vendor == "postgresql":
        assert given > 5
    else:
        # SQLite lets one writer in at a time, so what is read stays true.
        assert given == 5

"""A grant in error is corrected by a line of its own, down to what is used."""

import pytest
from django.db.models import Sum
from django.test import Client

from core.models import AuditEntry
from credentials.models import SeatEntry, SeatPool
from tests.cast import Cast, given, seats
from tests.matrix.asking import checksum
from tests.portal.pressing import followed, left
from tests.portal.reading import Page
from tests.portal.recording import SEATS, give, grant

pytestmark = pytest.mark.db


def test_it_is_a_reversing_line_with_its_reason(mona: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 6)
    lines = list(SeatEntry.objects.values().order_by("id"))
    page = followed(
        mona, give(mona, way="back", count="4", reason="typed one too many")
    )
    assert page.notices == ["Northside now has 2 to assign."]
    *before, line = SeatEntry.objects.values().order_by("id")
    assert before == lines
    assert (line["delta"], line["reason"]) == (-4, "Correction: typed one too many")
    entry = AuditEntry.objects.get(action="seats.taken_back")
    assert entry.sentence == "Took 4 renewals back"
    assert entry.changes == {"available": [6, 2]}
    assert (entry.actor, entry.reason) == ("Mona Moss", "typed one too many")
    total = SeatEntry.objects.filter(pool__product=cast.renewals)
    assert total.aggregate(sum=Sum("delta"))["sum"] == 2


def test_what_is_assigned_stays_assigned(mona: Client, cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    seats(cast.northside, cast.renewals, 2)
    fields = grant(mona, way="back", count="3")
    before = checksum()
    answer = mona.post(SEATS, fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Only 2 can be taken back: the others are assigned."
    ]
    assert checksum() == before
    followed(mona, give(mona, way="back", count="2"))
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    assert (pool.granted, pool.used, pool.available) == (1, 1, 0)


def test_a_form_sent_twice_takes_back_once(mona: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 6)
    fields = grant(mona, way="back", count="2")
    for _ in range(2):
        followed(mona, mona.post(SEATS, fields))
    assert left(cast.northside, cast.renewals) == 4
    answer = mona.post(SEATS, fields | {"count": "3"})
    assert answer.status_code == 409
    assert left(cast.northside, cast.renewals) == 4


def test_a_reason_is_needed_and_no_other_way_is_known(mona: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 6)
    for typed in ({"reason": " "}, {"way": "elsewhere"}):
        fields = grant(mona, **{"way": "back", **typed})
        assert mona.post(SEATS, fields).status_code == 422
    assert left(cast.northside, cast.renewals) == 6

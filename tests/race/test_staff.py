"""Staff record and grant at one moment: each form once, and nothing is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.test import Client

from ce_credits.models import Activity, CreditAward
from core.models import AuditEntry
from credentials.models import Certification, SeatEntry, SeatPool
from tests.cast import Cast, a_member
from tests.portal.recording import SEATS, activity, certification, grant, place
from tests.race.hands import Hand, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
Browsers = Callable[[str, int], list[Client]]


def test_an_activity_sent_eight_times_is_recorded_once(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    (erin,) = browsers("erin", 1)
    fields = activity(erin, cast.bob, title="Once")
    hands = [Hand(erin, place(cast.bob, "activity/"), fields)] * 8
    assert statuses(send_all(server, hands)) == {302: 8}
    assert Activity.objects.filter(title="Once").count() == 1
    assert CreditAward.objects.filter(activity__title="Once").count() == 1


def test_a_credential_is_earned_once_whoever_records_it(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    uma = a_member("Uma Uncertified", cast.northside)
    hands = [
        Hand(mona, place(uma, "certification/"), certification(mona, uma))
        for mona in browsers("mona", 8)
    ]
    assert statuses(send_all(server, hands)) == {302: 1, 422: 7}
    assert Certification.objects.filter(member=uma).count() == 1


def test_grants_add_up_and_the_trail_with_them(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    clients = browsers("mona", 16)
    form = grant(clients[0], practice="lakeview")
    hands = [
        Hand(client, SEATS, form | {"count": str(count), "form_key": uuid4().hex})
        for count, client in enumerate(clients, start=1)
    ]
    assert statuses(send_all(server, hands)) == {302: 16}
    pool = SeatPool.objects.get(practice=cast.lakeview, product=cast.renewals)
    total = sum(range(1, 17))
    assert (pool.granted, pool.used) == (total, 0)
    lines = SeatEntry.objects.filter(pool=pool)
    assert lines.aggregate(sum=Sum("delta"))["sum"] == total
    steps = [
        entry.changes["available"]
        for entry in AuditEntry.objects.filter(subject_id=pool.pk).order_by("id")
    ]
    assert sorted(new - old for old, new in steps) == list(range(1, 17))
    assert len({new for _, new in steps}) == 16


def test_a_grant_sent_eight_times_is_given_once(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    (mona,) = browsers("mona", 1)
    fields = grant(mona, practice="lakeview", count="3")
    assert statuses(send_all(server, [Hand(mona, SEATS, fields)] * 8)) == {302: 8}
    pool = SeatPool.objects.get(practice=cast.lakeview, product=cast.renewals)
    assert pool.granted == 3

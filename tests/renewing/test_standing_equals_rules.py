"""What is stored of a life equals what the pure rules say of it, on random lives."""

from datetime import datetime, time

import pytest
from hypothesis import given, settings

from credentials.models import StandingPeriod
from renewals.queries import life_of
from renewals.rules import STANDINGS, standing_on, standing_timeline
from renewals.services.standing import record_standing
from tests.cast import BODY, Cast, a_member
from tests.renewing.living import live_through
from tests.rules.lives import Life, lives

pytestmark = pytest.mark.db


def test_stored_timelines_equal_the_rules_in_every_standing(cast: Cast) -> None:
    reached: set[str] = set()

    @settings(max_examples=40, deadline=None)
    @given(life=lives())
    def compare(life: Life) -> None:
        member = a_member("Random Life", cast.northside)
        live_through(member, life)
        day = life.days[-1]
        now = datetime.combine(day, time(12), life.policy.zone)
        record_standing(member_id=member.pk, program=BODY, today=day, now=now)
        expected = standing_timeline(life.policy, life.terms)
        stored = StandingPeriod.objects.filter(member=member, program=BODY)
        newest = stored.latest("recording").recording
        rows = stored.filter(recording=newest).order_by("from_on")
        assert [(row.from_on, row.standing) for row in rows] == [
            (fact.from_on, fact.standing) for fact in expected
        ]
        assert life_of(member.pk, BODY).terms == life.terms
        reached.update(standing_on(expected, day) for day in life.days)

    compare()
    assert reached == set(STANDINGS)

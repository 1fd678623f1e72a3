"""How many stand how on many days at once is what each row says of its day."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.db.models import Q

from accounts.models import Member
from credentials.models import StandingPeriod
from credentials.queries.holders import held, holders_on, standing_of
from tests.cast import NOW, a_member
from tests.cast import certify as certified

pytestmark = [pytest.mark.django_db, pytest.mark.db]
BODY = "namss"
STANDINGS = ("good", "due", "late", "lapsed", "expired", "none")
BEGIN = date(2018, 1, 1)


def somebody(number: int, random: Random) -> Member:
    """Somebody who holds what chance gives, and stands so by any recording."""
    member = a_member(f"Pat Number{number % 7}", None, program=BODY)
    for code in ("CPCS", "CPMSM"):
        days = sorted(random.sample(range(2500), random.randrange(4)))
        for nth, day in enumerate(days, start=1):
            on = BEGIN + timedelta(days=day)
            certified(member, on=on, program=BODY, code=code, nth=nth)
    for recording in range(1, random.randrange(1, 4)):
        starts = [date.min] if random.random() < 0.9 else []
        days = sorted(random.sample(range(2500), random.randrange(1, 7)))
        for from_on in (*starts, *(BEGIN + timedelta(days=each) for each in days)):
            StandingPeriod.objects.create(
                member=member,
                program=BODY,
                from_on=from_on,
                standing="none" if from_on == date.min else random.choice(STANDINGS),
                policy="",
                recorded_at=NOW,
                recording=recording,
            )
    return member


def one_by_one(day: date, named: Q | None = None) -> Counter[tuple[date, str, str]]:
    """Ask each row of the day."""
    rows = standing_of(held(BODY, day).filter(named or Q()), BODY, day)
    return Counter((day, row.code, row.standing) for row in rows)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_counts_of_many_days_are_those_of_each_row(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (dice, not secrets)
    people = [somebody(number, random) for number in range(50)]
    aside = people[3]
    aside.joined_to = people[4]
    aside.save()
    days = [
        BEGIN + timedelta(days=each) for each in (-1, 0, 400, 401, 1000, 2000, 4000)
    ]
    expected: Counter[tuple[date, str, str]] = Counter()
    for day in days:
        expected += one_by_one(day)
        assert holders_on(BODY, [day]) == one_by_one(day)
    assert holders_on(BODY, days) == expected
    named = Q(member__last_name="Number3")
    day = days[-1]
    assert holders_on(BODY, [day], named=named) == one_by_one(day, named)
    assert {standing for _, _, standing in expected} == set(STANDINGS)


def test_nobody_is_no_line(cast: object) -> None:
    assert holders_on("mms", [BEGIN]) == Counter()

"""What is kept of everybody's cycles equals the pure rules, on random lives.

Lives hold applications; what is known of them on each day is written as rows.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from accounts.models import Member
from credentials.models import Tally
from renewals.queries import Tallied, counts_by_standing, facts_by_member, tallied
from renewals.rules import standing_on
from renewals.rules.cycles import (
    CYCLE_STANDINGS,
    Facts,
    counted,
    history,
    known,
    totals_of,
)
from renewals.services import tallying
from renewals.tasks import keep_tallies
from tests.cast import Cast, a_member
from tests.cycles import earn, learn
from tests.renewing.cycling import BODY, fits_rows, learn_all, noon, write_known
from tests.rules.cycle_lives import CycleLife, cycle_lives
from tests.rules.test_cycle_tallies import changes, days_of

pytestmark = pytest.mark.db
Figures = tuple[object, ...]
TAKEN = 12


def kept(member: Member, day: date) -> Figures | None:
    """Read what is kept for a member's day, as the report over the whole body does."""
    rows = [each for each in tallied(BODY, day) if each.member_id == member.pk]
    if not rows:
        return None
    (row,) = rows
    return (
        row.standing,
        row.first_on,
        row.last_on,
        row.counts_until,
        (row.credits, row.approved),
        (row.credits_asked, row.approved_asked),
        (row.missing, row.missing_approved),
    )


def ruled(life: CycleLife, facts: Facts, day: date) -> Figures | None:
    """Ask the rules the same."""
    lived = history(life.policies, known(facts, day))
    cycle = lived.running(day)
    if cycle is None:
        return None
    have, need = totals_of(counted(cycle, life.credits, as_of=day)), cycle.need(day)
    nothing = Decimal(0)
    return (
        standing_on(lived.timeline(), day),
        cycle.first_on,
        cycle.last_on,
        cycle.counts_until(day),
        (have.credits, have.approved),
        (need.credits, need.approved),
        (
            max(need.credits - have.credits, nothing),
            max(need.approved - have.approved, nothing),
        ),
    )


def test_what_is_kept_equals_the_rules_in_every_standing(
    cast: Cast,
) -> None:
    compared: list[frozenset[str]] = []

    @settings(
        max_examples=400,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(life=cycle_lives(BODY))
    def compare(life: CycleLife) -> None:
        standings = frozenset(each.standing for each in life.whole().timeline())
        if not fits_rows(life.facts):
            return
        # A dozen of any kind, then those that stand as none of them did.
        if len(compared) > TAKEN and standings <= frozenset().union(*compared):
            return
        compared.append(standings)
        member = a_member("Random Life", cast.northside)
        learn_all(member, life.credits)
        days = changes(life)
        for since, end in zip(days, [*days[1:], date.max], strict=False):
            write_known(member, life.facts, since)
            tallying.tally(
                member_ids=[member.pk], program=BODY, today=since, now=noon(since)
            )
            for day in days_of(life):
                if since <= day < end:
                    assert kept(member, day) == ruled(life, life.facts, day), day
        Tally.objects.all().delete()

    compare()
    assert frozenset().union(*compared) == {"none", *CYCLE_STANDINGS}


def test_a_whole_body_is_worked_out_from_its_rows_in_a_few_statements(
    cast: Cast,
) -> None:
    lives: dict[UUID, CycleLife] = {}
    day = date(2026, 12, 31)

    @settings(max_examples=30, deadline=None, database=None)
    @given(life=cycle_lives(BODY))
    def live(life: CycleLife) -> None:
        if not fits_rows(life.facts):
            return
        member = a_member("Random Life", cast.northside)
        write_known(member, life.facts, day)
        learn_all(member, life.credits)
        lives[member.pk] = life

    live()
    facts = facts_by_member(lives, BODY)
    certified = [each for each in lives if facts[each].earned]
    with CaptureQueriesContext(connection) as few:
        tallying.tally(member_ids=certified[:2], program=BODY, today=day, now=noon(day))
    with CaptureQueriesContext(connection) as many:
        tallying.tally(member_ids=certified, program=BODY, today=day, now=noon(day))
    assert len(_reads(few)) == len(_reads(many))
    for later in (day, date(2027, 7, 1), date(2030, 1, 1)):
        with CaptureQueriesContext(connection) as captured:
            rows = {row.member_id: row for row in tallied(BODY, later)}
        assert len(captured) == 1
        assert set(rows) == set(certified)
        for member_id, row in rows.items():
            figures = ruled(lives[member_id], facts[member_id], later)
            assert figures is not None
            assert (row.standing, row.counts_until) == (figures[0], figures[3])
            assert (row.credits, row.approved) == figures[4]
            assert (row.missing, row.missing_approved) == figures[6]
        counts = counts_by_standing(tallied(BODY, later))
        assert counts == {
            standing: (len(those), sum(_is_short(each) for each in those))
            for standing in {row.standing for row in rows.values()}
            if (those := [row for row in rows.values() if row.standing == standing])
        }


def _reads(captured: CaptureQueriesContext) -> list[str]:
    """Statements that read; a table takes only so many new rows at once."""
    statements = [each["sql"] for each in captured.captured_queries]
    return [each for each in statements if each.startswith("SELECT")]


def _is_short(row: Tallied) -> bool:
    return row.missing > 0 or row.missing_approved > 0


def test_every_service_that_changes_a_fact_keeps_the_figures(cast: Cast) -> None:
    earn(cast, "CPCS", date(2022, 5, 10))
    learn(cast, "approved_education", date(2023, 2, 14), 840, "Fourteen hours")
    day = date(2024, 6, 30)
    (row,) = tallied(BODY, day)
    assert (row.credits, row.credits_asked) == (Decimal(14), Decimal(30))
    earn(cast, "CPMSM", day)
    learn(cast, "non_accredited_education", date(2025, 1, 20), 780, "Thirteen hours")
    (row,) = tallied(BODY, date(2025, 8, 1))
    assert (row.standing, row.last_on) == ("due", date(2025, 12, 1))
    assert (row.credits, row.approved) == (Decimal(27), Decimal(14))
    assert (row.missing, row.missing_approved) == (Decimal(3), Decimal(1))
    assert [each.standing for each in tallied(BODY, date(2026, 7, 1))] == ["expired"]


def test_the_job_works_out_what_is_missing_or_older_than_the_policy(
    cast: Cast,
) -> None:
    earn(cast, "CPCS", date(2022, 5, 10))
    Tally.objects.all().delete()
    keep_tallies()
    (row,) = tallied(BODY, date(2100, 1, 1))
    Tally.objects.update(book="namss@1992-01-01", credits=99)
    keep_tallies()
    (renewed,) = tallied(BODY, date(2100, 1, 1))
    assert (renewed.credits, renewed.book) == (Decimal(0), "namss@2025-01-01")
    keep_tallies()
    assert [each.pk for each in tallied(BODY, date(2100, 1, 1))] == [renewed.pk]
    assert row.pk != renewed.pk

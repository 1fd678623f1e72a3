"""What became of terms and cycles, counted in the database as the rules say."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from accounts.models import Member
from credentials.models import Window
from renewals.models import Recertification
from renewals.queries import facts_of, history_of
from renewals.queries.outcomes import Ended, outcomes
from renewals.rules import Term
from renewals.rules.outcomes import (
    CYCLE_OUTCOMES,
    TERM_OUTCOMES,
    cycle_outcome,
    term_outcome,
)
from tests.cast import BODY as TERMS
from tests.cast import NOW, Cast, a_member, a_practice, given
from tests.recertifying.living import BODY
from tests.staff_reports.lives import a_life

pytestmark = [pytest.mark.django_db, pytest.mark.db]
FIRST, UNTIL = date(2008, 1, 1), date(2040, 12, 31)


def by_the_rules(today: date, credential: str = "") -> Counter[tuple[date, str]]:
    """Ask the rules of each person's cycles, one after the other."""
    found: Counter[tuple[date, str]] = Counter()
    for member in Member.objects.filter(certifications__program=BODY).distinct():
        for cycle in history_of(facts_of(member.pk, BODY), BODY, as_of=today).cycles:
            if cycle.first_on > today:
                continue
            held = {each.code for each in cycle.earned if each.on <= cycle.last_on}
            if credential and credential not in held:
                continue
            closing = Recertification.objects.filter(
                member=member, cycle_last_on=cycle.last_on, state="approved"
            ).exclude(kind="extension")
            row = closing.first()
            paid_on = row.paid_on if row else None
            outcome = cycle_outcome(cycle, paid_on=paid_on, today=today)
            found[cycle.last_on.replace(day=1), outcome] += 1
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cycles_are_counted_as_the_rules_say_of_each_person(seed: int) -> None:
    random, today = Random(seed), date(2026, random_day(seed), 17)  # noqa: S311  (dice, not secrets)
    for number in range(60):
        a_life(number, random, today=today)
    counted = outcomes(Ended(BODY, FIRST, UNTIL), today=today)
    assert counted == by_the_rules(today)
    assert {outcome for _, outcome in counted} >= {"on_time", "late", "expired"}
    assert outcomes(Ended(BODY, FIRST, UNTIL, "CPCS"), today=today) == counted
    assert not outcomes(Ended(BODY, FIRST, UNTIL, "CPMSM"), today=today)


def random_day(seed: int) -> int:
    """Ask in other months: while lapsed, under grace, after it."""
    return (2, 6, 8)[seed - 1]


def test_every_way_a_cycle_ends_is_there() -> None:
    random, today = Random(7), date(2026, 2, 17)  # noqa: S311  (dice, not secrets)
    for number in range(90):
        a_life(number, random, today=today)
    counted = outcomes(Ended(BODY, FIRST, UNTIL), today=today)
    assert {outcome for _, outcome in counted} == set(CYCLE_OUTCOMES)
    assert counted == by_the_rules(today)


def test_only_what_ends_in_the_months_asked_for_is_counted() -> None:
    random, today = Random(11), date(2026, 2, 17)  # noqa: S311  (dice, not secrets)
    for number in range(40):
        a_life(number, random, today=today)
    every = outcomes(Ended(BODY, FIRST, UNTIL), today=today)
    month = date(2025, 12, 1)
    some = outcomes(Ended(BODY, month, date(2025, 12, 31)), today=today)
    assert some == Counter({key: n for key, n in every.items() if key[0] == month})


@pytest.mark.parametrize(
    ("next_on", "today", "outcome"),
    [
        (date(2026, 3, 15), date(2026, 5, 1), "on_time"),
        (date(2026, 3, 16), date(2026, 5, 1), "late"),
        (None, date(2026, 3, 15), "open"),
        (None, date(2026, 3, 16), "not_renewed"),
    ],
)
def test_a_term_is_open_until_its_renewal_date_is_over_a1(
    next_on: date | None, today: date, outcome: str
) -> None:
    term = Term(date(2025, 3, 15), date(2026, 3, 14), date(2025, 3, 15))
    assert term_outcome(term, next_first_on=next_on, today=today) == outcome


def test_terms_are_counted_as_the_rules_say_of_each(cast: Cast) -> None:
    random, today = Random(3), date(2027, 1, 20)  # noqa: S311  (dice, not secrets)
    practice = a_practice("Eastside")
    for number in range(25):
        member = a_member(f"Mel Number{number}", practice)
        first = date(2024, random.randrange(1, 13), random.randrange(1, 28))
        given(cast.membership, practice, member, today=first)
        for _ in range(random.randrange(3)):
            newest = Window.objects.filter(member=member).latest("sequence")
            late = random.choice((-20, 0, 0, 1, 40))
            day = date.fromordinal(newest.renewal_on.toordinal() + late)
            if day <= today:
                given(cast.renewals, practice, member, today=day)
    expected: Counter[tuple[date, str]] = Counter()
    for window in Window.objects.all():
        following = Window.objects.filter(
            member=window.member, program=TERMS, sequence=window.sequence + 1
        ).first()
        term = Term(window.first_on, window.last_on, window.applied_on)
        outcome = term_outcome(
            term, next_first_on=following.first_on if following else None, today=today
        )
        expected[window.last_on.replace(day=1), outcome] += 1
    counted = outcomes(Ended(TERMS, FIRST, UNTIL), today=today)
    assert counted == expected
    assert {outcome for _, outcome in counted} == set(TERM_OUTCOMES)


def test_a_term_that_was_undone_counts_nowhere(cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    before = outcomes(Ended(TERMS, FIRST, UNTIL), today=date(2025, 12, 1))
    assert before[date(2025, 11, 1), "late"] == 1
    Window.objects.filter(member=cast.bob, sequence=2).update(undone_at=NOW)
    after = outcomes(Ended(TERMS, FIRST, UNTIL), today=date(2025, 12, 1))
    assert after[date(2025, 11, 1), "not_renewed"] == 2


def test_the_record_that_gave_way_to_another_counts_nowhere(cast: Cast) -> None:
    before = outcomes(Ended(TERMS, FIRST, UNTIL), today=date(2025, 12, 1))
    cast.bob.user = None
    cast.bob.joined_to = cast.charlie
    cast.bob.save()
    after = outcomes(Ended(TERMS, FIRST, UNTIL), today=date(2025, 12, 1))
    assert before.total() - after.total() == 1

"""Random lives under cycles: what holds on every day of every one of them.

The last tests show that the lives reach everything that is compared on them.
"""

from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from renewals.rules import policies_of, standing_on
from renewals.rules.cycles import (
    Application,
    Earned,
    Facts,
    Fee,
    counted,
    fee_on,
    history,
    totals_of,
)
from tests.rules.cycle_lives import CycleLife, cycle_lives
from tests.rules.packs_of_tests import invented_book

LIVES = st.one_of(cycle_lives("namss"), cycle_lives("choir"))
STANDINGS = (
    "none",
    "good",
    "due",
    "late",
    "under_review",
    "extended",
    "lapsed",
    "expired",
)
REASONS = (
    "There is no certification to apply for.",
    "The application opens on",
    "The cycle is recertified already.",
    "is under review.",
    "The request is under review, and the window has closed.",
    "on only a new exam helps.",
    "a recertification is what can be applied for.",
    "a reinstatement is what can be applied for.",
    " credits are there.",
    " approved credits are there.",
    "Nothing is paid.",
    "is after the window.",
    " are paid.",
    "It had to be asked for by",
    "More time is granted already.",
    "credits it asks are there.",
)
EXTRAS = ("", "late", "extension", "reinstatement")


@given(LIVES)
def test_what_comes_later_changes_no_earlier_day(life: CycleLife) -> None:
    whole = life.whole()
    timeline = whole.timeline()
    for day in life.days:
        as_known = life.as_known(day)
        assert standing_on(as_known.timeline(), day) == standing_on(timeline, day)
        then, now = as_known.working(day), whole.working(day)
        assert (then is None) == (now is None)
        if then is None or now is None:
            continue
        member = life.is_member(day)
        assert then.first_on == now.first_on
        assert then.need(day) == now.need(day)
        assert then.counts_until(day) == now.counts_until(day)
        assert fee_on(then, day, society_member=member) == fee_on(
            now, day, society_member=member
        )
        assert counted(then, life.credits, as_of=day) == counted(
            now, life.credits, as_of=day
        )


@given(LIVES)
def test_no_day_is_without_a_standing(life: CycleLife) -> None:
    timeline = life.whole().timeline()
    days = [fact.from_on for fact in timeline]
    words = [fact.standing for fact in timeline]
    assert days[0] == date.min
    assert days == sorted(set(days))
    assert all(one != other for one, other in pairwise(words))
    assert set(words) <= set(STANDINGS)
    assert (words.count("none"), words[0]) == (1, "none")
    if life.earned:
        assert days[1] == min(each.on for each in life.earned)
    assert (len(words) > 1) is bool(life.earned)


@given(LIVES)
def test_no_credit_counts_more_than_reported_or_in_two_cycles(life: CycleLife) -> None:
    reported = sum(credit.credits for credit in life.credits)
    for day in life.days:
        cycles = life.as_known(day).cycles
        rows = [row for one in cycles for row in counted(one, life.credits, as_of=day)]
        assert len(rows) <= len(life.credits)
        assert all(0 <= row.applied <= row.credit.credits for row in rows)
        found = totals_of(rows)
        assert 0 <= found.approved <= found.credits <= reported
        for one, other in pairwise(cycles):
            assert one.counts_until(day) < other.counts_from


@given(LIVES)
def test_the_fee_and_the_need_follow_the_standing(life: CycleLife) -> None:
    timeline = life.whole().timeline()
    for day in life.days:
        working = life.as_known(day).working(day)
        fee = fee_on(working, day, society_member=life.is_member(day))
        standing = standing_on(timeline, day)
        if standing in ("due", "late", "extended", "lapsed"):
            assert isinstance(fee, Fee)
        if standing in ("none", "good", "expired"):
            assert not isinstance(fee, Fee)
        if not isinstance(fee, Fee) or working is None:
            continue
        assert (fee.kind == "reinstatement") is (standing == "lapsed")
        count = len(working.held(day))
        plan = working.policy.cycles
        assert fee.parts[0].amount in (
            plan.price_for(count).members,
            plan.price_for(count).others,
        )
        assert working.need(day).credentials <= count
        assert fee.amount == sum(part.amount for part in fee.parts)


@given(LIVES)
def test_what_is_taken_shows_at_once(life: CycleLife) -> None:
    for each in life.applications:
        history = life.as_known(each.on)
        standing = standing_on(history.timeline(), each.on)
        closed = any(one.closed_on == each.on for one in history.cycles)
        if each.open_on(each.on):
            # A recertification approved the same day closes the cycle over a request.
            assert standing == ("good" if closed else "under_review")
        elif each.kind != "extension" and each.outcome == "approved":
            assert standing == "good"


def test_a_request_does_not_hold_up_a_cycle_recertified_the_same_day() -> None:
    policies = policies_of(invented_book(), "namss")
    day = date(2024, 10, 1)
    facts = Facts(
        (Earned("CPCS", date(2021, 5, 1)),),
        (
            Application("extension", day, "open"),
            Application("recertification", day, "approved", day),
        ),
    )
    assert standing_on(history(policies, facts).timeline(), day) == "good"


@given(LIVES)
def test_cycles_follow_each_other(life: CycleLife) -> None:
    cycles = life.whole().cycles
    for one, other in pairwise(cycles):
        if one.closing is not None:
            assert other.first_on == one.season.late_on
        else:
            assert one.expired_on() is not None
            assert other.first_on >= one.season.expires_on
    assert all(one.first_on <= one.last_on for one in cycles)
    assert all(one.first_on <= one.counts_from for one in cycles)


@cache
def reached() -> frozenset[tuple[str, ...]]:
    """Collect whatever some hundred lives come by."""
    found: set[tuple[str, ...]] = set()

    @settings(
        max_examples=2000,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cycle_lives())
    def collect(life: CycleLife) -> None:
        found.update(_met(life))

    collect()
    return frozenset(found)


def _met(life: CycleLife) -> set[tuple[str, ...]]:
    met: set[tuple[str, ...]] = set()
    timeline = life.whole().timeline()
    for each in life.tries:
        texts = [reason.text for reason in each.reasons]
        met |= {("reason", part) for part in REASONS for t in texts if part in t}
        met |= {("taken", each.kind)} if not texts else set()
    for day in life.days:
        met.add(("standing", standing_on(timeline, day)))
        working = life.as_known(day).working(day)
        member = life.is_member(day)
        fee = fee_on(working, day, society_member=member)
        if isinstance(fee, Fee) and working is not None:
            extra = fee.parts[1].code if len(fee.parts) > 1 else ""
            count = len(working.held(day))
            met.add(("fee", str(count), "member" if member else "other", extra))
    return met


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_standing_is_reached(standing: str) -> None:
    assert ("standing", standing) in reached()


@pytest.mark.parametrize("part", REASONS)
def test_every_reason_is_reached(part: str) -> None:
    assert ("reason", part) in reached()


@pytest.mark.parametrize("kind", ["recertification", "extension", "reinstatement"])
def test_every_kind_is_taken(kind: str) -> None:
    assert ("taken", kind) in reached()


@pytest.mark.parametrize("extra", EXTRAS)
@pytest.mark.parametrize("who", ["member", "other"])
@pytest.mark.parametrize("count", ["1", "2"])
def test_every_fee_is_reached(count: str, who: str, extra: str) -> None:
    assert ("fee", count, who, extra) in reached()

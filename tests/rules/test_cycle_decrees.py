"""More time by decree: for many, without a fee, from the day it was decreed on."""

from decimal import Decimal

import pytest

from renewals.rules import standing_on
from renewals.rules.cycles import (
    Application,
    Cycle,
    Deadline,
    Earned,
    Facts,
    Fee,
    History,
    Moved,
    Payment,
    counted,
    deadlines,
    fee_on,
    history,
    known,
    rounds,
    totals_of,
    why_no_extension,
    why_not_taken,
)
from renewals.rules.published import published
from renewals.rules.totals import Totals
from tests.rules.cycling import (
    FIRST_ON,
    LAST_ON,
    POLICIES,
    applied,
    approved,
    credit,
    day,
    refused,
)

# The choir's late window ends Sep 30, an extension Oct 31, the grace Feb 28.
LONG = Moved(day("2022-06-01"), LAST_ON, day("2022-12-24"))
SHORT = Moved(day("2022-06-01"), LAST_ON, day("2022-08-31"))


def lived(*facts: Moved | Application, as_of: str = "") -> History:
    found = Facts(
        (Earned("ALTO", FIRST_ON),),
        tuple(each for each in facts if isinstance(each, Application)),
        tuple(each for each in facts if isinstance(each, Moved)),
    )
    return history(POLICIES, known(found, day(as_of)) if as_of else found)


def first(*facts: Moved | Application) -> Cycle:
    return lived(*facts).cycles[0]


def cost(on: str, *facts: Moved | Application, paid_on: str = "") -> str:
    """What an application of a day costs beside the base."""
    found = fee_on(
        first(*facts),
        day(on),
        society_member=False,
        paid_on=day(paid_on) if paid_on else None,
    )
    if not isinstance(found, Fee):
        return "closed"
    return " ".join([found.kind, *(each.code for each in found.parts[1:])])


@pytest.mark.parametrize(
    ("on", "want"),
    [
        ("2022-05-31", "due"),
        ("2022-06-15", "due"),
        ("2022-06-16", "extended"),
        ("2022-12-24", "extended"),
        ("2022-12-25", "lapsed"),
        ("2023-02-28", "lapsed"),
        ("2023-03-01", "expired"),
    ],
)
def test_it_runs_from_the_cycles_end_to_its_last_day(on: str, want: str) -> None:
    assert standing_on(lived(LONG).timeline(), day(on)) == want


@pytest.mark.parametrize(
    ("on", "want"), [("2022-08-31", "extended"), ("2022-09-01", "late")]
)
def test_a_short_one_ends_in_the_late_window(on: str, want: str) -> None:
    assert standing_on(lived(SHORT).timeline(), day(on)) == want


def test_decreed_late_it_counts_from_its_own_day() -> None:
    decree = Moved(day("2022-07-10"), LAST_ON, day("2022-12-24"))
    timeline = lived(decree).timeline()
    assert standing_on(timeline, day("2022-07-09")) == "late"
    assert standing_on(timeline, day("2022-07-10")) == "extended"
    before = lived(decree, as_of="2022-07-09").cycles[0]
    assert before.moved == ()


def test_what_is_meant_for_another_cycle_moves_nothing() -> None:
    other = Moved(day("2022-06-01"), day("2024-06-15"), day("2024-12-24"))
    assert standing_on(lived(other).timeline(), day("2022-06-16")) == "late"


@pytest.mark.parametrize(
    ("facts", "on", "want"),
    [
        ((LONG,), "2022-06-15", "2022-12-24"),
        ((SHORT,), "2022-06-15", "2022-08-31"),
        ((LONG, SHORT), "2022-06-15", "2022-12-24"),
        ((LONG, approved("extension", "2022-05-01")), "2022-06-15", "2022-12-24"),
        ((SHORT, approved("extension", "2022-05-01")), "2022-06-15", "2022-10-31"),
        ((SHORT, approved("extension", "2022-06-02")), "2022-06-01", "2022-08-31"),
        ((SHORT, refused("extension", "2022-06-02")), "2022-06-15", "2022-08-31"),
        ((), "2022-06-15", None),
    ],
)
def test_of_a_decree_and_what_was_asked_for_the_longer_is_theirs(
    facts: tuple[Moved | Application, ...], on: str, want: str | None
) -> None:
    assert first(*facts).granted_until(day(on)) == (day(want) if want else None)


@pytest.mark.parametrize(
    ("on", "paid_on", "facts", "want"),
    [
        ("2022-06-15", "", (LONG,), "recertification"),
        ("2022-06-16", "", (LONG,), "recertification"),
        ("2022-12-24", "", (LONG,), "recertification"),
        ("2022-12-25", "", (LONG,), "reinstatement reinstatement"),
        # Paid when it is over, it costs what that day costs.
        ("2022-08-31", "2022-09-01", (SHORT,), "recertification late"),
        ("2022-09-01", "", (SHORT,), "recertification late"),
        # Beside an extension that was asked for, its fee waits for the decree's end.
        (
            "2022-08-31",
            "",
            (SHORT, approved("extension", "2022-06-02")),
            "recertification",
        ),
        (
            "2022-09-01",
            "",
            (SHORT, approved("extension", "2022-06-02")),
            "recertification extension",
        ),
    ],
)
def test_it_costs_nothing(
    on: str, paid_on: str, facts: tuple[Moved | Application, ...], want: str
) -> None:
    assert cost(on, *facts, paid_on=paid_on) == want


@pytest.mark.parametrize(
    ("paid_on", "why"), [("2022-12-24", []), ("2022-12-25", ["after the window"])]
)
def test_a_payment_is_in_time_until_its_last_day(paid_on: str, why: list[str]) -> None:
    reasons = why_not_taken(
        first(LONG),
        "recertification",
        on=day("2022-12-24"),
        payment=Payment(Decimal(100), day(paid_on)),
        credits=[credit("2022-12-01", "100")],
        society_member=False,
    )
    assert len(reasons) == len(why)
    assert all(text in each.text for text, each in zip(why, reasons, strict=True))


def test_what_is_earned_under_it_counts_up_to_the_application() -> None:
    earned = [credit("2022-11-01", "3"), credit("2022-12-30", "4")]
    cycle = first(LONG)
    on = day("2022-12-24")
    assert totals_of(counted(cycle, earned, as_of=on)).credits == 3
    done = lived(LONG, approved("recertification", "2022-11-30", "2022-12-10"))
    assert done.cycles[0].counts_until(day("2022-12-10")) == day("2022-11-30")
    assert done.cycles[1].first_on == day("2022-06-16")
    assert done.cycles[1].counts_from == day("2022-12-01")


def test_refused_after_it_was_decreed_it_is_as_if_never_made() -> None:
    sent = refused("recertification", "2022-05-01", "2022-07-01")
    timeline = lived(LONG, sent).timeline()
    assert standing_on(timeline, day("2022-06-30")) == "under_review"
    assert standing_on(timeline, day("2022-07-01")) == "extended"


def test_more_can_be_asked_for_only_where_that_is_longer() -> None:
    have = Totals(Decimal(100), Decimal(100))
    on = day("2022-06-10")
    assert why_no_extension(first(SHORT), have, on) == ()
    (reason,) = why_no_extension(first(LONG), have, on)
    assert reason.text == "More time is granted already."


def test_a_request_that_waits_when_it_ends_is_under_review() -> None:
    asked = applied("extension", "2022-06-10")
    timeline = lived(SHORT, asked).timeline()
    assert standing_on(timeline, day("2022-10-15")) == "under_review"


def test_the_holders_days_name_its_last_one() -> None:
    cycle = first(LONG)
    assert deadlines(cycle, "due", day("2022-06-10")) == (
        Deadline("opens", day("2021-11-01")),
        Deadline("extended_until", day("2022-12-24")),
    )
    assert deadlines(cycle, "extended", day("2022-07-01")) == (
        Deadline("extended_until", day("2022-12-24")),
    )


def test_the_public_reads_the_last_that_was_approved_until_it_lapses() -> None:
    timeline = lived(LONG).timeline()
    plan = POLICIES(LAST_ON).cycles
    for on, want in (
        ("2022-06-15", "in_good_standing"),
        ("2022-12-24", "last_approved"),
        ("2022-12-25", "lapsed"),
        ("2023-03-01", "not_current"),
    ):
        assert published(timeline, day(on), ends=plan.cycle.ends).code == want


def due(on: str, decreed: tuple[Moved, ...], *facts: Moved | Application) -> list[str]:
    """Which notices somebody is told, where a body has decreed something."""
    timeline = lived(*facts, as_of=on).timeline()
    days = {(each.last_on, each.until) for each in decreed}
    found = rounds(POLICIES, day(on), days)
    return [each.key for each in found if each.meets(timeline, day(on))]


def test_each_is_told_of_the_end_of_their_own_time() -> None:
    asked = approved("extension", "2022-05-01")
    for on in ("2022-10-31", "2022-10-20", "2022-12-20", "2022-08-30"):
        own = {each.split()[1] for each in due(on, (LONG, SHORT), asked)}
        assert own <= {"2022-10-31"}
        assert {e.split()[1] for e in due(on, (LONG, SHORT), LONG)} <= {"2022-12-24"}
    assert due("2022-06-14", (LONG,), LONG) == []


def test_what_is_earned_after_a_short_decree_is_the_next_cycles() -> None:
    """Applied for late, once it was over, it counts to the cycle's end (N2, N16)."""
    short = Moved(day("2022-06-01"), LAST_ON, day("2022-08-31"))
    applied = approved("recertification", "2022-09-15", "2022-09-20")
    plain = lived(applied).cycles[0].counts_until(day("2022-09-20"))
    history = lived(short, applied)
    assert history.cycles[0].counts_until(day("2022-09-20")) == plain == LAST_ON
    within = lived(short, approved("recertification", "2022-08-20", "2022-09-20"))
    assert within.cycles[0].counts_until(day("2022-09-20")) == day("2022-08-20")

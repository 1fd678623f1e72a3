"""N5, N8, N15: which notice of a cycle is due to whom on a day."""

from datetime import date

import pytest
from hypothesis import given

from credentials.policy import Policy, policy_for
from renewals.rules import StandingFact, standing_on
from renewals.rules.cycles import Application, Deadline, Earned, deadlines, rounds
from tests.rules.cycle_lives import CycleLife, cycle_lives
from tests.rules.cycling import POLICIES, applied, approved, day, lived, refused

# Notices of the choir: the window opens Nov 1, 2021; 14 days before Feb 28, 2023.
OPENS, GRACE = "2021-11-01", "2023-02-14"


def due(on: str, *facts: Earned | Application) -> list[str]:
    """Which notices somebody of the choir is told on a day."""
    known = lived(*facts, as_of=on)
    found = [
        each
        for each in rounds(POLICIES, day(on))
        if each.meets(known.timeline(), day(on))
    ]
    return [each.key for each in found]


@pytest.mark.parametrize(
    ("on", "want"),
    [
        ("2021-10-31", []),
        (OPENS, ["window_opens 2022-06-15"]),
        # Until another is due, a missed one is made good.
        ("2022-06-15", ["window_opens 2022-06-15"]),
        ("2022-06-16", []),
        ("2023-02-13", []),
        (GRACE, ["grace_ends 2022-06-15"]),
        ("2023-02-28", ["grace_ends 2022-06-15"]),
        ("2023-03-01", []),
        ("2020-11-01", []),
    ],
)
def test_a_notice_is_due_from_its_day_to_the_next_while_the_standing_lasts(
    on: str, want: list[str]
) -> None:
    assert due(on) == want


@pytest.mark.parametrize(
    ("fact", "on", "want"),
    [
        # Under review nobody is told; refused, whoever it is true of.
        (applied("recertification", "2021-12-01"), "2021-12-02", []),
        (
            refused("recertification", "2021-12-01", "2022-02-01"),
            "2022-02-01",
            ["window_opens 2022-06-15"],
        ),
        # The same day a request is granted, the cycle's end is theirs no more.
        (approved("extension", "2021-12-01", "2022-02-01"), "2022-01-31", []),
        (approved("extension", "2021-12-01", "2022-02-01"), "2022-02-01", []),
        # Recertified: the next window opens two years later.
        (approved("recertification", "2021-12-01"), "2021-12-01", []),
        (approved("recertification", "2021-12-01"), "2022-11-01", []),
        (
            approved("recertification", "2021-12-01"),
            "2023-11-01",
            ["window_opens 2024-06-15"],
        ),
    ],
)
def test_what_was_applied_for_decides(
    fact: Application, on: str, want: list[str]
) -> None:
    assert due(on, fact) == want


@given(life=cycle_lives())
def test_on_every_day_of_any_life_at_most_one_notice_is_due(life: CycleLife) -> None:
    for on in life.days:
        timeline = life.as_known(on).timeline()
        found = [each for each in rounds(life.policies, on) if each.meets(timeline, on)]
        assert len(found) <= 1
        standing = standing_on(timeline, on)
        if standing in {"none", "good", "under_review"}:
            assert not found
        for each in found:
            assert each.standing == standing
            assert each.is_courtesy == (each.day < each.season.last_on)


def namss(on: date, *facts: tuple[date, str]) -> list[str]:
    """Which notices of the real pack meet a timeline."""

    def policy_on(day: date) -> Policy:
        return policy_for("namss", on=day)

    timeline = [StandingFact(date.min, "none")]
    timeline += [StandingFact(day, standing) for day, standing in facts]
    found = rounds(policy_on, on)
    return [each.key for each in found if each.meets(timeline, on)]


DUE, LATE = (date(2025, 8, 1), "due"), (date(2025, 12, 2), "late")
REVIEW, EXTENDED = (date(2025, 11, 20), "under_review"), (date(2025, 12, 2), "extended")
OVER, EXPIRED = (date(2026, 6, 2), "lapsed"), (date(2026, 7, 1), "expired")


@pytest.mark.parametrize(
    ("on", "want"),
    [
        # Granted on Nov 25: nothing more of Dec 1, nothing of a late fee or a lapse.
        (date(2025, 11, 24), []),
        (date(2025, 11, 25), []),
        (date(2025, 12, 2), []),
        (date(2026, 1, 1), []),
        (date(2026, 3, 2), []),
        # Its own end, by the notices of a cycle's end.
        (date(2026, 3, 3), ["ninety_days 2026-06-01"]),
        (date(2026, 5, 2), ["thirty_days 2026-06-01"]),
        (date(2026, 5, 24), ["thirty_days 2026-06-01"]),
        (date(2026, 5, 25), ["seven_days 2026-06-01"]),
        (date(2026, 5, 31), ["seven_days 2026-06-01"]),
        (date(2026, 6, 1), ["seven_days 2026-06-01"]),
        # Who lapses within the last month is told that, with the grace in it.
        (date(2026, 6, 2), ["lapsed 2025-12-01"]),
        (date(2026, 6, 30), ["lapsed 2025-12-01"]),
        (date(2026, 7, 1), []),
    ],
)
def test_an_extension_has_edges_of_its_own(on: date, want: list[str]) -> None:
    granted = (date(2025, 11, 25), "due")
    assert namss(on, DUE, REVIEW, granted, EXTENDED, OVER, EXPIRED) == want


@pytest.mark.parametrize(
    ("refused_on", "want"),
    [
        ((date(2025, 12, 10), "late"), ["late 2025-12-01"]),
        ((date(2026, 1, 15), "lapsed"), ["lapsed 2025-12-01"]),
        ((date(2026, 5, 30), "lapsed"), ["lapsed 2025-12-01"]),
        ((date(2026, 6, 5), "lapsed"), ["lapsed 2025-12-01"]),
        ((date(2026, 7, 5), "expired"), []),
    ],
)
def test_who_is_refused_is_told_what_that_means_on_that_day(
    refused_on: tuple[date, str], want: list[str]
) -> None:
    assert namss(refused_on[0], DUE, REVIEW, refused_on) == want


def test_who_had_lapsed_before_is_told_of_the_grace_once_refused() -> None:
    lapsed = (date(2026, 1, 1), "lapsed")
    review, again = (date(2026, 3, 1), "under_review"), (date(2026, 6, 5), "lapsed")
    assert namss(again[0], DUE, LATE, lapsed, review, again) == [
        "grace_ends 2025-12-01"
    ]


@pytest.mark.parametrize("today", [date.min, date(2, 1, 1), date.max])
def test_the_calendars_ends_are_days_like_others(today: date) -> None:
    assert isinstance(rounds(POLICIES, today), tuple)


@pytest.mark.parametrize(
    ("on", "facts", "want"),
    [
        ("2021-01-05", (), [("opens", OPENS), ("ends", "2022-06-15")]),
        ("2022-06-15", (), [("opens", OPENS), ("ends", "2022-06-15")]),
        ("2022-06-16", (), [("late_until", "2022-09-30")]),
        ("2022-10-01", (), [("grace_until", "2023-02-28")]),
        ("2023-03-01", (), []),
        (
            "2022-02-01",
            (approved("extension", "2021-12-01", "2022-02-01"),),
            [("opens", OPENS), ("extended_until", "2022-10-31")],
        ),
        (
            "2022-10-31",
            (approved("extension", "2021-12-01", "2022-02-01"),),
            [("extended_until", "2022-10-31")],
        ),
        ("2022-02-01", (applied("recertification", "2021-12-01"),), []),
        # A request leaves the cycle's last day where it is; after it there is none.
        (
            "2022-02-01",
            (applied("extension", "2021-12-01"),),
            [("opens", OPENS), ("ends", "2022-06-15")],
        ),
        ("2022-07-01", (applied("extension", "2021-12-01"),), []),
    ],
)
def test_a_holders_days_are_those_still_before_them(
    on: str, facts: tuple[Application, ...], want: list[tuple[str, str]]
) -> None:
    known = lived(*facts, as_of=on)
    cycle = known.working(day(on))
    assert cycle is not None
    found = deadlines(cycle, standing_on(known.timeline(), day(on)), day(on))
    assert found == tuple(Deadline(code, day(text)) for code, text in want)


def test_a_recertified_cycle_has_no_day_left() -> None:
    done = lived(approved("recertification", "2021-12-01")).cycles[0]
    assert deadlines(done, "good", day("2021-12-01")) == ()

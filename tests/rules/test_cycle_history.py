"""A person's cycles: each with its days, and the standing of every day there is."""

from datetime import date, timedelta

import pytest

from renewals.rules import standing_on
from renewals.rules.cycles import Application, Earned
from tests.rules.cycling import (
    FIRST_ON,
    LAST_ON,
    applied,
    approved,
    day,
    earned,
    first,
    lived,
    refused,
)

DAY = timedelta(days=1)


def standings(*facts: Earned | Application) -> list[tuple[str, str]]:
    return [
        (fact.from_on.isoformat(), fact.standing) for fact in lived(*facts).timeline()
    ]


def test_nobody_and_a_life_with_nothing_but_a_credential() -> None:
    assert standings() == [
        ("0001-01-01", "none"),
        ("2020-03-01", "good"),
        ("2021-11-01", "due"),
        ("2022-06-16", "late"),
        ("2022-10-01", "lapsed"),
        ("2023-03-01", "expired"),
    ]
    nothing = lived(earned("2020-03-01"), as_of="2020-02-29")
    assert nothing.cycles == ()
    assert [fact.standing for fact in nothing.timeline()] == ["none"]
    assert nothing.working(FIRST_ON) is None
    assert nothing.running(FIRST_ON) is None


@pytest.mark.parametrize(
    ("application", "want"),
    [
        (applied("recertification", "2022-01-01"), [("2022-01-01", "under_review")]),
        (
            approved("recertification", "2022-01-01", "2022-02-01"),
            [
                ("2022-01-01", "under_review"),
                ("2022-02-01", "good"),
                ("2023-11-01", "due"),
                ("2024-06-16", "late"),
                ("2024-10-01", "lapsed"),
                ("2025-03-01", "expired"),
            ],
        ),
        (
            refused("recertification", "2022-06-15", "2022-10-20"),
            [
                ("2022-06-15", "under_review"),
                ("2022-10-20", "lapsed"),
                ("2023-03-01", "expired"),
            ],
        ),
        (
            refused("recertification", "2022-06-15", "2022-07-01"),
            [
                ("2022-06-15", "under_review"),
                ("2022-07-01", "late"),
                ("2022-10-01", "lapsed"),
                ("2023-03-01", "expired"),
            ],
        ),
        (
            refused("reinstatement", "2023-02-28", "2023-03-10"),
            [
                ("2022-06-16", "late"),
                ("2022-10-01", "lapsed"),
                ("2023-02-28", "under_review"),
                ("2023-03-10", "expired"),
            ],
        ),
        (
            approved("extension", "2022-06-01"),
            [
                ("2022-06-16", "extended"),
                ("2022-11-01", "lapsed"),
                ("2023-03-01", "expired"),
            ],
        ),
        (
            approved("extension", "2022-06-15", "2022-10-15"),
            [
                ("2022-06-15", "under_review"),
                ("2022-10-15", "extended"),
                ("2022-11-01", "lapsed"),
                ("2023-03-01", "expired"),
            ],
        ),
        (
            approved("extension", "2022-06-15", "2022-11-05"),
            [
                ("2022-06-15", "under_review"),
                ("2022-11-05", "lapsed"),
                ("2023-03-01", "expired"),
            ],
        ),
    ],
)
def test_what_is_applied_for_and_decided(
    application: Application, want: list[tuple[str, str]]
) -> None:
    found = standings(application)
    before = [fact for fact in found if fact[0] < want[0][0]]
    assert before[:2] == [("0001-01-01", "none"), ("2020-03-01", "good")]
    assert found[len(before) :] == want


def test_cycles_follow_each_other_by_their_own_days() -> None:
    found = lived(
        approved("recertification", "2022-01-01"),
        approved("recertification", "2024-09-30", "2024-10-15"),
    ).cycles
    assert [(each.first_on, each.last_on) for each in found] == [
        (FIRST_ON, LAST_ON),
        (day("2022-06-16"), day("2024-06-15")),
        (day("2024-06-16"), day("2026-06-15")),
    ]
    assert [each.counts_from for each in found] == [
        FIRST_ON + DAY,
        day("2022-06-16"),
        day("2024-06-16"),
    ]


def test_an_extension_ended_by_an_application_shifts_what_counts() -> None:
    extension = approved("extension", "2022-06-01")
    ended = lived(extension, approved("recertification", "2022-08-01", "2022-09-01"))
    old, new = ended.cycles
    assert old.counts_until(day("2022-08-31")) == day("2022-08-01")
    assert (new.first_on, new.counts_from) == (day("2022-06-16"), day("2022-08-02"))
    unmet = lived(extension, approved("reinstatement", "2022-11-01"))
    assert unmet.cycles[1].counts_from == day("2022-06-16")
    assert unmet.cycles[0].counts_until(day("2022-11-01")) == LAST_ON
    open_ = first(extension)
    assert open_.counts_until(LAST_ON) == LAST_ON
    assert open_.counts_until(LAST_ON + DAY) == day("2022-10-31")
    assert open_.counts_until(day("2022-11-01")) == LAST_ON


@pytest.mark.parametrize(
    ("on", "working", "running"),
    [
        ("2020-02-29", None, None),
        ("2020-03-01", 0, 0),
        ("2022-01-31", 0, 0),
        ("2022-02-01", 0, 0),
        ("2022-06-15", 0, 0),
        ("2022-06-16", 1, 1),
        ("2025-03-01", 1, 1),
    ],
)
def test_the_cycle_of_a_day(on: str, working: int | None, running: int | None) -> None:
    life = lived(approved("recertification", "2022-01-01", "2022-02-01"))
    cycles = (*life.cycles, None)
    assert life.working(day(on)) is cycles[-1 if working is None else working]
    assert life.running(day(on)) is cycles[-1 if running is None else running]


def test_late_approval_keeps_the_old_cycle_until_it_is_decided() -> None:
    life = lived(approved("recertification", "2022-09-30", "2022-10-15"))
    assert life.running(day("2022-10-14")) is life.cycles[0]
    assert life.running(day("2022-10-15")) is life.cycles[1]


@pytest.mark.parametrize(
    ("second", "on", "held"),
    [
        ("2021-05-05", "2021-05-04", 1),
        ("2021-05-05", "2021-05-05", 2),
        ("2022-09-30", "2022-09-30", 2),
        ("2022-10-01", "2022-10-01", 1),
        ("2023-02-28", "2023-02-28", 1),
    ],
)
def test_who_holds_what(second: str, on: str, held: int) -> None:
    cycle = first(earned("2020-03-01"), earned(second, "BASS"))
    assert len(cycle.held(day(on))) == held


def test_what_was_earned_while_lapsed_counts_in_the_next_cycle() -> None:
    life = lived(
        earned("2020-03-01"),
        earned("2022-12-01", "BASS"),
        refused("reinstatement", "2022-11-01", "2022-12-02"),
        approved("reinstatement", "2022-12-03"),
    )
    old, new = life.cycles
    assert len(old.held(day("2022-12-03"))) == 1
    assert len(new.held(day("2022-12-03"))) == 2
    assert new.need(day("2022-12-03")).first_time


def test_the_same_credential_twice_is_one() -> None:
    cycle = first(earned("2020-03-01"), earned("2021-03-01"))
    assert len(cycle.held(LAST_ON)) == 1


def test_single_or_dual_is_decided_on_the_day_of_the_application() -> None:
    second = earned("2022-02-01", "BASS")
    asked = first(earned("2020-03-01"), second)
    assert asked.need(day("2022-01-31")).credentials == 1
    assert asked.need(day("2022-02-01")).credentials == 2
    taken = first(
        earned("2020-03-01"),
        second,
        approved("recertification", "2022-01-31", "2022-03-01"),
    )
    for on in ("2022-02-01", "2022-03-01"):
        assert taken.need(day(on)).credentials == 1


def test_the_first_time_with_as_many_is_asked_less() -> None:
    both = (earned("2020-03-01"), earned("2020-03-01", "BASS"))
    one, two = lived(*both, approved("recertification", "2022-01-01")).cycles
    assert one.need(LAST_ON).first_time
    assert one.need(LAST_ON).credits == 9
    later = two.need(two.last_on)
    assert not later.first_time
    assert [later.credits, later.approved] == [12, 5]


def test_an_expired_cycle_ends_the_chain() -> None:
    life = lived(
        earned("2020-03-01"), earned("2023-02-28", "BASS"), earned("2023-03-01")
    )
    assert [each.first_on for each in life.cycles] == [FIRST_ON, day("2023-03-01")]
    assert life.working(day("2023-02-28")) is life.cycles[0]
    assert life.working(day("2023-03-01")) is life.cycles[1]
    assert [each.code for each in life.cycles[1].held(date.max)] == ["ALTO"]


def test_an_application_after_a_new_exam_is_the_new_cycle_s() -> None:
    life = lived(
        earned("2020-03-01"),
        earned("2023-03-01"),
        approved("recertification", "2025-01-01", "2025-02-01"),
    )
    assert [len(each.applications) for each in life.cycles] == [0, 1, 0]
    standings_on = [
        standing_on(life.timeline(), day(on)) for on in ("2023-02-28", "2025-02-01")
    ]
    assert standings_on == ["lapsed", "good"]
    assert life.working(day("2025-06-16")) is life.cycles[2]


def test_an_exam_passed_while_a_late_refusal_was_awaited_begins_anew() -> None:
    facts = (
        earned("2020-03-01"),
        earned("2023-03-05"),
        refused("reinstatement", "2023-02-28", "2023-03-10"),
    )
    life = lived(*facts)
    assert life.cycles[1].first_on == day("2023-03-05")
    assert standing_on(life.timeline(), day("2023-03-09")) == "under_review"
    assert standing_on(life.timeline(), day("2023-03-10")) == "good"
    as_known = lived(*facts, as_of="2023-03-09")
    assert len(as_known.cycles) == 1


def test_a_request_made_in_review_ends_with_the_application() -> None:
    life = lived(
        approved("recertification", "2022-06-01", "2022-07-01"),
        applied("extension", "2022-06-10"),
    )
    assert [len(each.applications) for each in life.cycles] == [2, 0]
    assert standing_on(life.timeline(), day("2022-07-01")) == "good"


def test_what_comes_later_changes_no_earlier_answer() -> None:
    facts = (
        applied("extension", "2022-06-10"),
        approved("recertification", "2022-08-01", "2022-09-01"),
    )
    for on, standing in (("2022-08-01", "under_review"), ("2022-09-01", "good")):
        life = lived(*facts, as_of=on)
        assert standing_on(life.timeline(), day(on)) == standing
    assert lived(*facts, as_of="2022-08-31").cycles[0].closed_on is None

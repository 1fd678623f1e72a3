"""What the public reads of a standing on each day (N13): only a decision changes it."""

from datetime import date

import pytest

from credentials.policy import YearDay
from renewals.rules import StandingFact
from renewals.rules.published import PUBLISHED, Published, published

ENDS = YearDay(12, 1)
LAST = date(2025, 12, 1)
BEGAN = StandingFact(date(2022, 6, 1), "good")
DUE = StandingFact(date(2025, 8, 1), "due")
NONE = StandingFact(date.min, "none")


def facts(*more: tuple[date, str]) -> list[StandingFact]:
    """Somebody certified in 2022 whose window is open, and what became of it."""
    return [NONE, BEGAN, DUE, *(StandingFact(*each) for each in more)]


NOTHING_DONE = facts(
    (date(2025, 12, 2), "late"),
    (date(2026, 1, 1), "lapsed"),
    (date(2026, 7, 1), "expired"),
)


def told(timeline: list[StandingFact], day: date) -> Published:
    """What is published on a day by a body of cycles."""
    return published(timeline, day, ends=ENDS)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2022, 5, 31), Published("unknown")),
        (date(2022, 6, 1), Published("in_good_standing", through=LAST)),
        (LAST, Published("in_good_standing", through=LAST)),
        (date(2025, 12, 2), Published("last_approved", through=LAST)),
        (date(2025, 12, 31), Published("last_approved", through=LAST)),
        (date(2026, 1, 1), Published("lapsed", date(2026, 1, 1), LAST)),
        (date(2026, 6, 30), Published("lapsed", date(2026, 1, 1), LAST)),
        (date(2026, 7, 1), Published("not_current", date(2026, 1, 1), LAST)),
    ],
)
def test_each_edge_of_a_cycle_that_nobody_applied_for(
    day: date, answer: Published
) -> None:
    assert told(NOTHING_DONE, day) == answer


@pytest.mark.parametrize("applied", [date(2025, 9, 1), LAST, date(2025, 12, 2)])
@pytest.mark.parametrize("day", [date(2025, 12, 2), date(2026, 1, 1), date(2026, 3, 1)])
def test_what_is_looked_at_reads_as_the_last_that_was_approved(
    applied: date, day: date
) -> None:
    timeline = facts((applied, "under_review"))
    assert told(timeline, day) == Published("last_approved", through=LAST)
    assert told(timeline, LAST) == Published("in_good_standing", through=LAST)


def test_late_review_and_extension_read_alike() -> None:
    day = date(2025, 12, 20)
    late = (date(2025, 12, 2), "late")
    ways = [
        facts(late),
        facts(late, (date(2025, 12, 15), "under_review")),
        facts((date(2025, 11, 20), "under_review"), (date(2025, 12, 3), "extended")),
        facts((date(2025, 12, 2), "extended")),
    ]
    assert {told(each, day) for each in ways} == {
        Published("last_approved", through=LAST)
    }


def test_a_reinstatement_that_is_looked_at_leaves_it_lapsed() -> None:
    timeline = facts(
        (date(2025, 12, 2), "late"),
        (date(2026, 1, 1), "lapsed"),
        (date(2026, 2, 3), "under_review"),
    )
    lapsed = Published("lapsed", date(2026, 1, 1), LAST)
    assert told(timeline, date(2026, 2, 2)) == lapsed
    assert told(timeline, date(2026, 2, 3)) == lapsed


def test_an_approval_changes_it_that_day() -> None:
    timeline = facts(
        (date(2025, 11, 20), "under_review"),
        (date(2025, 12, 22), "good"),
        (date(2028, 8, 1), "due"),
        (date(2028, 12, 2), "late"),
    )
    before, after = date(2025, 12, 21), date(2025, 12, 22)
    assert told(timeline, before) == Published("last_approved", through=LAST)
    good = Published("in_good_standing", through=date(2028, 12, 1))
    assert told(timeline, after) == good


def test_a_credential_that_expired_stays_ended_when_another_is_earned_n8() -> None:
    timeline = [*NOTHING_DONE, StandingFact(date(2026, 9, 5), "good")]
    day = date(2026, 10, 1)
    old = published(timeline, day, ends=ENDS, earned_on=date(2022, 6, 1))
    new = published(timeline, day, ends=ENDS, earned_on=date(2026, 9, 5))
    assert old == Published("not_current", date(2026, 1, 1), LAST)
    assert new.code == "in_good_standing"


def test_a_body_of_terms_knows_two_words_a12() -> None:
    timeline = [
        NONE,
        StandingFact(date(2024, 11, 3), "good"),
        StandingFact(date(2025, 10, 4), "due"),
        StandingFact(date(2025, 11, 3), "renew_now"),
    ]
    good = published(timeline, date(2025, 11, 2), ends=None)
    over = published(timeline, date(2025, 11, 3), ends=None)
    assert good == Published("in_good_standing", through=date(2025, 11, 2))
    assert over.code == "not_current"
    assert over.since == date(2025, 11, 3)


def test_nothing_known_is_unknown() -> None:
    assert told([], LAST) == Published("unknown")
    assert {"unknown", "lapsed"} <= {*PUBLISHED}


def test_a_credential_earned_after_the_cycle_s_end_waits_for_it_n3() -> None:
    timeline = facts((date(2025, 12, 2), "late"), (date(2026, 1, 1), "lapsed"))
    for earned in (date(2025, 12, 10), date(2026, 3, 2)):
        for day in (date(2025, 12, 20), date(2026, 4, 1)):
            found = published(timeline, day, ends=ENDS, earned_on=earned)
            assert found == Published("unknown")


def test_a_credential_stays_ended_however_often_its_holder_begins_anew_n8() -> None:
    anew = (
        (date(2026, 9, 1), "good"),
        (date(2030, 1, 1), "lapsed"),
        (date(2030, 7, 1), "expired"),
        (date(2030, 9, 5), "good"),
    )
    timeline = [*NOTHING_DONE, *(StandingFact(*each) for each in anew)]
    ended, later = (
        published(timeline, day, ends=ENDS, earned_on=date(2022, 6, 1))
        for day in (date(2026, 8, 1), date(2030, 10, 1))
    )
    assert ended.since == date(2026, 1, 1)
    assert later == ended

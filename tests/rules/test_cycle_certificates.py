"""For which days a credential of a cycle is certified (N1, N14)."""

from datetime import date

import pytest

from credentials.policy import policy_for
from renewals.rules.cycles import (
    Application,
    Earned,
    Facts,
    History,
    certified_first,
    certified_next,
    history,
    known,
)

CPCS, CPMSM = Earned("CPCS", date(2022, 6, 1)), Earned("CPMSM", date(2024, 6, 30))
LAST = date(2025, 12, 1)
SENT, APPROVED = date(2025, 11, 3), date(2025, 11, 20)
CLOSED = Application("recertification", SENT, "approved", APPROVED)


def lived(*earned: Earned, applied: Application | None = None, on: date) -> History:
    """The cycles of somebody, as known on a day."""
    facts = Facts(earned, (applied,) if applied else ())
    return history(lambda day: policy_for("namss", on=day), known(facts, on))


def test_every_credential_is_certified_for_the_cycle_that_follows() -> None:
    found = certified_next(
        lived(CPCS, CPMSM, applied=CLOSED, on=APPROVED), LAST, APPROVED
    )
    assert [each.earned.code for each in found] == ["CPCS", "CPMSM"]
    assert {(each.first_on, each.last_on) for each in found} == {
        (date(2025, 12, 2), date(2028, 12, 1))
    }


def test_what_was_earned_while_it_was_reviewed_goes_on_as_well() -> None:
    late = Earned("CPMSM", date(2025, 11, 10))
    found = certified_next(
        lived(CPCS, late, applied=CLOSED, on=APPROVED), LAST, APPROVED
    )
    assert [each.earned.code for each in found] == ["CPCS", "CPMSM"]


def test_nothing_follows_what_is_not_recertified() -> None:
    assert certified_next(lived(CPCS, on=APPROVED), LAST, APPROVED) == ()


def test_a_reinstatement_certifies_the_whole_cycle_and_what_was_earned_in_it() -> None:
    day = date(2026, 4, 20)
    late = Earned("CPMSM", date(2026, 3, 2))
    back = Application("reinstatement", date(2026, 4, 1), "approved", day)
    found = certified_next(lived(CPCS, late, applied=back, on=day), LAST, day)
    assert [(each.earned.code, each.first_on) for each in found] == [
        ("CPCS", date(2025, 12, 2)),
        ("CPMSM", date(2026, 3, 2)),
    ]


@pytest.mark.parametrize(
    ("earned", "recorded", "days"),
    [
        (CPCS, date(2022, 6, 3), (CPCS.on, LAST)),
        (CPCS, LAST, (CPCS.on, LAST)),
        # Its first cycle is over: nothing is certified any more.
        (CPCS, date(2025, 12, 2), None),
        (Earned("CPCS", date(2024, 5, 10)), date(2024, 5, 12), None),
    ],
)
def test_who_passed_is_certified_from_the_notification_to_the_cycle_s_end(
    earned: Earned, recorded: date, days: tuple[date, date] | None
) -> None:
    found = certified_first(lived(earned, on=recorded), earned, recorded)
    if earned.on.year == 2024:
        days = (earned.on, date(2027, 12, 1))
    assert (found and (found.first_on, found.last_on)) == days


def test_a_second_credential_runs_with_the_cycle_it_was_earned_in() -> None:
    found = certified_first(lived(CPCS, CPMSM, on=CPMSM.on), CPMSM, CPMSM.on)
    assert found is not None
    assert (found.first_on, found.last_on) == (CPMSM.on, LAST)


def test_one_earned_after_the_approval_is_certified_to_the_next_end() -> None:
    late = Earned("CPMSM", date(2025, 11, 25))
    found = certified_first(
        lived(CPCS, late, applied=CLOSED, on=late.on), late, late.on
    )
    assert found is not None
    assert (found.first_on, found.last_on) == (date(2025, 12, 2), date(2028, 12, 1))

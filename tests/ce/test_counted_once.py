"""What is stored tells the rules of cycles which reports stand beside each other."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits.queries import credits_by_member
from credentials.policy import policy_for
from renewals.rules.cycles import Earned, Facts, counted, history
from tests.cast import TODAY, Cast
from tests.ce.society import SOCIETY, a_report, submitted

pytestmark = pytest.mark.db
CERTIFIED = date(2024, 5, 10)


def applied(member: Member) -> dict[str, Decimal]:
    """What each title brings in the first cycle of somebody certified in 2024."""
    found = history(
        lambda day: policy_for(SOCIETY, on=day),
        Facts((Earned("CPCS", CERTIFIED),)),
    )
    (cycle,) = found.cycles
    credits = credits_by_member([member.pk], SOCIETY)[member.pk]
    rows = counted(cycle, credits, as_of=TODAY)
    return {each.credit.title: each.applied for each in rows}


def test_of_two_college_courses_the_larger_counts_n10(cast: Cast) -> None:
    for title, credits in (("Ethics", 1), ("Law", 3), ("Statistics", 2)):
        report = a_report(
            "college_course", title=title, academic_credits=Decimal(credits)
        )
        submitted(cast.bob, report)
    assert applied(cast.bob) == {"Ethics": 0, "Law": 12, "Statistics": 0}


def test_one_report_of_each_level_counts_in_a_year_n10(cast: Cast) -> None:
    for title, level, positions, on in (
        ("Board", "national", 1, date(2025, 3, 1)),
        ("Both boards", "national", 2, date(2025, 9, 1)),
        ("Chapter", "state", 1, date(2025, 9, 1)),
        ("Board of last year", "national", 1, date(2024, 9, 1)),
    ):
        report = a_report(
            "volunteer_service", title=title, on=on, level=level, positions=positions
        )
        submitted(cast.bob, report)
    assert applied(cast.bob) == {
        "Board": 0,
        "Both boards": 4,
        "Chapter": 1,
        "Board of last year": 2,
    }


def test_the_same_title_on_the_same_day_counts_once_n12(cast: Cast) -> None:
    for title, minutes in (("Grand rounds", 60), ("GRAND  rounds", 120), ("Tea", 60)):
        submitted(cast.bob, a_report("teaching", title=title, minutes=minutes))
    assert applied(cast.bob) == {"Grand rounds": 0, "GRAND  rounds": 4, "Tea": 2}

"""A6, A8, A9: drafts, decisions, and what staff determine."""

from datetime import date
from decimal import Decimal

import pytest

from ce_credits.rules import (
    ActivityInput,
    Credit,
    Decision,
    Submission,
    award,
    credits_of,
)
from tests.rules.packs_of_tests import acmss, guild

DAY = date(2024, 3, 4)
LATER = date(2024, 4, 1)


def counted(minutes: object, submission: Submission) -> tuple[Credit, ...]:
    answer = award(acmss(), ActivityInput(kind="call", on=DAY, minutes=minutes))
    return credits_of(answer, submission, on=DAY, kind="call")


def amounts(credits: tuple[Credit, ...], day: date) -> Decimal:
    found = (credit.credits for credit in credits if credit.counts_as_of(day))
    return sum(found, Decimal(0))


def test_a_submission_counts_from_the_day_it_is_submitted() -> None:
    found = counted(45, Submission(submitted_on=LATER))
    assert found == (Credit(DAY, Decimal("1.0"), LATER, kind="call"),)


def test_a_draft_counts_nothing() -> None:
    assert counted(45, Submission(DAY, proof=False)) == ()
    assert counted(45, Submission(DAY, proof=False, decision="accepted")) == ()


@pytest.mark.parametrize("decision", ["rejected", "returned"])
def test_it_stops_counting_from_the_decision(decision: Decision) -> None:
    found = counted(45, Submission(DAY, decision=decision, decided_on=LATER))
    assert amounts(found, date(2024, 3, 31)) == 1
    assert amounts(found, LATER) == 0


def test_a_decision_without_a_day_is_of_the_day_itself() -> None:
    found = counted(45, Submission(DAY, decision="returned"))
    assert amounts(found, DAY) == 0


def test_acceptance_changes_nothing() -> None:
    found = counted(45, Submission(DAY, decision="accepted", decided_on=LATER))
    assert amounts(found, DAY) == amounts(found, LATER) == 1


def test_what_staff_determine_counts_from_their_decision() -> None:
    open_ = counted(150, Submission(DAY))
    assert open_ == ()
    assert counted(150, Submission(DAY, decision="accepted")) == ()
    settled = Submission(
        DAY, decision="accepted", decided_on=LATER, determined=Decimal(3)
    )
    found = counted(150, settled)
    assert amounts(found, date(2024, 3, 31)) == 0
    assert amounts(found, LATER) == 3


def test_staff_may_accept_less_than_was_computed() -> None:
    settled = Submission(
        DAY, decision="accepted", decided_on=LATER, determined=Decimal("0.5")
    )
    found = counted(45, settled)
    assert amounts(found, DAY) == 1
    assert amounts(found, LATER) == Decimal("0.5")


def test_staff_may_determine_a_length_nobody_gave_but_nothing_refused() -> None:
    settled = Submission(DAY, decision="accepted", determined=Decimal(1))
    assert amounts(counted(None, settled), DAY) == 1
    assert counted(0, settled) == ()
    fair = award(guild(), ActivityInput(kind="candle_fair", on=DAY, minutes=60))
    assert credits_of(fair, settled, on=DAY, kind="candle_fair") == ()


def test_the_approved_share_is_carried() -> None:
    answer = award(guild(), ActivityInput(kind="workshop", on=DAY, minutes=50))
    (found,) = credits_of(answer, Submission(DAY), on=DAY, kind="workshop")
    assert (found.approved, found.kind) == (True, "workshop")

"""From what somebody still lacks to the courses that bring it (H5)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from credentials.policy import credit_words, policy_for

# A requirement of a body, as the catalogue is asked for what counts towards it.
TOTAL, APPROVED = "total", "approved"
REQUIREMENTS: Mapping[str, str] = {
    TOTAL: "All credit asked for",
    APPROVED: "Approved credit asked for",
}


def kinds_towards(requirement: str, program: str, today: date) -> Collection[str]:
    """Name the kinds of a body's credit that count towards a requirement.

    Args:
        requirement: one of `REQUIREMENTS`.
        program: the body's.
        today: the day in its zone, whose policy says so.
    """
    kinds = policy_for(program, on=today).kinds
    return {each.code for each in kinds if requirement == TOTAL or each.approved}


def asked_by_topic(days: Mapping[str, date]) -> Mapping[str, str]:
    """Name what bodies ask for by topic: code and title."""
    rules = [policy_for(program, on=day).relicensure for program, day in days.items()]
    return {each.code: each.title for one in rules if one for each in one.requirements}


def topics_towards(requirement: str, program: str, today: date) -> Collection[str]:
    """Name the topics that count towards what a body asks by topic; none, if nothing.

    Args:
        requirement: its code.
        program: the body's.
        today: the day in its zone, whose policy says so.
    """
    rules = policy_for(program, on=today).relicensure
    asked = rules.requirement(requirement) if rules else None
    return asked.topics if asked else ()


def lacking_lines(
    program: str, unit: str, missing: Decimal, missing_approved: Decimal
) -> Sequence[tuple[str, str]]:
    """Say each line that is missing, with the address of the courses that bring it."""
    lines = (
        (TOTAL, missing, f"{credit_words(missing)} {unit} missing"),
        (
            APPROVED,
            missing_approved,
            f"{credit_words(missing_approved)} approved {unit} missing",
        ),
    )
    return [
        (text, f"{reverse('my_learning')}?{_asked(program, requirement)}")
        for requirement, amount, text in lines
        if amount
    ]


def _asked(program: str, requirement: str) -> str:
    return urlencode({"program": program, "requirement": requirement})

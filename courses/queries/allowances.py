"""What somebody was allowed beyond the rule: more tries of a test, more time."""

from collections.abc import Sequence
from uuid import UUID

from accounts.models import Member
from courses.models import Allowance, Enrolment

FULL = 100


def allowances_of(member: Member, program: str) -> Sequence[Allowance]:
    """List what somebody was allowed by a body, the newest first."""
    mine = Allowance.objects.of_program(program).filter(member=member)
    return list(mine.select_related("enrolment__course"))


def extended_percent(member_id: UUID, program: str) -> int:
    """Say how much more time somebody has in a body's exams and tests, in percent."""
    mine = Allowance.objects.of_program(program).filter(member=member_id)
    rows = mine.filter(enrolment=None).order_by("-at", "-pk")
    return rows.values_list("percent", flat=True).first() or 0


def minutes_for(member_id: UUID, program: str, minutes: int) -> int:
    """Say how many minutes somebody has where `minutes` are set; part of one is one."""
    whole = minutes * (FULL + extended_percent(member_id, program))
    return -(-whole // FULL)


def tries_of(enrolment: Enrolment) -> int:
    """Say how often somebody can take the test of their version.

    Raises:
        AssertionError: the version has no test.
    """
    tries = enrolment.version.tries
    assert tries is not None, "a version with a test says how often"
    return tries + Allowance.objects.filter(enrolment=enrolment).count()

"""What a sponsor's activity brings, and what its attendance is held against (M12)."""

from collections.abc import Sequence

from ce_credits.models import ApprovalApplication
from ce_credits.rules import Attended, Programme, Stated, stated_credit
from core.failures import Refusal
from credentials.policy import Policy, policy_for

NOT_APPROVED = "This activity is not approved. Its attendance can't be reported."


def credit_stated(application: ApprovalApplication) -> Stated:
    """State the credit of what was sent, by the policy of its first day (X6)."""
    programme = Programme.of(application.facts)
    return stated_credit(approval_policy(application), programme)


def ended_codes(program: str, codes: Sequence[str] | None = None) -> set[str]:
    """Name the codes of sponsors' activities whose approval is over.

    Args:
        codes: look at these alone.
    """
    rows = ApprovalApplication.objects.of_program(program)
    rows = rows.filter(ended_on__isnull=False)
    if codes is not None:
        rows = rows.filter(item__code__in=codes)
    return set(rows.values_list("item__code", flat=True))


def approval_policy(application: ApprovalApplication) -> Policy:
    """Give the policy that an activity's kind and credit follow: its first day's."""
    first = Programme.of(application.facts).days[0]
    return policy_for(application.program, on=first)


def attended(application: ApprovalApplication) -> Attended:
    """Give what attendance of an activity is held against.

    Raises:
        Refusal: it is not approved.
    """
    item = application.item
    if item is None:
        raise Refusal(NOT_APPROVED)
    days = Programme.of(application.facts).days
    return Attended(
        item.code,
        days,
        item.minutes or 0,
        application.ended_on,
        application.ended_why,
    )

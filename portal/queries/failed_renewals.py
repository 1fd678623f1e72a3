"""Auto-renewals that a fault of the portal stopped, and that nobody made good yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from credentials.models import Window
from credentials.policy import day_words
from renewals.models import RenewalAttempt

MOST_RENEWALS = 20


@dataclass(frozen=True)
class FailedRenewal:
    """Somebody who was to be renewed and was not, and who renews them now."""

    holder: str
    url: str
    due_text: str
    error: str
    hand_text: str


def count_failed_renewals(program: str) -> int:
    """Count those whose practice still has to renew them by hand."""
    return _failed(program).count()


def failed_renewals(program: str) -> Sequence[FailedRenewal]:
    """List the newest of them. Constant in its statements."""
    found = (
        _failed(program)
        .select_related("member", "practice", "window")
        .order_by("-at", "pk")[:MOST_RENEWALS]
    )
    return [
        FailedRenewal(
            holder=each.member.name,
            url=reverse(
                "staff_member", kwargs={"program": program, "member_id": each.member_id}
            ),
            due_text=day_words(each.window.renewal_on),
            error=each.reason,
            hand_text=f"{each.practice.name} renews them by hand: it is not tried "
            "again.",
        )
        for each in found
    ]


def _failed(program: str) -> QuerySet[RenewalAttempt]:
    # Whoever was renewed since, or left the practice, is nobody's work any more.
    later = Window.objects.filter(
        member=OuterRef("member"),
        program=program,
        sequence__gt=OuterRef("window__sequence"),
    )
    return RenewalAttempt.objects.filter(
        ~Exists(later),
        window__program=program,
        outcome=RenewalAttempt.Outcome.FAILED,
        sponsorship__until_on=None,
    )

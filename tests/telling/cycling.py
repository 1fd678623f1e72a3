"""Who holds something of a body of cycles beside, or nothing else."""

from datetime import date

from accounts.models import Member
from notifications.models import Subscription
from tests.cast import NOW, a_user
from tests.reminding.cycles import holder


def certificant(name: str = "Nora Nolan", *codes: str) -> Member:
    """Somebody without a practice who passed in May 2022, with an account."""
    return holder(name, *codes, user=a_user(name))


def asks(member: Member, on: date) -> Subscription:
    """Have them ask for the weekly summary."""
    assert member.user is not None
    return Subscription.objects.create(
        user=member.user, kind="weekly", on=True, from_on=on, changed_at=NOW
    )

"""A practice's own record gives way to the person's: never two lives."""

from accounts.events import RecordsJoined
from ce_credits.models import Activity
from certificates.models import Certificate
from credentials.models import Certification, Window
from credentials.services import cannot_join


def check_joinable(event: RecordsJoined) -> None:
    """Refuse where the practice's own record holds what can't be brought along.

    Raises:
        NotEligible: a credential, a certificate, CE or another program stands on it.
    """
    mine = {"member": event.empty}
    held = (
        ("a credential", Certification.objects.filter(**mine)),
        ("a certificate", Certificate.objects.filter(**mine)),
        ("continuing education", Activity.objects.filter(**mine)),
        (
            "more than can be brought to yours",
            Window.objects.filter(**mine).exclude(program=event.new.program),
        ),
    )
    for what, rows in held:
        if rows.exists():
            raise cannot_join(event=event, what=what)

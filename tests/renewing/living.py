"""Writing a random life's terms as rows."""

from accounts.models import Member
from credentials.models import Window
from renewals.models import TermCertificate
from tests.cast import BODY, NOW
from tests.rules.lives import Life


def live_through(member: Member, life: Life) -> None:
    """Write each term of a life, with its waiver."""
    for place, term in enumerate(life.terms, start=1):
        window = Window.objects.create(
            member=member,
            program=BODY,
            sequence=place,
            first_on=term.first_on,
            last_on=term.last_on,
            applied_on=term.applied_on,
            credits_asked=life.policy.terms.requirement.credits,
            policy=life.policy.version,
            created_at=NOW,
        )
        if term.waived_on:
            TermCertificate.objects.create(
                window=window,
                state="held",
                have=0,
                need=3,
                missing=["credits"],
                rule="A10",
                reasons=[],
                policy=life.policy.version,
                waived_on=term.waived_on,
                waived_reason="for a test",
                decided_at=NOW,
            )

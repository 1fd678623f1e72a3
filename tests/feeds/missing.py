"""What is asked about a credit that is missing, and answered."""

from datetime import date

from accounts.models import Member
from ce_credits.models import CatalogueItem, MissingCredit
from ce_credits.services import answer_missing, ask_missing
from ce_credits.services.missing import Said
from core.actor import Actor
from tests.cast import NOW, TESTER, TODAY

DONE = date(2025, 10, 2)


def asks(member: Member, on: date = DONE, code: str = "ETH-1") -> Said:
    """Somebody says their credit is missing."""
    item = CatalogueItem.objects.filter(code=code).first()
    actor = Actor(member.name, member.user_id)
    return ask_missing(
        actor=actor, member=member, item=item, on=on, today=TODAY, now=NOW
    )


def missed() -> MissingCredit:
    """What was asked."""
    return MissingCredit.objects.get()


def answers(outcome: str, reason: str = "They wrote.", **more: object) -> None:
    """Staff answer."""
    given = {"actor": TESTER, "question": missed(), "now": NOW} | more
    answer_missing(outcome=outcome, reason=reason, **given)  # type: ignore[arg-type]

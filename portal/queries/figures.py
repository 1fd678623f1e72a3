"""A member's terms with their figures: six statements a program, however many terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.access import OwnDoor, PracticeDoor
from accounts.models import Sponsorship
from ce_credits.models import CreditAward
from core.failures import Missing
from credentials.models import Window
from credentials.policy import policy_for
from renewals.models import TermCertificate
from renewals.queries import Life, life_of
from renewals.rules import counting, in_all, term_of


@dataclass(frozen=True)
class TermFigures:
    """A term, what it asks and what is there.

    `completed` is all that counts in it, `have` what is left of that under the body's
    limits. `awards` are those that count on the day asked, the oldest first.
    """

    window: Window
    unit: str
    need: Decimal
    completed: Decimal
    have: Decimal
    awards: Sequence[CreditAward]
    held: TermCertificate | None
    own_paper: bool

    @property
    def missing(self) -> Decimal:
        """Credits still needed."""
        return max(self.need - self.have, Decimal(0))


def programs_behind(
    door: PracticeDoor | OwnDoor, member_id: UUID, program: str = ""
) -> Sequence[str]:
    """Name the programs in which a member's terms are seen through a door.

    Raises:
        Missing: the practice doesn't stand for such a member.
    """
    if isinstance(door, OwnDoor):
        rows = Window.objects.visible_to(door.member).order_by()
        found = sorted(set(rows.values_list("program", flat=True)))
    else:
        lines = Sponsorship.objects.of(door.practice).open().filter(member=member_id)
        found = sorted(lines.values_list("program", flat=True))
        if not found:
            raise Missing("Not found.")
    return [each for each in found if program in ("", each)]


def terms_behind(
    door: PracticeDoor | OwnDoor, member_id: UUID, program: str, *, today: date
) -> list[TermFigures]:
    """Work out a member's terms in a program as known at the end of a day."""
    life = life_of(member_id, program)
    awards = list(_awards(member_id, program, today))
    held = {row.window_id: row for row in life.certificates}
    practice = door.practice.pk if isinstance(door, PracticeDoor) else None
    return [
        _figures(life, window, awards, held.get(window.pk), practice, today)
        for window in life.windows
    ]


def _figures(
    life: Life,
    window: Window,
    awards: Sequence[CreditAward],
    held: TermCertificate | None,
    practice: UUID | None,
    today: date,
) -> TermFigures:
    terms = life.terms
    term = next(each for each in terms if each.first_on == window.first_on)
    policy = policy_for(window.program, on=window.last_on)
    counted = counting(terms, term, life.credits, as_of=today)
    paper = held.certificate if held else None
    return TermFigures(
        window=window,
        unit=policy.unit,
        need=policy.terms.requirement.credits,
        completed=sum((credit.credits for credit in counted), Decimal(0)),
        have=in_all(policy, terms, term, life.credits, as_of=today).credits,
        awards=[each for each in awards if term_of(terms, each.on) == term],
        held=held,
        own_paper=paper is not None and practice in (None, paper.practice_id),
    )


def _awards(member_id: UUID, program: str, today: date) -> Iterable[CreditAward]:
    """Give each activity's award that counts on a day, the earliest first."""
    newest: dict[UUID, CreditAward] = {}
    for award in (
        CreditAward.objects.filter(
            activity__member=member_id,
            activity__program=program,
            counts_from__lte=today,
        )
        .select_related("activity")
        .order_by("on", "activity_id", "sequence")
    ):
        newest[award.activity_id] = award
    return sorted(
        (award for award in newest.values() if award.credits),
        key=lambda award: (award.on, award.decided_at, award.pk),
    )

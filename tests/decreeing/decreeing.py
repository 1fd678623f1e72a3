"""A decree of a body of cycles in few words."""

from datetime import date
from uuid import UUID, uuid4

from accounts.models import Member
from core.actor import Actor
from renewals.models import Decree, MovedDeadline
from renewals.queries import Chosen, DecreePlan, waiting_lines
from renewals.services import NewDecree, decree_more_time, give_line, preview_decree
from renewals.services.standing import record_standing
from tests.recertifying.living import BODY, LAST, noon

MAX = Actor("Max Manager")
UNTIL = date(2026, 3, 2)
STORM = "The storm of November 2025"
NOV_20 = date(2025, 11, 20)


def known(*members: Member, today: date = NOV_20) -> None:
    """Work out how people stand, as recording a credential does."""
    for each in members:
        record_standing(member_id=each.pk, program=BODY, today=today, now=noon(today))


def number_of(member: Member) -> str:
    """The number of somebody's first credential."""
    return member.certifications.order_by("earned_on", "code")[0].number


def listed(
    *numbers: str, until: date | None = UNTIL, months: int | None = None
) -> Chosen:
    """Choose by numbers."""
    return Chosen(until, months, numbers=numbers)


def of_cycle(last_on: date = LAST, code: str = "", until: date = UNTIL) -> Chosen:
    """Choose all whose cycle ends on a day."""
    return Chosen(until, None, code=code, cycle_last_on=last_on)


def previewed(
    chosen: Chosen, *, on: date = NOV_20, reason: str = STORM, actor: Actor = MAX
) -> DecreePlan:
    """What a decree would be."""
    asked = NewDecree(reason, chosen)
    return preview_decree(actor=actor, program=BODY, asked=asked, today=on)


def decreed(
    chosen: Chosen, *, on: date = NOV_20, key: UUID | None = None, seen: str = ""
) -> Decree:
    """Decree what was previewed."""
    return decree_more_time(
        actor=MAX,
        program=BODY,
        asked=NewDecree(STORM, chosen),
        seen=seen or previewed(chosen, on=on).digest,
        key=key or uuid4(),
        today=on,
        now=noon(on),
    )


def given(on: date = NOV_20) -> int:
    """Let a worker give all that waits; how many were given."""
    return sum(
        give_line(line_id=each, today=on, now=noon(on))
        for each in waiting_lines(BODY, most=1000)
    )


def line_of(member: Member) -> MovedDeadline:
    """The newest line of somebody."""
    return MovedDeadline.objects.filter(member=member).order_by("-number")[0]

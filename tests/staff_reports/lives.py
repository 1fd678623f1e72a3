"""People whose cycles ended in every way there is, made as staff's facts are."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.models import Member
from renewals.models import Recertification
from renewals.queries import facts_of, history_of
from renewals.rules.cycles import Cycle
from renewals.services.standing import record_standing
from tests.cast import NOW, a_member
from tests.recertifying.living import BODY, certified, noon

WAYS = (
    *("on_time", "on_time", "extended", "late", "reinstated", "refused"),
    *("waits", "asked", "nothing"),
)
# What nobody can have decided on yet is not among these.
LATELY = ("on_time", "late", "waits", "asked", "nothing")
Kind, State = Recertification.Kind, Recertification.State


@dataclass(frozen=True)
class Days:
    """The days of an application."""

    sent: date
    paid: date | None = None
    decided: date | None = None


def applied(member: Member, cycle: Cycle, kind: str, state: str, days: Days) -> None:
    """Write an application into a cycle, without anybody reacting."""
    Recertification.objects.create(
        member=member,
        program=BODY,
        kind=kind,
        state=state,
        cycle_last_on=cycle.last_on,
        name=member.name,
        declared=True,
        submitted_on=days.sent,
        paid_on=days.paid,
        decided_on=days.decided,
        decided_by="Mona" if days.decided else "",
        reason="No" if state == State.REFUSED else "",
        created_at=NOW,
        changed_at=NOW,
    )


def ends(member: Member, cycle: Cycle, way: str) -> None:
    """Let a cycle end in one of the ways."""
    last, day = cycle.last_on, timedelta(days=1)
    kind, state, days = {
        "on_time": ("recertification", "approved", Days(last, last, last + 20 * day)),
        "late": (
            "recertification",
            "approved",
            Days(last - day, last + day, last + 25 * day),
        ),
        "extended": (
            "recertification",
            "approved",
            Days(last + 90 * day, last + 91 * day, last + 99 * day),
        ),
        "reinstated": (
            "reinstatement",
            "approved",
            Days(last + 60 * day, last + 70 * day, last + 80 * day),
        ),
        "refused": (
            "recertification",
            "refused",
            Days(last - day, last, last + 50 * day),
        ),
        "waits": ("recertification", "open", Days(last - day, last)),
        "asked": ("extension", "open", Days(last - day)),
    }[way]
    if way == "extended":
        granted = Days(last - 20 * day, None, last - 10 * day)
        applied(member, cycle, Kind.EXTENSION, State.APPROVED, granted)
    applied(member, cycle, kind, state, days)


def a_life(number: int, random: Random, *, today: date) -> Member:
    """Make somebody who lived through some cycles by chance."""
    member = a_member(f"Pat Number{number}", None, program=BODY)
    certified(member, date(2010, 1, 5) + timedelta(days=random.randrange(5000)))
    for _ in range(6):
        cycle = _present(member, today)
        if cycle.last_on > today or cycle.recertified_by(today):
            break
        lately = today - cycle.last_on < timedelta(days=110)
        way = random.choice(LATELY if lately else WAYS)
        if way != "nothing":
            ends(member, cycle, way)
        if way in {"waits", "asked"}:
            break
        expired = _present(member, today).expired_on()
        if expired is None or way not in {"refused", "nothing"}:
            continue
        if expired > today - timedelta(days=400) or random.random() < 0.5:
            break
        certified(member, expired + timedelta(days=random.randrange(0, 300)))
    record_standing(member_id=member.pk, program=BODY, today=today, now=noon(today))
    return member


def _present(member: Member, today: date) -> Cycle:
    """Give the last cycle there is."""
    return history_of(facts_of(member.pk, BODY), BODY, as_of=today).cycles[-1]

"""People whose term ends on a day of the test's choice, and who was told of it."""

from datetime import date, timedelta
from uuid import uuid4

from accounts.models import Member, Practice, Sponsorship, User
from core.models import OutboxMessage
from credentials.models import SeatPool, Window
from renewals.models import DigestLine, RenewalAttempt
from renewals.rules import add_months
from renewals.services import pass_day
from renewals.services.reminding import DIGEST, NOTICE
from tests.cast import BODY, NOW, TODAY, Cast, a_member

POLICY = "acmss@2017-01-01"
DUE = date(2025, 12, 1)


def term(
    member: Member, renewal_on: date, *, program: str = BODY, sequence: int = 1
) -> Window:
    """Give a member a term of a year, paid for by who sponsors them now."""
    sponsorship = Sponsorship.objects.open().filter(member=member).first()
    first_on = add_months(renewal_on, -12)
    return Window.objects.create(
        member=member,
        program=program,
        practice=sponsorship.practice if sponsorship else None,
        sponsorship=sponsorship,
        sequence=sequence,
        first_on=first_on,
        last_on=renewal_on - timedelta(days=1),
        applied_on=first_on,
        credits_asked=3,
        policy=POLICY,
        created_at=NOW,
    )


def ending(
    name: str,
    practice: Practice | None,
    renewal_on: date = DUE,
    *,
    mode: str = "manual",
    user: User | None = None,
) -> Window:
    """Make somebody whose term has this renewal date."""
    return term(a_member(name, practice, mode=mode, user=user), renewal_on)


def address(window: Window) -> str:
    """Where the term's member reads mail."""
    return window.member.email


def sweep(today: date = TODAY) -> None:
    """Let a day pass."""
    pass_day(program=BODY, today=today, now=NOW)


def told(kind: str = NOTICE) -> list[str]:
    """Whom messages of a kind were queued for."""
    rows = OutboxMessage.objects.filter(kind=kind).exclude(state="void")
    return sorted(rows.values_list("recipient", flat=True))


def in_digests() -> list[tuple[str, str]]:
    """Each line of each digest about what is due: who stands in it, who reads it."""
    rows = DigestLine.objects.filter(kind=DIGEST).values_list(
        "window__member__last_name", "administrator__name"
    )
    return sorted(rows)


def letter_of(kind: str, **about: object) -> OutboxMessage:
    """The one message of a kind."""
    return OutboxMessage.objects.get(kind=kind, **about)


def moved(member: Member) -> str:
    """Give a member another address."""
    member.email = f"{uuid4().hex[:8]}@mail.example"
    member.save()
    return member.email


def outcomes() -> list[tuple[str, str]]:
    """Whom auto-renewal tried to renew, and what came of it."""
    rows = RenewalAttempt.objects.values_list("member__last_name", "outcome")
    return sorted(rows)


def newest(window: Window) -> Window:
    """The newest term of a term's member."""
    return Window.objects.newest().get(member=window.member, program=window.program)


def left(cast: Cast) -> int:
    """The renewals Northside can still assign."""
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    return pool.available

"""Somebody with two accounts, who was given more time by decree.

She reported the second one and proved it by its link: the two wait for staff.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from accounts.models import Duplicate, Member, User
from accounts.services import prove_duplicate, report_duplicate
from ce_credits.services import record_accepted_activity
from core.actor import Actor
from credentials.models import Certification
from credentials.services import record_certification
from portal.demo.certificants import MANAGER
from portal.demo.roster import CYCLES, DOMAIN
from renewals.queries import Chosen, waiting_lines
from renewals.services import NewDecree, decree_more_time, give_line, preview_decree

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
Opened = Callable[[str, str], User]


@dataclass(frozen=True)
class Account:
    """One of her accounts, and what she learnt under its name."""

    name: str
    account: str
    title: str
    on: date
    hours: int


FIRST = Account("Iris Novak", "iris", "Credentialing basics", date(2023, 4, 18), 6)
SECOND = Account(
    "Iris Novak-Reed", "iris.reed", "Privileging in depth", date(2024, 9, 10), 9
)
CODE, PASSED_ON = "CPCS", date(2022, 7, 12)
DECREED_ON, UNTIL = date(2025, 11, 12), date(2026, 3, 2)
REPORTED_ON = date(2025, 11, 13)
REASON = "The storm of November 2025"


def doubled_deeds(open_account: Opened, actor: Actor, at: At) -> Iterator[Deed]:
    """Give what happened to her, each with its day; `open_account` lets her in."""
    first, second = (_member(open_account, each) for each in (FIRST, SECOND))
    yield PASSED_ON, partial(_certify, first, actor, at)
    for member, account in ((first, FIRST), (second, SECOND)):
        yield account.on, partial(_learn, member, account, actor, at)
    yield DECREED_ON, partial(_decree, first, at)
    yield REPORTED_ON, partial(_report, first, second, at)


def _member(open_account: Opened, account: Account) -> Member:
    user = open_account(account.name, account.account)
    first, _, last = account.name.partition(" ")
    return Member.objects.create(
        first_name=first, last_name=last, email=user.email, user=user
    )


def _certify(member: Member, actor: Actor, at: At) -> None:
    record_certification(
        actor=actor,
        member=member,
        program=CYCLES,
        code=CODE,
        earned_on=PASSED_ON,
        proof="Notification of passing",
        today=PASSED_ON,
        now=at(PASSED_ON),
    )


def _learn(member: Member, account: Account, actor: Actor, at: At) -> None:
    record_accepted_activity(
        actor=actor,
        member=member,
        program=CYCLES,
        kind="approved_education",
        title=account.title,
        on=account.on,
        minutes=account.hours * 60,
        proof="Certificate of attendance",
        reason="Sent in by the certificant",
        today=account.on,
        now=at(account.on),
    )


def _decree(member: Member, at: At) -> None:
    """Let the body's manager decree her more time, and a worker give it."""
    manager = User.objects.get(email=f"{MANAGER}@{DOMAIN}")
    actor = Actor(manager.name, user_id=manager.pk)
    held = Certification.objects.get(member=member, program=CYCLES)
    asked = NewDecree(REASON, Chosen(UNTIL, None, numbers=[held.number]))
    plan = preview_decree(actor=actor, program=CYCLES, asked=asked, today=DECREED_ON)
    decree_more_time(
        actor=actor,
        program=CYCLES,
        asked=asked,
        seen=plan.digest,
        key=uuid4(),
        today=DECREED_ON,
        now=at(DECREED_ON),
    )
    for line_id in waiting_lines(CYCLES, most=1):
        give_line(line_id=line_id, today=DECREED_ON, now=at(DECREED_ON))


def _report(first: Member, second: Member, at: At) -> Duplicate:
    """Report the second account, and open the link that its address was sent."""
    assert second.user is not None
    actor = Actor(first.name, user_id=first.user_id)
    row = report_duplicate(
        actor=actor,
        member=first,
        program=CYCLES,
        email=second.user.email,
        now=at(REPORTED_ON),
    )
    return prove_duplicate(
        actor=actor, member=first, duplicate_id=row.pk, now=at(REPORTED_ON)
    )

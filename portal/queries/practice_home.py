"""The practice's home: what needs somebody today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.models import Practice, Sponsorship
from core.letters import Letter
from core.models import AuditEntry, OutboxMessage
from core.prepared import prepared
from credentials.models import SeatPool
from credentials.policy import credit_words, policy_for, zone_of
from notifications.queries import subject_of
from portal.addresses import practice_url
from portal.queries.assignments import verdict
from portal.queries.learning import term_credit
from portal.queries.people import OnPage, most_urgent, tally
from portal.queries.record_statements import TOLD
from portal.queries.shown import Chip, chip, left_out_words
from portal.queries.trail import Happened, told, when_words
from renewals.queries import Life, lives_of

MOST_TASKS = 10
MOST_MAILS = 5
MOST_ENTRIES = 8
# What of a message its line is made of.
OF_MAIL = ("kind", "recipient", "payload", "state", "sent_at", "edition", "subject")


@dataclass(frozen=True)
class Task:
    """Somebody to do something about."""

    name: str
    date: Chip
    text: str
    button: str
    url: str


@dataclass(frozen=True)
class Pool:
    """How many of a product can be assigned."""

    label: str
    count: int


@dataclass(frozen=True)
class Count:
    """How many people stand so."""

    kind: str
    count: int
    label: str


@dataclass(frozen=True)
class Mail:
    """A message that was sent or waits."""

    subject: str
    to: str
    when_text: str


@dataclass(frozen=True)
class PracticeHome:
    """All the template shows."""

    practice_name: str
    verdict: str
    sub: str
    action_url: str
    action_label: str
    assignments_url: str
    todo: Sequence[Task]
    pools: Sequence[Pool]
    standing: Sequence[Count]
    mails: Sequence[Mail]
    activity_url: str
    activity: Sequence[Happened]


def practice_home(practice: Practice, program: str, *, today: date) -> PracticeHome:
    """Read a practice's home in a constant number of statements."""
    numbers = tally(practice, program, today)
    due_days = policy_for(program, on=today).terms.standing.due_days
    url = practice_url(practice.slug, "assignments")
    urgent = most_urgent(practice, program, today, MOST_TASKS)
    lives = lives_of([row.member_id for row in urgent], program)
    pools, zone = _pools(practice, program), zone_of(program)
    return PracticeHome(
        practice_name=practice.name,
        verdict=verdict(numbers, due_days),
        sub=_sub(pools, numbers["renew"] + numbers["due"]),
        action_url=url,
        action_label="Manage Member Assignments",
        assignments_url=url,
        todo=[_task(row, lives[row.member_id], program, url, today) for row in urgent],
        pools=pools,
        standing=_standing(numbers, due_days),
        mails=_mails(practice, zone),
        activity_url=practice_url(practice.slug, "practice_activity"),
        activity=told(_entries(practice.pk), zone),
    )


@prepared
def _entries(practice_id: UUID) -> QuerySet[AuditEntry]:
    about = AuditEntry.objects.filter(practice=practice_id)
    return about.only(*TOLD).order_by("-at", "-id")[:MOST_ENTRIES]


def _task(row: OnPage, life: Life, program: str, url: str, today: date) -> Task:
    credit = term_credit(life, program, today)
    mode = Sponsorship.Mode(row.renewal_mode)
    how = left_out_words(row.left_from) or mode.label
    words = f"{how}."
    if credit:
        have, need = credit_words(credit.have), credit_words(credit.need)
        what = f"Has {have} of {need} {credit.unit}"
        after = ", so the certificate will be held." if credit.missing else "."
        words = f"{words} {what}{after}"
    return Task(
        name=row.name,
        date=chip(row.last_on, row.standing, today),
        text=words,
        button=f"Renew {row.first_name}",
        url=f"{url}?{urlencode({'q': row.name})}",
    )


def _pools(practice: Practice, program: str) -> list[Pool]:
    return [
        Pool(pool.product.label, pool.available)
        for pool in _seats(practice.pk, program)
    ]


@prepared
def _seats(practice_id: UUID, program: str) -> QuerySet[SeatPool]:
    found = SeatPool.objects.filter(practice=practice_id, product__program=program)
    return found.select_related("product").order_by("product__order")


def _sub(pools: Sequence[Pool], needed: int) -> str:
    if not pools:
        return "You have no renewals to assign. Order some on the page Seats."
    count = pools[0].count
    noun = pools[0].label.lower().removesuffix("s") + ("" if count == 1 else "s")
    enough = f", enough for all {needed}." if count >= needed > 1 else "."
    return f"You have {count} {noun} to assign{enough}"


def _standing(numbers: dict[str, int], due_days: int) -> list[Count]:
    good = numbers["all"] - numbers["renew"] - numbers["due"] - numbers["non"]
    return [
        Count("good", good, "in good standing"),
        Count("due", numbers["due"], f"due in {due_days} days"),
        Count("now", numbers["renew"], "to renew now"),
        Count("none", numbers["non"], "non-members"),
    ]


def _mails(practice: Practice, zone: ZoneInfo) -> list[Mail]:
    return [
        Mail(
            # What waits has no words yet but those it came with.
            row.subject or subject_of(row, Letter(row.payload)),
            row.recipient,
            _when(row, zone),
        )
        for row in _newest_mails(practice.pk)
    ]


@prepared
def _newest_mails(practice_id: UUID) -> QuerySet[OutboxMessage]:
    found = OutboxMessage.objects.filter(practice=practice_id)
    # There was nobody to tell any more: nothing was sent, and nothing will be.
    told_of = found.exclude(state=OutboxMessage.State.VOID)
    return told_of.only(*OF_MAIL).order_by("-created_at")[:MOST_MAILS]


def _when(row: OutboxMessage, zone: ZoneInfo) -> str:
    if row.sent_at is None:
        return "waiting" if row.state != OutboxMessage.State.DEAD else "not delivered"
    return when_words(row.sent_at, zone)

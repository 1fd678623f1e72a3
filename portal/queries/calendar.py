"""The renewals calendar: whose date has passed or comes, who was told, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, TypedDict, cast
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from accounts.models import Practice
from core.models import OutboxMessage
from core.shown import when_day_words
from credentials.models import Product, SeatPool, Window
from credentials.policy import day_words, policy_for, zone_of
from portal.queries.paging import Pager, pager_of
from portal.queries.people import people
from portal.queries.shown import Chip, Mode, chip, mode
from renewals.services import NOTICE

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from accounts.models import Sponsorship

    class Shown(TypedDict):
        """What is read beside a sponsorship."""

        last_on: date
        standing: str | None
        term_id: UUID
        left_from: date | None

    Due = WithAnnotations[Sponsorship, Shown]

DAYS = 90
PAGE_SIZE = 100
State = OutboxMessage.State
TOLD = frozenset({State.SENT, State.UNCONFIRMED})


@dataclass(frozen=True)
class Person:
    """Somebody whose renewal date is near or past."""

    name: str
    record_url: str
    mode: Mode
    told: str


@dataclass(frozen=True)
class Day:
    """A renewal date and whose it is."""

    date: Chip
    people: Sequence[Person]


@dataclass(frozen=True)
class Calendar:
    """All the template shows."""

    practice_name: str
    verdict: str
    sub: str
    days: Sequence[Day]
    assign_url: str
    page_obj: Pager


def calendar(practice: Practice, program: str, *, number: int, today: date) -> Calendar:
    """List the people whose renewal date has passed or comes within 90 days."""
    found = _due(practice, program, today)
    pager = pager_of(number, found.count(), PAGE_SIZE, {"program": program})
    rows = list(found[pager.start : pager.start + PAGE_SIZE])
    notices = _notices([row.term_id for row in rows])
    zone = zone_of(program)
    days = [
        Day(
            chip(last_on, each[0].standing, today),
            [_person(practice, row, notices, today, zone) for row in each],
        )
        for last_on, each in (
            (last_on, list(group))
            for last_on, group in groupby(rows, lambda row: row.last_on)
        )
    ]
    url = reverse("assignments", args=[practice.slug])
    return Calendar(
        practice_name=practice.name,
        verdict=_verdict(pager.total),
        sub=_stock(practice, program),
        days=days,
        assign_url=f"{url}?{urlencode({'program': program})}",
        page_obj=pager,
    )


def _due(practice: Practice, program: str, today: date) -> "QuerySet[Due]":
    newest = Window.objects.filter(
        member=OuterRef("member_id"), program=program
    ).order_by("-sequence")
    found = (
        people(practice, program, today)
        .annotate(term_id=Subquery(newest.values("pk")[:1]))
        # The renewal date is the day after the last one.
        .filter(last_on__lt=today + timedelta(days=DAYS))
        .select_related("member__user")
        .order_by("last_on", "member__last_name", "member__first_name", "member_id")
    )
    return cast("QuerySet[Due]", found)


def _notices(windows: Sequence[UUID]) -> Mapping[UUID, OutboxMessage]:
    """Find the notice of each term; of several the one that went furthest."""
    found = OutboxMessage.objects.filter(kind=NOTICE, subject_id__in=windows)
    by_state = sorted(found, key=lambda row: (row.state in TOLD, row.created_at))
    return {row.subject_id: row for row in by_state}


def _person(
    practice: Practice,
    row: "Due",
    notices: Mapping[UUID, OutboxMessage],
    today: date,
    zone: ZoneInfo,
) -> Person:
    record = reverse("member_record", args=[practice.slug, row.member_id])
    return Person(
        name=row.member.name,
        record_url=f"{record}?{urlencode({'program': row.program})}",
        mode=mode(row.renewal_mode, has_term=True, left_from=row.left_from),
        told=_told(row, notices.get(row.term_id), today, zone),
    )


def _told(row: "Due", notice: OutboxMessage | None, today: date, zone: ZoneInfo) -> str:
    if notice is not None and notice.state in TOLD and notice.sent_at:
        return f"Told by e-mail on {when_day_words(notice.sent_at, zone)}."
    if notice is not None and notice.state == State.DEAD:
        return "The e-mail could not be delivered: check the address."
    if not row.member.written_to:
        return "Not told: there is no e-mail address."
    before = policy_for(row.program, on=row.last_on).terms.reminder.days_before
    on = row.last_on + timedelta(days=1 - before)
    if notice is not None and notice.state in {State.WAITING, State.SENDING}:
        return "The e-mail is on its way."
    return f"E-mail goes out on {day_words(on)}." if on > today else "Not told."


def _verdict(count: int) -> str:
    if not count:
        return f"No renewal date has passed, and none comes in {DAYS} days."
    who = "1 person has a" if count == 1 else f"{count} people have a"
    return f"{who} renewal date that has passed or comes within {DAYS} days."


def _stock(practice: Practice, program: str) -> str:
    pool = (
        SeatPool.objects.of(practice)
        .filter(product__program=program, product__kind=Product.Kind.RENEWAL)
        .select_related("product")
        .first()
    )
    if pool is None or not pool.available:
        return "No renewal is left to assign."
    product, left = pool.product, pool.available
    return f"{left} {product.noun if left == 1 else product.nouns} left to assign."

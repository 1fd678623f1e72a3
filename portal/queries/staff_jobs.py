"""A body's work that failed, and what waits: PDFs, mail and auto-renewals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q
from django.urls import reverse

from certificates.models import Certificate
from core.failures import Missing
from core.files import Scanner, scanner
from core.models import OutboxMessage
from credentials.policy import zone_of
from credentials.queries import SeatFault, seat_faults
from notifications.queries import can_be_sent_again, seen_of
from portal.queries.card_faults import CardFault, card_faults
from portal.queries.failed_renewals import (
    FailedRenewal,
    count_failed_renewals,
    failed_renewals,
)
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.staff_mail import Row, row_of
from portal.queries.status import SLOW, span_words
from portal.queries.trail import when_words

PAGE_SIZE = 50
MOST_MAIL = 20
State, Paper = OutboxMessage.State, Certificate.Paper


@dataclass(frozen=True)
class FailedPaper:
    """A certificate whose PDF could not be made."""

    number: str
    holder: str
    issued_text: str
    error: str
    retry_url: str


@dataclass(frozen=True)
class FailedMail:
    """A message that was not sent."""

    row: Row
    again_url: str
    seen: str


@dataclass(frozen=True)
class Waiting:
    """What has yet to be done: how much, and since when."""

    name: str
    detail: str
    tag: Tag


VIRUSES = "Virus scanner"
SCANNERS = {
    Scanner.NONE: Waiting(
        VIRUSES,
        "None is set. Files are looked into by structure alone.",
        Tag("warn", "Not set"),
    ),
    Scanner.READY: Waiting(
        VIRUSES, "Every file is checked before it is kept.", Tag("ok", "Working")
    ),
    Scanner.AWAY: Waiting(
        VIRUSES,
        "It does not answer. No file is taken until it does.",
        Tag("bad", "Not answering"),
    ),
}


@dataclass(frozen=True)
class StaffJobs:
    """A body's work outside the requests."""

    body_name: str
    verdict: str
    acts: bool
    waiting: Sequence[Waiting]
    papers: Sequence[FailedPaper]
    mail: Sequence[FailedMail]
    dead: int
    dead_url: str
    unconfirmed: int
    unconfirmed_url: str
    renewals: Sequence[FailedRenewal]
    renewals_left: int
    seats: Sequence[SeatFault]
    cards: Sequence[CardFault]
    page_obj: Pager


def staff_jobs(program: str, *, acts: bool, number: int, now: datetime) -> StaffJobs:
    """Read what failed and what waits; `acts`: whether who reads may try again."""
    mail, papers = _mail_counts(program), _paper_counts(program)
    renewals, missed = failed_renewals(program), count_failed_renewals(program)
    seats, cards = seat_faults(program), card_faults(program, now=now)
    pager = pager_of(number, papers["failed"], PAGE_SIZE, {})
    listing = reverse("staff_mail", kwargs={"program": program})
    return StaffJobs(
        body_name=body_name(program),
        verdict=_verdict(
            papers["failed"], mail["dead"], missed, len(seats), len(cards)
        ),
        acts=acts,
        waiting=[
            _waiting("Certificates", "PDF", papers["waiting"], papers["oldest"], now),
            _waiting("E-mail", "message", mail["waiting"], mail["oldest"], now),
            SCANNERS[scanner()],
        ],
        papers=_failed_papers(program, pager, acts=acts),
        mail=_failed_mail(program, acts=acts),
        dead=mail["dead"],
        dead_url=f"{listing}?state={State.DEAD}",
        unconfirmed=mail["unconfirmed"],
        unconfirmed_url=f"{listing}?state={State.UNCONFIRMED}",
        renewals=renewals,
        renewals_left=missed - len(renewals),
        seats=seats,
        cards=cards,
        page_obj=pager,
    )


def failed_paper(program: str, certificate_id: UUID) -> Certificate:
    """Find a certificate of a body, to have its PDF tried again.

    Raises:
        Missing: the body issued no such certificate.
    """
    found = Certificate.objects.filter(program=program, pk=certificate_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def _mail_counts(program: str) -> dict[str, Any]:
    waits = Q(state__in=(State.WAITING, State.SENDING))
    return OutboxMessage.objects.of_program(program).aggregate(
        dead=Count("pk", filter=Q(state=State.DEAD)),
        unconfirmed=Count("pk", filter=Q(state=State.UNCONFIRMED)),
        waiting=Count("pk", filter=waits),
        oldest=Min("created_at", filter=waits),
    )


def _paper_counts(program: str) -> dict[str, Any]:
    waits = Q(paper__in=(Paper.WAITING, Paper.MAKING))
    return Certificate.objects.filter(program=program).aggregate(
        failed=Count("pk", filter=Q(paper=Paper.FAILED)),
        waiting=Count("pk", filter=waits),
        oldest=Min("issued_at", filter=waits),
    )


def _waiting(
    name: str, what: str, count: int, oldest: datetime | None, now: datetime
) -> Waiting:
    if oldest is None:
        return Waiting(name, f"No {what} is waiting.", Tag("ok", "Done"))
    noun = what if count == 1 else f"{what}s"
    waited = now - oldest
    if waited > SLOW:
        words = f"{count} {noun} waiting, the oldest for {span_words(waited)}."
        return Waiting(name, words, Tag("warn", "Overdue"))
    return Waiting(name, f"{count} {noun} on the way.", Tag("info", "Waiting"))


def _failed_papers(program: str, pager: Pager, *, acts: bool) -> Sequence[FailedPaper]:
    zone = zone_of(program)
    found = (
        Certificate.objects.filter(program=program, paper=Paper.FAILED)
        .select_related("member")
        .order_by("-issued_at", "pk")[pager.start : pager.start + PAGE_SIZE]
    )
    return [
        FailedPaper(
            number=each.number,
            holder=each.member.name,
            issued_text=when_words(each.issued_at, zone),
            error=each.last_error,
            retry_url=_retry_url(program, each) if acts else "",
        )
        for each in found
    ]


def _retry_url(program: str, certificate: Certificate) -> str:
    place = {"program": program, "certificate_id": certificate.pk}
    return reverse("staff_retry_paper", kwargs=place)


def _failed_mail(program: str, *, acts: bool) -> Sequence[FailedMail]:
    found = (
        OutboxMessage.objects.of_program(program)
        .filter(state=State.DEAD)
        .order_by("-created_at", "pk")[:MOST_MAIL]
    )
    return [
        FailedMail(
            row=row_of(each, program),
            again_url=_again_url(program, each)
            if acts and can_be_sent_again(each)
            else "",
            seen=seen_of(each),
        )
        for each in found
    ]


def _again_url(program: str, message: OutboxMessage) -> str:
    place = {"program": program, "message_id": message.pk}
    return reverse("staff_send_again", kwargs=place)


def _verdict(papers: int, mail: int, renewals: int, seats: int, cards: int) -> str:
    said = [
        _counted(papers, "PDF", "PDFs", "could not be made"),
        _counted(mail, "message was", "messages were", "not sent"),
        _counted(renewals, "auto-renewal", "auto-renewals", "failed"),
        _counted(seats, "pool of seats does", "pools of seats do", "not add up"),
        _counted(cards, "card needs", "cards need", "a look"),
    ]
    words = ", ".join(each for each in said if each)
    return f"{words}." if words else "Nothing failed."


def _counted(count: int, one: str, many: str, what: str) -> str:
    return f"{count} {one if count == 1 else many} {what}" if count else ""

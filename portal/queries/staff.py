"""What a body's staff see: its members, one member, its seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from accounts.models import Member, Practice
from core.failures import Missing
from core.models import AuditEntry
from credentials.models import Certification, Product, SeatEntry, StandingPeriod, Window
from credentials.policy import credit_words, zone_of
from portal.queries.activity_reported import reported
from portal.queries.learning import CreditLine, term_credit, window_words
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.reports import staff_lines
from portal.queries.resting import Resting, resting_of
from portal.queries.shown import Chip, chip
from portal.queries.trail import Happened, happened, when_words
from renewals.models import TermCertificate
from renewals.queries import Life, certificate_words, life_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Beside(TypedDict):
        """What is read beside a member."""

        last_on: date | None
        standing: str | None
        credential: str | None
        practice: str | None

    Found = WithAnnotations[Member, Beside]

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """One member of the body."""

    name: str
    url: str
    practice: str
    credential: str
    date: Chip


@dataclass(frozen=True)
class StaffHome:
    """The body's members."""

    body_name: str
    verdict: str
    q: str
    all_url: str
    members: Sequence[Row]
    page_obj: Pager


@dataclass(frozen=True)
class StaffTerm:
    """One term's certificate, and what a manager can do about it, where anything."""

    text: str
    words: str
    verify_url: str
    waive_url: str
    revoke_url: str


@dataclass(frozen=True)
class StaffMember:
    """One member as staff see them."""

    body_name: str
    back_url: str
    name: str
    verdict: str
    activity_url: str
    certification_url: str
    activities: Sequence[CreditLine]
    facts: Sequence[tuple[str, str]]
    terms: Sequence[StaffTerm]
    resting: Sequence[Resting]
    trail: Sequence[Happened]


@dataclass(frozen=True)
class Change:
    """One line of the seat ledger; `balance` is what was available after it."""

    practice: str
    product: str
    when_text: str
    who: str
    delta_text: str
    balance: int
    reason: str


@dataclass(frozen=True)
class GrantChoices:
    """Whom seats can be granted to, and which."""

    practices: QuerySet[Practice]
    products: QuerySet[Product]


@dataclass(frozen=True)
class StaffSeats:
    """The seat ledger of a body."""

    body_name: str
    ledger: Sequence[Change]
    page_obj: Pager


def staff_home(program: str, *, q: str, number: int, today: date) -> StaffHome:
    """Search a body's members by name, address or number."""
    found = _members(program, q, today)
    total = found.count()
    pager = pager_of(number, total, PAGE_SIZE, {"q": q})
    start = (pager.number - 1) * PAGE_SIZE
    noun = "member" if total == 1 else "members"
    return StaffHome(
        body_name=body_name(program),
        verdict=f"{total} {noun} found." if q else f"{total} {noun}.",
        q=q,
        all_url="?",
        members=[_row(each, program, today) for each in found[start:][:PAGE_SIZE]],
        page_obj=pager,
    )


def _members(program: str, q: str, today: date) -> "QuerySet[Found]":
    mine: dict[str, Any] = {"member": OuterRef("pk"), "program": program}
    windows = Window.objects.filter(**mine).order_by("-sequence")
    standings = StandingPeriod.objects.filter(**mine, from_on__lte=today)
    earned = Certification.objects.filter(**mine).order_by("earned_on")
    practices = Practice.objects.filter(
        sponsorships__member=OuterRef("pk"),
        sponsorships__program=program,
        sponsorships__until_on=None,
    )
    found = Member.objects.of_program(program).annotate(
        last_on=Subquery(windows.values("last_on")[:1]),
        standing=Subquery(
            standings.order_by("-recording", "-from_on").values("standing")[:1]
        ),
        credential=Subquery(earned.values("number")[:1]),
        practice=Subquery(practices.values("name")[:1]),
    )
    for word in q.split()[:5]:
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(certifications__number__iexact=word)
            | Q(certificates__number__iexact=word)
        )
    return cast("QuerySet[Found]", found)


def _row(member: "Found", program: str, today: date) -> Row:
    place = {"program": program, "member_id": member.pk}
    return Row(
        name=member.name,
        url=reverse("staff_member", kwargs=place),
        practice=member.practice or "None: pays alone",
        credential=member.credential or "Not earned yet",
        date=chip(member.last_on, member.standing, today),
    )


def member_of(program: str, member_id: UUID) -> Member:
    """Find a member of the body.

    Raises:
        Missing: the body knows no such member.
    """
    member = Member.objects.of_program(program).filter(pk=member_id).first()
    if member is None:
        raise Missing("Not found.")
    return member


def staff_member(member: Member, program: str, *, today: date) -> StaffMember:
    """Read one member as staff see them."""
    life = life_of(member.pk, program)
    credit = term_credit(life, program, today)
    place = {"program": program, "member_id": member.pk}
    words = "No term yet."
    if credit:
        have, need = credit_words(credit.have), credit_words(credit.need)
        words = f"{have} of {need} {credit.unit} this term."
    return StaffMember(
        body_name=body_name(program),
        back_url=reverse("staff_home", kwargs={"program": program}),
        name=member.name,
        verdict=words,
        activity_url=reverse("staff_record_activity", kwargs=place),
        certification_url=reverse("staff_record_certification", kwargs=place),
        activities=staff_lines(reported(member.pk, program)),
        facts=_facts(member, life),
        terms=[_term(held, life) for held in reversed(life.certificates)],
        resting=resting_of(life, today),
        trail=happened(
            AuditEntry.objects.filter(member=member, program=program), zone_of(program)
        ),
    )


def _facts(member: Member, life: Life) -> list[tuple[str, str]]:
    facts = [
        ("Credential", str(life.certification or "Not earned yet")),
        ("E-mail", member.email),
    ]
    return [(label, value) for label, value in facts if value]


def _term(held: TermCertificate, life: Life) -> StaffTerm:
    window, certificate = held.window, held.certificate
    ending = life.endings.get(held.window_id)
    place = {"program": window.program}
    waits = held.state == TermCertificate.State.HELD and "credits" in held.missing
    waive = {**place, "member_id": window.member_id, "held_id": held.pk}
    verify = revoke = ""
    if certificate is not None:
        verify = reverse("verify", kwargs={"number": certificate.number})
        if not ending:
            it = {**place, "certificate_id": certificate.pk}
            revoke = reverse("staff_revoke", kwargs=it)
    return StaffTerm(
        text=window_words(window),
        words=certificate_words(window, held, ending),
        verify_url=verify,
        waive_url=(
            reverse("staff_waive", kwargs=waive) if waits and not held.waived_on else ""
        ),
        revoke_url=revoke,
    )


def staff_seats(program: str, *, number: int) -> StaffSeats:
    """Read a body's seat ledger, the newest change first."""
    found = SeatEntry.objects.filter(pool__product__program=program)
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    start = (pager.number - 1) * PAGE_SIZE
    earlier = SeatEntry.objects.filter(pool=OuterRef("pool"), pk__lte=OuterRef("pk"))
    total = earlier.order_by().values("pool").annotate(sum=Sum("delta")).values("sum")
    rows = found.select_related("pool__practice", "pool__product").annotate(
        balance=Subquery(total)
    )
    zone = zone_of(program)
    ledger = [
        Change(
            practice=row.pool.practice.name,
            product=row.pool.product.label,
            when_text=when_words(row.at, zone),
            who=row.by,
            delta_text=f"{row.delta:+d}",
            balance=row.balance,
            reason=row.reason,
        )
        for row in rows.order_by("-pk")[start : start + PAGE_SIZE]
    ]
    return StaffSeats(body_name(program), ledger, pager)


def grant_choices(program: str) -> GrantChoices:
    """Offer every practice, and the body's products."""
    return GrantChoices(
        Practice.objects.order_by("name"),
        Product.objects.filter(program=program).order_by("order"),
    )

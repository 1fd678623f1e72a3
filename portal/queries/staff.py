"""What a body's staff see of one member, and of its seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse

from accounts.models import Member, Practice
from certificates.models import Certificate
from core.failures import Missing
from core.models import AuditEntry
from credentials.models import Product, SeatEntry
from credentials.policy import (
    credit_words,
    cycle_programs,
    day_words,
    licence_programs,
    policy_for,
    term_programs,
    zone_of,
)
from portal.queries.activity_reported import reported
from portal.queries.holding import certificate_tag
from portal.queries.learning import CreditLine, term_credit, window_words
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.reports import staff_lines
from portal.queries.resting import Resting, resting_of
from portal.queries.staff_learning import Learnt, learnt
from portal.queries.trail import Happened, happened, when_words
from renewals.models import Licence, TermCertificate
from renewals.queries import Life, certificate_words, life_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class StaffTerm:
    """A certificate of a term or cycle, and what a manager can do about it."""

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
    society_url: str
    audit_url: str
    exams_url: str
    activities: Sequence[CreditLine]
    facts: Sequence[tuple[str, str]]
    terms_head: str
    terms: Sequence[StaffTerm]
    courses: Sequence[Learnt]
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


def member_of(program: str, member_id: UUID) -> Member:
    """Find a member of the body.

    Raises:
        Missing: the body knows no such member.
    """
    member = Member.objects.of_program(program).filter(pk=member_id).first()
    if member is None:
        raise Missing("Not found.")
    return member


def _exams_url(program: str, member: Member, today: date) -> str:
    """Lead to what was allowed somebody; a body without exams and courses has none."""
    policy = policy_for(program, on=today)
    if not policy.exams and policy.courses is None:
        return ""
    place = {"program": program, "member_id": member.pk}
    return reverse("staff_allowances", kwargs=place)


def staff_member(member: Member, program: str, *, today: date) -> StaffMember:
    """Read one member as staff see them."""
    life = life_of(member.pk, program)
    credit = term_credit(life, program, today)
    place = {"program": program, "member_id": member.pk}
    licensed = program in licence_programs()
    licences = _licences(member, program, today) if licensed else []
    words = f"No {life.books(today).noun} yet."
    if licensed:
        noun = "licence" if len(licences) == 1 else "licences"
        words = f"{len(licences) or 'No'} {noun} entered."
    elif credit:
        have, need = credit_words(credit.have), credit_words(credit.need)
        words = f"{have} of {need} {credit.unit} this {credit.noun}."
    return StaffMember(
        body_name=body_name(program),
        back_url=reverse("staff_home", kwargs={"program": program}),
        name=member.name,
        verdict=words,
        activity_url=reverse("staff_record_activity", kwargs=place),
        certification_url=reverse("staff_record_certification", kwargs=place),
        audit_url=reverse("staff_audit_open", kwargs=place),
        exams_url=_exams_url(program, member, today),
        society_url=(
            reverse("staff_society", kwargs=place)
            if program in cycle_programs()
            else ""
        ),
        activities=staff_lines(reported(member.pk, program)),
        facts=[*(licences if licensed else _credential(life)), *_email(member)],
        terms_head="Terms" if program in term_programs() else "Certificates",
        terms=(
            [_term(held, life) for held in reversed(life.certificates)]
            if program in term_programs()
            else _of_cycles(member, program, today)
        ),
        courses=learnt(member, program),
        resting=resting_of(life, today),
        trail=happened(
            AuditEntry.objects.filter(member=member, program=program), zone_of(program)
        ),
    )


def _credential(life: Life) -> list[tuple[str, str]]:
    return [("Credential", str(life.certification or "Not earned yet"))]


def _email(member: Member) -> list[tuple[str, str]]:
    return [("E-mail", member.email)] if member.email else []


def _licences(member: Member, program: str, today: date) -> list[tuple[str, str]]:
    """List the licences they entered with the body, and which are retired (M11)."""
    rows = Licence.objects.standing().filter(member=member, program=program)
    return [
        (
            "Licence",
            f"{each}, retired since {day_words(each.retired_on)}"
            if each.retired_on and each.retired_on <= today
            else f"{each}, registered {day_words(each.first_on)} to "
            f"{day_words(each.last_on)}",
        )
        for each in rows
    ]


def _of_cycles(member: Member, program: str, today: date) -> list[StaffTerm]:
    """List what was issued, the newest first; what a cycle earned can be revoked."""
    mine = Certificate.objects.of_program(program).filter(member=member)
    found = []
    for each in mine.prefetch_related("events"):
        tag = certificate_tag(each, today)
        it = {"program": program, "certificate_id": each.pk}
        revocable = program in cycle_programs() and not each.events.all()
        found.append(
            StaffTerm(
                text=f"{each.facts['credential_title']}, {each.days_text}",
                words=f"{tag.word}. {each.number}, issued {day_words(each.issued_on)}",
                verify_url=reverse("verify", kwargs={"number": each.number}),
                waive_url="",
                revoke_url=reverse("staff_revoke", kwargs=it) if revocable else "",
            )
        )
    return found


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

"""A body's applications as its managers see them, and who is in the society."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from core.failures import Missing
from core.models import AuditEntry
from core.words import day_words, money_words, span_words
from credentials.models import SocietyMembership
from credentials.policy import credit_words, zone_of
from portal.queries.activity_workings import policy_of
from portal.queries.application_answers import Exchange, exchanged
from portal.queries.application_checks import Checklist, checklist
from portal.queries.application_list import Row, row_of
from portal.queries.places import body_name
from portal.queries.trail import Happened, happened
from renewals.models import Recertification

State = Recertification.State


@dataclass(frozen=True)
class OneApplication:
    """One application with all that was known when it was submitted."""

    body_name: str
    back_url: str
    row: Row
    checklist: Checklist
    facts: Sequence[tuple[str, str]]
    member_url: str
    order_url: str
    version: int
    open: bool
    held_text: str
    audit_url: str
    exchanged: Sequence[Exchange]
    reason: str
    trail: Sequence[Happened]


@dataclass(frozen=True)
class SocietyPage:
    """Who somebody is in the society: what runs, and what ran."""

    body_name: str
    name: str
    member_url: str
    verdict: str
    runs: bool
    ended: Sequence[str]


def sent_application(program: str, application_id: UUID) -> Recertification:
    """Find an application that was submitted to a body.

    Raises:
        Missing: there is none, or it was another body's.
    """
    rows = Recertification.objects.of_program(program).sent()
    found = rows.select_related("member", "order", "audit").filter(pk=application_id)
    row = found.prefetch_related("questions").first()
    if row is None:
        raise Missing("Not found.")
    return row


def one_application(row: Recertification, *, today: date) -> OneApplication:
    """Show one application with its checklist of a day."""
    place = {"program": row.program}
    order = row.order
    entries = AuditEntry.objects.filter(member=row.member_id, subject_id=row.pk)
    return OneApplication(
        body_name=body_name(row.program),
        back_url=reverse("staff_applications", kwargs=place),
        row=row_of(row, today),
        checklist=checklist(row, today=today),
        facts=_facts(row),
        member_url=reverse(
            "staff_member", kwargs={**place, "member_id": row.member_id}
        ),
        order_url=(
            reverse("staff_order", kwargs={**place, "order_id": order.pk})
            if order
            else ""
        ),
        version=row.version,
        open=row.state == State.OPEN,
        held_text=_held_text(row),
        audit_url=_audit_url(row),
        exchanged=exchanged(row),
        reason=row.reason,
        trail=happened(entries, zone_of(row.program)),
    )


def society_of(member: Member, program: str) -> Sequence[SocietyMembership]:
    """List somebody's memberships of the society, the newest first."""
    return list(SocietyMembership.objects.filter(member=member, program=program))


def society_page(member: Member, program: str, *, today: date) -> SocietyPage:
    """Show somebody's memberships of the society, and whether one counts today."""
    rows = society_of(member, program)
    runs = next((each for each in rows if each.until_on is None), None)
    counts = next((each for each in rows if each.counts(today)), None)
    verdict = "Not a member of the society."
    if counts:
        verdict = f"Member of the society since {day_words(counts.from_on)}"
        last = counts.until_on
        verdict += f", until {day_words(last)}." if last else "."
    place = {"program": program, "member_id": member.pk}
    return SocietyPage(
        body_name=body_name(program),
        name=member.name,
        member_url=reverse("staff_member", kwargs=place),
        verdict=verdict,
        runs=runs is not None,
        ended=[span_words(e.from_on, e.until_on) for e in rows if e.until_on],
    )


def _held_text(row: Recertification) -> str:
    if row.held_on is None:
        return ""
    return f"Held since {day_words(row.held_on)} by {row.held_by}: {row.held_reason}"


def _audit_url(row: Recertification) -> str:
    """The open audit that holds it."""
    if row.audited is None:
        return ""
    place = {"program": row.program, "case_id": row.audited.pk}
    return reverse("staff_audit", kwargs=place)


def _facts(row: Recertification) -> list[tuple[str, str]]:
    said = row.facts
    need, have = Decimal(said["need"]), Decimal(said["credits"])
    share, approved = Decimal(said["need_approved"]), Decimal(said["approved"])
    approved_text = f"{credit_words(approved)} of {credit_words(share)}"
    since = day_words(policy_of(row.policy).effective)
    facts = [
        ("Name on the certificate", row.name),
        ("Credits", f"{credit_words(have)} of {credit_words(need)}"),
        # More time asks no approved credit.
        *([("Approved", approved_text)] if share else []),
        ("Society", "Member" if row.society_member else "Not a member"),
        ("Policy of", f"{since}, rule {said['need_rule']}"),
    ]
    facts += [
        (
            f"{part['label']} ({part['rule']})",
            money_words(Decimal(part["amount"]), said["currency"]),
        )
        for part in said["fee"]
    ]
    if row.paid_on:
        facts.append(("Paid on", day_words(row.paid_on)))
    if row.decided_on:
        decided = f"{day_words(row.decided_on)}, {row.decided_by}"
        facts.append((row.get_state_display(), decided))
    return facts

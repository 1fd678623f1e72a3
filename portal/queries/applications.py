"""A body's applications as its managers see them, and who is in the society."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse

from accounts.models import Member
from core.failures import Missing
from core.models import AuditEntry
from core.words import day_words, money_words, span_words
from credentials.models import SocietyMembership
from credentials.policy import credit_words, zone_of
from portal.queries.activity_workings import policy_of
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened
from renewals.models import Recertification

PAGE_SIZE = 50
State = Recertification.State
TAGS = {
    State.AWAITING: Tag("neutral", "Awaiting payment"),
    State.OPEN: Tag("warn", "To decide"),
    State.APPROVED: Tag("ok", "Approved"),
    State.REFUSED: Tag("bad", "Refused"),
    State.WITHDRAWN: Tag("neutral", "Withdrawn"),
}


@dataclass(frozen=True)
class Row:
    """One application of the list."""

    name: str
    url: str
    kind: str
    submitted_text: str
    cycle_text: str
    tag: Tag


@dataclass(frozen=True)
class Applications:
    """The list: what waits for a decision first, the oldest first."""

    body_name: str
    verdict: str
    rows: Sequence[Row]
    pager: Pager


@dataclass(frozen=True)
class OneApplication:
    """One application with all that was known when it was submitted."""

    body_name: str
    back_url: str
    row: Row
    facts: Sequence[tuple[str, str]]
    member_url: str
    order_url: str
    version: int
    open: bool
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


def applications(program: str, *, number: int) -> Applications:
    """List what was submitted to a body."""
    found = Recertification.objects.of_program(program).sent()
    waiting = found.filter(state=State.OPEN).count()
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    turn = Case(
        When(state=State.OPEN, then=Value(0)),
        When(state=State.AWAITING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ordered = found.select_related("member").order_by(turn, "submitted_on", "pk")
    rows = ordered[pager.start : pager.start + PAGE_SIZE]
    noun = "application waits" if waiting == 1 else "applications wait"
    said = f"{waiting} {noun} for a decision." if waiting else "Nothing to decide."
    return Applications(
        body_name=body_name(program),
        verdict=said,
        rows=[_row(each) for each in rows],
        pager=pager,
    )


def sent_application(program: str, application_id: UUID) -> Recertification:
    """Find an application that was submitted to a body.

    Raises:
        Missing: there is none, or it was another body's.
    """
    rows = Recertification.objects.of_program(program).sent()
    found = rows.select_related("member", "order").filter(pk=application_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def one_application(row: Recertification) -> OneApplication:
    """Show one application."""
    place = {"program": row.program}
    order = row.order
    entries = AuditEntry.objects.filter(member=row.member_id, subject_id=row.pk)
    return OneApplication(
        body_name=body_name(row.program),
        back_url=reverse("staff_applications", kwargs=place),
        row=_row(row),
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


def _row(row: Recertification) -> Row:
    place = {"program": row.program, "application_id": row.pk}
    assert row.submitted_on is not None
    return Row(
        name=row.member.name,
        url=reverse("staff_application", kwargs=place),
        kind=row.get_kind_display(),
        submitted_text=day_words(row.submitted_on),
        cycle_text=day_words(row.cycle_last_on),
        tag=TAGS[State(row.state)],
    )


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

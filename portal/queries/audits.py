"""A body's audits as its managers see them: the list, a draw, one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from accounts.models import Member
from ce_credits.models import Activity, AuditCase, AuditDraw, AuditItem
from ce_credits.services import DRAWABLE
from core.failures import Missing
from core.models import AuditEntry
from credentials.policy import credit_words, day_words, policy_for, zone_of
from portal.queries.own_audits import OUTCOMES
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.proofs import size_words
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened

PAGE_SIZE = 50
MOST_DRAWS = 20
MOST_OFFERED = 100


@dataclass(frozen=True)
class Row:
    """One case of the list."""

    name: str
    url: str
    opened_text: str
    due_text: str
    items_text: str
    tag: Tag


@dataclass(frozen=True)
class DrawRow:
    """One draw of the list."""

    text: str
    detail: str
    url: str


@dataclass(frozen=True)
class Audits:
    """The list: what is open first, by the day it is due."""

    body_name: str
    verdict: str
    draw_url: str
    rows: Sequence[Row]
    draws: Sequence[DrawRow]
    pager: Pager


@dataclass(frozen=True)
class File:
    """A file of an activity, for staff."""

    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class Item:
    """One item: what was reported, what was answered, what was found."""

    number: int
    title: str
    facts: Sequence[tuple[str, str]]
    review_url: str
    files: Sequence[File]
    words: str
    tag: Tag
    finding: str
    decided: bool


@dataclass(frozen=True)
class OneCase:
    """One case with its items."""

    body_name: str
    back_url: str
    name: str
    member_url: str
    tag: Tag
    facts: Sequence[tuple[str, str]]
    items: Sequence[Item]
    open: bool
    trail: Sequence[Happened]


def audits(program: str, *, number: int, today: date) -> Audits:
    """List a body's audits."""
    found = AuditCase.objects.of_program(program)
    waiting = found.open().exclude(sent_at=None).count()
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    ordered = counted(found.order_by(F("closed_at").desc(nulls_first=True), "due_on"))
    noun = "response waits" if waiting == 1 else "responses wait"
    draws = AuditDraw.objects.filter(program=program).defer("population")
    return Audits(
        body_name=body_name(program),
        verdict=f"{waiting} {noun}." if waiting else "No response waits.",
        draw_url=reverse("staff_audit_draw", kwargs={"program": program}),
        rows=[
            row_of(each, today)
            for each in ordered[pager.start : pager.start + PAGE_SIZE]
        ],
        draws=[_draw_row(each) for each in draws[:MOST_DRAWS]],
        pager=pager,
    )


def case_of(program: str, case_id: UUID) -> AuditCase:
    """Find a case of a body.

    Raises:
        Missing: there is none, or it was another body's.
    """
    found = AuditCase.objects.of_program(program).filter(pk=case_id)
    case = found.select_related("member__user").first()
    if case is None:
        raise Missing("Not found.")
    return case


def cases_with(
    program: str, status: str, member_id: UUID | None
) -> QuerySet[AuditCase]:
    """Narrow a body's cases to those that wait for an answer, for staff, or no more."""
    found = AuditCase.objects.of_program(program)
    if member_id is not None:
        found = found.filter(member=member_id)
    if status == "closed":
        return found.exclude(closed_at=None)
    if status:
        found = found.open().filter(sent_at__isnull=status == "waiting")
    return found


def one_case(case: AuditCase, items: Sequence[AuditItem], *, today: date) -> OneCase:
    """Show one case."""
    place = {"program": case.program}
    facts = [
        ("Due", day_words(case.due_on)),
        ("Opened", f"{day_words(case.opened_on)}, {case.opened_by}"),
        ("Why", case.reason or "Drawn by lot"),
        ("Answered", day_words(case.sent_on) if case.sent_on else "Not yet"),
    ]
    if case.closed_on:
        facts.append(("Closed", f"{day_words(case.closed_on)}, {case.closed_by}"))
    if case.closing:
        facts.append(("Not answered", case.closing))
    entries = AuditEntry.objects.filter(program=case.program, subject_id=case.pk)
    return OneCase(
        body_name=body_name(case.program),
        back_url=reverse("staff_audits", kwargs=place),
        name=case.member.name,
        member_url=reverse(
            "staff_member", kwargs={**place, "member_id": case.member_id}
        ),
        tag=tag_of(case, today),
        facts=facts,
        items=[_item(case, each) for each in items],
        open=case.is_open,
        trail=happened(entries, zone_of(case.program)),
    )


def offered(member: Member, program: str) -> list[tuple[str, str]]:
    """List what of a member's submissions can be audited, the newest first."""
    found = Activity.objects.of_program(program).filter(
        member=member, state__in=DRAWABLE
    )
    return [
        (str(each.pk), f"{each}, {day_words(each.day)}")
        for each in found[:MOST_OFFERED]
    ]


def tag_of(case: AuditCase, today: date) -> Tag:
    """Say where a case stands."""
    if not case.is_open:
        return Tag("ok", "Closed")
    if case.sent_at is not None:
        return Tag("warn", "To decide")
    if case.is_over(today):
        return Tag("bad", "Overdue")
    return Tag("neutral", "Waiting for the answer")


def asks_credit(item: AuditItem) -> bool:
    """Say whether verifying an item takes credit that staff determine (A6)."""
    award = item.activity.awards.first()
    return award is None and item.activity.state != Activity.State.ACCEPTED


def counted(cases: QuerySet[AuditCase]) -> QuerySet[AuditCase]:
    """Count the items of each case, and those that are decided."""
    decided = Count("items", filter=~Q(items__outcome=""))
    return cases.select_related("member").annotate(
        asked=Count("items"), decided=decided
    )


def row_of(case: AuditCase, today: date) -> Row:
    """Write one line of a list of counted cases."""
    place = {"program": case.program, "case_id": case.pk}
    counts = vars(case)
    return Row(
        name=case.member.name,
        url=reverse("staff_audit", kwargs=place),
        opened_text=day_words(case.opened_on),
        due_text=day_words(case.due_on),
        items_text=f"{counts['decided']} of {counts['asked']} decided",
        tag=tag_of(case, today),
    )


def _draw_row(draw: AuditDraw) -> DrawRow:
    place = {"program": draw.program, "draw_id": draw.pk}
    again = ", drawn again" if draw.instead_of_id else ""
    many = f"{len(draw.drawn):,} of {draw.population_count:,} {draw.of}"
    return DrawRow(
        text=f"{day_words(draw.on)}: {many}{again}",
        detail=f"Seed {draw.seed}, by {draw.by}",
        url=reverse("staff_audit_drawn", kwargs=place),
    )


def _item(case: AuditCase, item: AuditItem) -> Item:
    activity = item.activity
    policy = policy_for(case.program, on=activity.day)
    kind, award = policy.kind(activity.kind), activity.awards.first()
    credit = f"{credit_words(award.credits)} {award.unit}" if award else "None yet"
    ground = policy.ground(item.ground)
    said = [f"{ground.text[:1].upper()}{ground.text[1:]}"] if ground else []
    said += [item.finding] if item.finding else []
    place = {"program": case.program, "activity_id": activity.pk}
    return Item(
        number=item.number,
        title=str(activity),
        facts=[
            ("Done on", day_words(activity.day)),
            ("Kind", kind.label if kind else activity.kind),
            ("Credit", credit),
            ("State", activity.get_state_display()),
        ],
        review_url=reverse("staff_review", kwargs=place),
        files=[
            File(
                each.name,
                f"{size_words(each.size)}"
                f"{', sent with the answer' if each.audit_item_id else ''}",
                reverse(
                    "staff_proof",
                    kwargs={"program": case.program, "proof_id": each.pk},
                ),
            )
            for each in activity.proofs.sent()
        ],
        words=item.words if case.sent_at else "",
        tag=OUTCOMES[item.outcome],
        finding=". ".join(said),
        decided=bool(item.outcome),
    )

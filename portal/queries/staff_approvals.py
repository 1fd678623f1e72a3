"""Sponsors' activities that wait for a body's staff, and one of them (M12, N10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse

from ce_credits.models import ApprovalApplication, AttendanceList
from core.failures import Missing
from core.models import AuditEntry
from credentials.policy import zone_of
from portal.queries.approvals import (
    ApprovalRow,
    StepShown,
    related_to,
    row_of,
    steps_shown,
)
from portal.queries.narrowing import Narrowed, Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.places import Place, body_name
from portal.queries.programmes import ProgrammeShown, programme_shown
from portal.queries.trail import Happened, happened

PAGE_SIZE = 50
State = ApprovalApplication.State
# What staff came for stands first; "all" is everything.
STATES = {
    State.SUBMITTED.value: "For you",
    State.ASKED.value: "Asked",
    State.APPROVED.value: State.APPROVED.label,
    State.REFUSED.value: State.REFUSED.label,
    State.WITHDRAWN.value: State.WITHDRAWN.label,
    State.ENDED.value: State.ENDED.label,
    State.REPLACED.value: State.REPLACED.label,
    "all": "All",
}


@dataclass(frozen=True)
class Asked(Narrowed):
    """Which are wanted."""

    state: str = ""


@dataclass(frozen=True)
class StaffApprovals:
    """The list."""

    body_name: str
    verdict: str
    pills: Sequence[Pill]
    rows: Sequence[ApprovalRow]
    pager: Pager


@dataclass(frozen=True)
class StaffApproval:
    """One application, with what it would bring."""

    body_name: str
    list_url: str
    row: ApprovalRow
    applicant: str
    open: bool
    may_end: bool
    related: Sequence[Place]
    seen: int
    programme: ProgrammeShown
    steps: Sequence[StepShown]
    attendance_text: str
    trail: Sequence[Happened]


def approvals_of(program: str, *, state: str = "") -> QuerySet[ApprovalApplication]:
    """List what sponsors sent a body, the newest first."""
    found = ApprovalApplication.objects.of_program(program)
    if state:
        found = found.filter(state=state)
    return found.select_related("item", "replaces__item").order_by(
        "-submitted_at", "pk"
    )


def one_approval(program: str, application_id: UUID) -> ApprovalApplication:
    """Find what was sent to a body.

    Raises:
        Missing: there is none.
    """
    found = approvals_of(program).filter(pk=application_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def staff_approvals(program: str, *, state: str, number: int) -> StaffApprovals:
    """List them; without a state, what waits for staff."""
    everything = approvals_of(program).order_by()
    counts = dict(everything.values_list("state").annotate(n=Count("pk")))
    counts["all"] = sum(counts.values())
    wanted = state or State.SUBMITTED.value
    rows = approvals_of(program, state="" if wanted == "all" else wanted)
    pager = pager_of(number, counts.get(wanted, 0), PAGE_SIZE, Asked(state).pairs)
    waiting = counts.get(State.SUBMITTED.value, 0)
    noun, verb = ("activity", "waits") if waiting == 1 else ("activities", "wait")
    return StaffApprovals(
        body_name=body_name(program),
        verdict=f"{waiting:,} {noun} {verb} for you."
        if waiting
        else "No activity waits for you.",
        pills=[
            Pill(label, Asked(code).url, code == wanted, counts.get(code, 0))
            for code, label in STATES.items()
        ],
        rows=[row_of(each, _url(each)) for each in rows[pager.start :][:PAGE_SIZE]],
        pager=pager,
    )


def staff_approval(application: ApprovalApplication) -> StaffApproval:
    """Show one to staff."""
    zone = zone_of(application.program)
    entries = AuditEntry.objects.filter(
        program=application.program, subject_id=application.pk
    )
    lists = AttendanceList.objects.of(application).filter(sent_at__isnull=False)
    sent = lists.count()
    noun = "list" if sent == 1 else "lists"
    place = {"program": application.program}
    return StaffApproval(
        body_name=body_name(application.program),
        list_url=reverse("staff_approvals", kwargs=place),
        row=row_of(application, _url(application)),
        applicant=f"{application.name}, {application.email}",
        open=application.state in (State.SUBMITTED, State.ASKED),
        may_end=application.state == State.APPROVED,
        related=related_to(application, "staff_approval", **place),
        seen=application.version,
        programme=programme_shown(application),
        steps=steps_shown(application, list(application.steps.all())),
        attendance_text=f"{sent} {noun} of attendance sent" if sent else "",
        trail=happened(entries, zone, most=PAGE_SIZE),
    )


def _url(application: ApprovalApplication) -> str:
    place = {"program": application.program, "application_id": application.pk}
    return reverse("staff_approval", kwargs=place)

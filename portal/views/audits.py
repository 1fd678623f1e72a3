"""A body's managers: drawing samples, audits by hand, deciding and closing."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import (
    OWN_RECORD,
    STAFF_AUDITS,
    StaffDoor,
    is_own_record,
)
from accounts.models import Member
from accounts.routes import route
from ce_credits.models import Activity, AuditCase, AuditItem
from ce_credits.services import close_case, decide_item, due_day, open_case
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from credentials.policy import policy_for
from portal.forms.auditing import CaseForm, ClosingForm, FindingForm
from portal.queries.audits import (
    asks_credit,
    audits,
    case_of,
    offered,
    one_case,
)
from portal.queries.paging import page_number
from portal.queries.staff import member_of
from portal.sent import sent
from portal.views.bodies import body_today
from portal.views.told_words import told

BOTH = ("GET", "POST")
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@route(permission=STAFF_AUDITS)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the audits, what is open first, and the draws."""
    today = body_today(door)
    number = page_number(request.GET.get("page", "1"))
    page = audits(door.program, number=number, today=today)
    context = {"page": page, "page_title": f"{page.body_name} audits"}
    return render(request, "portal/staff_audits.html", context)


@route(permission=STAFF_AUDITS, methods=BOTH)
def by_hand(request: HttpRequest, door: StaffDoor, member_id: UUID) -> HttpResponseBase:
    """Offer one member's submissions; on POST open an audit of those chosen."""
    today = body_today(door)
    member = member_of(door.program, member_id)
    choices = offered(member, door.program)
    form = CaseForm(
        choices,
        request.POST if request.method == "POST" else None,
        due_on=due_day(program=door.program, today=today),
    )
    status: int = HTTPStatus.OK
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                opened = _open(door, member, form)
            except Refusal as refusal:
                show_on(form, refusal)
                status = refusal.status
            else:
                messages.success(request, f"Opened. {told(member)}")
                return redirect("staff_audit", program=door.program, case_id=opened.pk)
    context = {
        "member": member,
        "form": form,
        "choices": choices,
        "program": door.program,
        "blocked": OWN_RECORD if is_own_record(door.person.pk, member) else "",
        "page_title": f"Audit {member.name}",
    }
    return render(request, "portal/staff_audit_open.html", context, status=status)


def _open(door: StaffDoor, member: Member, form: CaseForm) -> AuditCase:
    facts = form.cleaned_data
    chosen = Activity.objects.of_program(door.program).filter(
        pk__in=facts["activities"]
    )
    return open_case(
        actor=door.actor,
        program=door.program,
        member=member,
        activities=list(chosen.order_by("on", "pk")),
        due_on=facts["due_on"],
        reason=facts["reason"],
        today=body_today(door),
        now=clock.now(),
    )


@route(permission=STAFF_AUDITS, methods=BOTH)
def case(request: HttpRequest, door: StaffDoor, case_id: UUID) -> HttpResponseBase:
    """Show one audit; on POST decide on an item, or close it."""
    found = case_of(door.program, case_id)
    if request.method != "POST":
        return _page(request, door, found)
    if sent(request.POST, "act", 10) == "close":
        return _close(request, door, found)
    return _decide(request, door, found)


def _decide(request: HttpRequest, door: StaffDoor, found: AuditCase) -> HttpResponse:
    number = sent(request.POST, "item", 4)
    plain = number.isascii() and number.isdigit()
    item = next((e for e in _items(found) if plain and e.number == int(number)), None)
    if item is None:
        raise Missing("Not found.")
    form = _finding_form(found, item, request)
    if not form.is_valid():
        return _page(request, door, found, form, UNPROCESSABLE)
    try:
        decide_item(
            actor=door.actor,
            item=item,
            seen=form.cleaned_data["seen"],
            finding=form.finding(sent(request.POST, "outcome", 20)),
            today=body_today(door),
            now=clock.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        found = case_of(door.program, found.pk)
        return _page(request, door, found, form, refusal.status)
    messages.success(request, f"{item.get_outcome_display()}: {item.activity}.")
    return redirect("staff_audit", program=door.program, case_id=found.pk)


def _close(request: HttpRequest, door: StaffDoor, found: AuditCase) -> HttpResponse:
    form = _closing_form(found, request)
    if not form.is_valid():
        return _page(request, door, found, form, UNPROCESSABLE)
    try:
        close_case(
            actor=door.actor,
            case=found,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""),
            today=body_today(door),
            now=clock.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        found = case_of(door.program, found.pk)
        return _page(request, door, found, form, refusal.status)
    messages.success(request, f"Closed. {told(found.member)}")
    return redirect("staff_audit", program=door.program, case_id=found.pk)


def _items(found: AuditCase) -> list[AuditItem]:
    items = list(found.items.select_related("activity__member"))
    for item in items:
        item.case = found
    return items


def _finding_form(
    found: AuditCase, item: AuditItem, request: HttpRequest | None = None
) -> FindingForm:
    return FindingForm(
        policy_for(found.program, on=item.activity.day),
        item,
        request.POST if request else None,
        seen=found.version,
        asks_credit=asks_credit(item),
    )


def _closing_form(found: AuditCase, request: HttpRequest | None = None) -> ClosingForm:
    return ClosingForm(
        request.POST if request else None,
        seen=found.version,
        asks=found.items.filter(outcome="").exists(),
    )


def _page(
    request: HttpRequest,
    door: StaffDoor,
    found: AuditCase,
    form: FindingForm | ClosingForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    items = _items(found)
    page = one_case(found, items, today=body_today(door))
    forms = [
        form
        if isinstance(form, FindingForm) and form.prefix == f"i{item.number}"
        else _finding_form(found, item)
        for item in items
    ]
    closing = form if isinstance(form, ClosingForm) else _closing_form(found)
    context = {
        "page": page,
        "pairs": list(zip(page.items, forms, strict=True)),
        "form": form,
        "closing": closing,
        "blocked": OWN_RECORD if is_own_record(door.person.pk, found.member) else "",
        "page_title": f"Audit of {page.name}",
    }
    return render(request, "portal/staff_audit.html", context, status=status)

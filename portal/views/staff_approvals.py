"""A body's managers: sponsors' activities, asked about, approved or refused (M12)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import STAFF_APPROVALS, StaffDoor
from accounts.routes import route
from ce_credits.models import ApprovalApplication
from ce_credits.services import (
    approve_activity,
    ask_sponsor,
    end_approval,
    refuse_activity,
)
from ce_credits.services.approvals_over import OWN_END
from ce_credits.services.approving import OWN
from core import clock
from core.failures import NotUsable, Refusal
from core.showing import show_on
from credentials.policy import ApprovalRules
from portal.forms.approvals import ApprovalDecisionForm, ApprovalEndForm
from portal.queries.approvals import approval_rules
from portal.queries.paging import page_number
from portal.queries.staff_approvals import (
    STATES,
    one_approval,
    staff_approval,
    staff_approvals,
)
from portal.sent import sent
from portal.views.bodies import body_today

Form = ApprovalDecisionForm | ApprovalEndForm
CHOOSE = "Choose to ask, to approve or to refuse."


@route(permission=STAFF_APPROVALS)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what sponsors sent."""
    approval_rules(door.program, body_today(door))
    state = sent(request.GET, "state", 20)
    page = staff_approvals(
        door.program,
        state=state if state in STATES else "",
        number=page_number(request.GET.get("page", "1")),
    )
    context = {"page": page, "page_title": f"{page.body_name} activity approval"}
    return render(request, "portal/staff_approvals.html", context)


@route(permission=STAFF_APPROVALS, methods=("GET", "POST"))
def approval(
    request: HttpRequest, door: StaffDoor, application_id: UUID
) -> HttpResponseBase:
    """Show one; on POST ask about it, approve it or refuse it, or end its approval."""
    rules = approval_rules(door.program, body_today(door))
    found = one_approval(door.program, application_id)
    if request.method != "POST":
        over = found.state == ApprovalApplication.State.APPROVED
        return _page(request, door, found, _form(rules, found.version, ends=over))
    ends = request.POST.get("do") == "end"
    form = _form(rules, found.version, request.POST, ends=ends)
    if not form.is_valid():
        return _page(request, door, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        said = _done(sent(request.POST, "do", 20), door, found, form)
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, found, form, refusal.status)
    except Refusal as refusal:
        messages.info(request, refusal.text)
    else:
        messages.success(request, said)
    return redirect("staff_approval", program=door.program, application_id=found.pk)


def _form(
    rules: ApprovalRules, seen: int, data: QueryDict | None = None, *, ends: bool
) -> Form:
    if ends:
        return ApprovalEndForm(data, seen=seen)
    return ApprovalDecisionForm(rules, data, seen=seen)


def _done(do: str, door: StaffDoor, found: ApprovalApplication, form: Form) -> str:
    """Do what the button says; return what staff are told.

    Raises:
        NotUsable: the fields that stand in the way, or no button was pressed.
        Refusal: what stands in the way.
    """
    facts = form.cleaned_data
    said: dict[str, Any] = {
        "actor": door.actor,
        "application": found,
        "words": facts["words"],
        "seen": facts["seen"],
        "today": body_today(door),
        "now": clock.now(),
    }
    if do == "ask":
        ask_sponsor(**said)
        return "Asked. The sponsor gets a mail."
    if do == "approve":
        approve_activity(**said)
        code = found.item.code if found.item else ""
        return f"Approved. It is in the catalogue as {code}."
    if do == "refuse":
        refuse_activity(ground=facts["ground"], **said)
        return "Refused. The sponsor gets a mail."
    if do == "end":
        end_approval(**said)
        return "The approval ended. The sponsor gets a mail."
    raise NotUsable(CHOOSE)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    found: ApprovalApplication,
    form: Form,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = staff_approval(found)
    own = OWN_END if page.may_end else OWN
    context = {
        "page": page,
        "form": form,
        "blocked": own if found.user_id == door.person.pk else "",
        "page_title": page.row.title,
    }
    return render(request, "portal/staff_approval.html", context, status=status)

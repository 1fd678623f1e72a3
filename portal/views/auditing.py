"""Answering an audit: its items, the files and words for each, sending it."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from ce_credits.models import AuditCase, AuditItem
from ce_credits.services import (
    add_audit_proof,
    keep_answer,
    remove_audit_proof,
    send_answer,
)
from core import clock
from core.failures import FieldProblem, Missing, NotUsable, Refusal
from core.files import LookedInto, look_into
from core.showing import show_on
from credentials.policy import zone_of
from portal.forms.auditing import ResponseForm
from portal.programs import uuid_or_none
from portal.queries.own_audits import audit_of_mine, own_audit, proof_of_answer
from portal.sent import sent

BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Sent:
    """A file that came for an item, and what it was found to be."""

    item: AuditItem
    upload: "UploadedFile[bytes]"
    found: LookedInto


@route(permission=OWN, methods=BOTH)
def mine(request: HttpRequest, door: OwnDoor, case_id: UUID) -> HttpResponseBase:
    """Show what an audit asks; on POST keep or send the answer."""
    case = audit_of_mine(door.member, case_id)
    items = list(case.items.select_related("activity"))
    for item in items:
        item.case = case
    if request.method != "POST":
        return _page(request, case, ResponseForm(items))
    form = ResponseForm(items, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        said = _act(request, door, case, items, form)
    except Missing:
        messages.info(request, "This file is gone already.")
    except Refusal as refusal:
        show_on(form, refusal)
        case = audit_of_mine(door.member, case_id)
        return _page(request, case, form, refusal.status)
    else:
        messages.success(request, said)
    return redirect("my_audit", case_id=case.pk)


def _act(
    request: HttpRequest,
    door: OwnDoor,
    case: AuditCase,
    items: list[AuditItem],
    form: ResponseForm,
) -> str:
    """Do what the pressed button says, and say what was done."""
    removed = uuid_or_none(request.POST.get("remove", ""))
    # Files first: nobody waits for the trail while they are looked into.
    asks = removed is None and case.may_answer()
    files, problems = _looked_into(items, form) if asks else ([], [])
    keep_answer(actor=door.actor, case=case, words=form.words, now=clock.now())
    if removed is not None:
        proof = proof_of_answer(door.member, case, removed)
        item = next(each for each in items if each.pk == proof.audit_item_id)
        remove_audit_proof(actor=door.actor, item=item, proof=proof, now=clock.now())
        return f"Removed {proof.name}."
    added = _take_files(door, files, problems)
    if sent(request.POST, "do", 10) != "send":
        return f"Saved, with {added}." if added else "Saved. Nothing is sent yet."
    send_answer(
        actor=door.actor,
        case=case,
        words=form.words,
        today=clock.today(zone_of(case.program)),
        now=clock.now(),
    )
    return "Your response is sent. Staff look at it, and a mail says what they find."


def _looked_into(
    items: list[AuditItem], form: ResponseForm
) -> tuple[list[Sent], list[FieldProblem]]:
    """Look into every file that came; a refused one keeps no other out."""
    files: list[Sent] = []
    problems: list[FieldProblem] = []
    for item in items:
        upload = form.upload(item)
        if upload is None:
            continue
        try:
            files.append(Sent(item, upload, look_into(upload)))
        except NotUsable as refusal:
            problems.append(FieldProblem(f"file-{item.number}", refusal.text))
    return files, problems


def _take_files(door: OwnDoor, files: list[Sent], problems: list[FieldProblem]) -> str:
    added: list[str] = []
    for each in files:
        try:
            proof = add_audit_proof(
                actor=door.actor,
                item=each.item,
                upload=each.upload,
                found=each.found,
                now=clock.now(),
            )
        except NotUsable as refusal:
            field = f"file-{each.item.number}"
            problems.append(FieldProblem(field, refusal.text))
        else:
            added.append(proof.name)
    if problems:
        raise NotUsable(problems[0].text, problems)
    return ", ".join(added)


def _page(
    request: HttpRequest,
    case: AuditCase,
    form: ResponseForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = own_audit(case, form)
    context = {"page": page, "form": form, "page_title": page.heading}
    return render(request, "portal/my_audit.html", context, status=status)

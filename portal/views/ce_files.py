"""The files of an activity: taking them in with the form, and giving them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from ce_credits.models import Activity, Proof
from ce_credits.services import add_proof, remove_proof
from core import clock
from core.failures import FieldProblem, Missing, NotUsable
from core.files import hand_out, shown_name
from portal.programs import uuid_or_none


@dataclass(frozen=True)
class Taken:
    """What became of the files a form came with."""

    added: Sequence[Proof]
    problems: Sequence[FieldProblem]


@route(permission=OWN)
def proof(
    request: HttpRequest, door: OwnDoor, activity_id: UUID, proof_id: UUID
) -> HttpResponseBase:
    """Give a proof back to whoever added it."""
    mine = Proof.objects.visible_to(door.member).there()
    found = mine.filter(
        pk=proof_id, activity__in=Activity.objects.visible_to(door.member).shown()
    )
    kept = found.filter(activity=activity_id).first()
    if kept is None:
        raise Missing("Not found.")
    return hand_out(request, kept.file, person=door.actor.user_id)


def take_files(request: HttpRequest, door: OwnDoor, activity: Activity) -> Taken:
    """Keep each good file a form came with; a refused one keeps no other out.

    Raises:
        Refusal: the activity was submitted meanwhile.
    """
    uploads = request.FILES.getlist("file")
    added: list[Proof] = []
    problems: list[FieldProblem] = []
    for upload in uploads:
        try:
            kept = add_proof(
                actor=door.actor, activity=activity, upload=upload, now=clock.now()
            )
        except NotUsable as refusal:
            name = f"{shown_name(upload.name or '')}: " if len(uploads) > 1 else ""
            problems.append(FieldProblem("file", f"{name}{refusal.text}"))
        else:
            added.append(kept)
    return Taken(added, problems)


def drop_file(request: HttpRequest, door: OwnDoor, activity: Activity) -> None:
    """Take the file away that a form's button names."""
    proof_id = uuid_or_none(request.POST.get("remove", ""))
    mine = Proof.objects.visible_to(door.member).there().filter(activity=activity)
    found = mine.filter(pk=proof_id).first() if proof_id else None
    try:
        if found is None:
            raise Missing("Not found.")
        remove_proof(actor=door.actor, activity=activity, proof=found, now=clock.now())
    except Missing:
        messages.info(request, "This file is gone already.")
    else:
        messages.success(request, f"Removed {found.name}.")

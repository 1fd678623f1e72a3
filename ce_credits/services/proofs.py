"""Adding proof to an activity, and taking it away again."""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from ce_credits.models import Activity, Proof
from ce_credits.rules import read_paper
from ce_credits.services.allowing import allow
from ce_credits.services.steps import practice_of, take_turn
from core.actor import Actor
from core.audit import record
from core.failures import Missing, Refusal
from core.files import LookedInto, forget, keep, look_into, shown_name

LEFT = "Proof can be changed until the activity is submitted."


def add_proof(
    *, actor: Actor, activity: Activity, upload: "File[bytes]", now: datetime
) -> Proof:
    """Look into a file and keep it as proof of an activity that is being written.

    The same file again gives back the proof that is there. No transaction is open while
    the file is looked into.

    Raises:
        FileRefused: what it is, in a sentence; nothing is kept.
        Refusal: the activity is submitted.
        NoRoom: the member or the practice keeps as much as one may.
    """
    if activity.state not in Activity.OPEN:
        raise Refusal(LEFT)
    found = look_into(upload)
    name = shown_name(upload.name or "")
    key = keep(found.content)
    proof = None
    try:
        proof = _keep(actor, activity, found, name, key, now)
    finally:
        if proof is None or proof.file_key != key:
            forget(key)
    return proof


@transaction.atomic
def remove_proof(
    *, actor: Actor, activity: Activity, proof: Proof, now: datetime
) -> None:
    """Take a proof away from an activity that is being written; its row is kept.

    Raises:
        Missing: it is not this activity's, or gone already.
        Refusal: the activity is submitted.
    """
    _check_open(activity)
    mine = activity.proofs.there().filter(pk=proof.pk)
    if not mine.update(removed_at=now):
        raise Missing("Not found.")
    _write_down(actor, activity, proof, "ce.proof_removed", "Removed", now)


@transaction.atomic
def _keep(
    actor: Actor,
    activity: Activity,
    found: LookedInto,
    name: str,
    key: str,
    now: datetime,
) -> Proof:
    _check_open(activity)
    there = activity.proofs.there().filter(sha256=found.sha256).first()
    if there:
        return there
    allow(
        member_id=activity.member_id,
        practice_id=practice_of(activity),
        size=len(found.content),
    )
    proof = Proof.objects.create(
        activity=activity,
        file_key=key,
        kind=found.kind,
        name=name,
        sha256=found.sha256,
        stored_sha256=found.stored_sha256,
        size=len(found.content),
        pages=found.pages,
        said=_said(found.text),
        added_by=actor.label,
        added_at=now,
    )
    _write_down(actor, activity, proof, "ce.proof_added", "Added", now)
    return proof


def _check_open(activity: Activity) -> None:
    # Whoever submits meanwhile, or adds the same file, takes turns with us.
    take_turn(activity)
    if activity.state not in Activity.OPEN:
        raise Refusal(LEFT)


def _said(text: str) -> dict[str, Any]:
    paper = read_paper(text)
    said = {
        "title": paper.title,
        "on": paper.on.isoformat() if paper.on else "",
        "minutes": str(paper.minutes) if paper.minutes else "",
    }
    return {name: value for name, value in said.items() if value}


def _write_down(
    actor: Actor,
    activity: Activity,
    proof: Proof,
    action: str,
    verb: str,
    now: datetime,
) -> None:
    draft = activity.state == Activity.State.DRAFT
    record(
        actor=actor,
        action=action,
        subject=proof,
        member_id=activity.member_id,
        practice_id=None if draft else practice_of(activity),
        program="" if draft else activity.program,
        sentence=f"{verb} the proof {proof.name} of “{activity}”",
        changes={"sha256": (None, proof.sha256)},
        now=now,
    )

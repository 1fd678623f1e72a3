"""Adding proof to an activity, and taking it away again."""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from ce_credits.models import Activity, AuditCase, AuditItem, Proof
from ce_credits.rules import read_paper
from ce_credits.services.allowing import allow
from ce_credits.services.steps import practice_of, take_turn
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable, Refusal
from core.files import LookedInto, forget, keep, look_into, shown_name

LEFT = "Proof can be changed until the activity is submitted."
DECIDED = "This item is decided already. Nothing of it can be changed any more."
ANSWERED = "Your answer is sent. Nothing of it can be changed any more."
THERE = (
    "This file is the proof of this activity already: staff see it. "
    "Add another one, or write to them below."
)
# Said to whoever may not see the other one, too: not what it is there for.
KEPT = "This very file is kept with this activity already. Add another one."


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
    return _take_in(actor, activity, None, upload, look_into(upload), now)


def add_audit_proof(
    *,
    actor: Actor,
    item: AuditItem,
    upload: "File[bytes]",
    found: LookedInto | None = None,
    now: datetime,
) -> Proof:
    """Keep a file as what answers an audit about an activity; look into it before.

    Args:
        found: what the file was found to be, where it was looked into already: of
            several, all are, before the first one is written to the trail.

    Raises:
        FileRefused: what it is, in a sentence; nothing is kept.
        NotUsable: the activity has this very file already.
        Refusal: the answer is sent, the item decided, or the audit closed.
        NoRoom: the member keeps as much as one may.
    """
    if not item.case.may_answer():
        raise Refusal(ANSWERED)
    known = found or look_into(upload)
    return _take_in(actor, item.activity, item, upload, known, now)


def _take_in(
    actor: Actor,
    activity: Activity,
    item: AuditItem | None,
    upload: "File[bytes]",
    found: LookedInto,
    now: datetime,
) -> Proof:
    name = shown_name(upload.name or "")
    key = keep(found.content)
    proof = None
    try:
        proof = _keep(actor, activity, item, found, name, key, now)
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
        Missing: it is not this activity's, answers an audit, or is gone already.
        Refusal: the activity is submitted.
    """
    _check_open(activity)
    mine = activity.proofs.there().reported().filter(pk=proof.pk)
    if not mine.update(removed_at=now):
        raise Missing("Not found.")
    _write_down(actor, activity, proof, "ce.proof_removed", "Removed", now)


@transaction.atomic
def remove_audit_proof(
    *, actor: Actor, item: AuditItem, proof: Proof, now: datetime
) -> None:
    """Take a file back before the answer to an audit is sent; its row is kept.

    Raises:
        Missing: it answers something else, or is gone already.
        Refusal: the answer is sent, the item decided, or the audit closed.
    """
    _check_answering(item)
    mine = item.proofs.there().filter(pk=proof.pk)
    if not mine.update(removed_at=now):
        raise Missing("Not found.")
    _write_down(actor, item.activity, proof, "ce.proof_removed", "Removed", now)


@transaction.atomic
def _keep(
    actor: Actor,
    activity: Activity,
    item: AuditItem | None,
    found: LookedInto,
    name: str,
    key: str,
    now: datetime,
) -> Proof:
    if item is None:
        _check_open(activity)
    else:
        _check_answering(item)
    there = activity.proofs.there().filter(sha256=found.sha256).first()
    if there and there.audit_item_id == (item.pk if item else None):
        return there
    if there:
        text = KEPT if there.audit_item_id else THERE
        raise NotUsable(text, [FieldProblem("file", text)])
    allow(
        member_id=activity.member_id,
        # A practice gives no room to what it may not even know of.
        practice_id=None if item else practice_of(activity),
        size=len(found.content),
    )
    row = Proof(
        activity=activity,
        audit_item=item,
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
    _add(row)
    _write_down(actor, activity, row, "ce.proof_added", "Added", now)
    return row


def _add(row: Proof) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # A practice can't see what answers an audit; the database keeps one copy.
        raise NotUsable(KEPT, [FieldProblem("file", KEPT)]) from error


def _check_open(activity: Activity) -> None:
    # Whoever submits meanwhile, or adds the same file, takes turns with us.
    take_turn(activity)
    if activity.state not in Activity.OPEN:
        raise Refusal(LEFT)


def _check_answering(item: AuditItem) -> None:
    # The case first, then the activity: staff who decide lock them in this order.
    mine = AuditCase.objects.select_for_update(of=("self",), no_key=True)
    if not mine.get(pk=item.case_id).may_answer():
        raise Refusal(ANSWERED)
    if AuditItem.objects.filter(pk=item.pk).exclude(outcome="").exists():
        raise Refusal(DECIDED)
    take_turn(item.activity)


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
    # What answers an audit is the body's to know, not the practice's.
    ours = None if draft or proof.audit_item_id else practice_of(activity)
    record(
        actor=actor,
        action=action,
        subject=proof,
        member_id=activity.member_id,
        practice_id=ours,
        program="" if draft else activity.program,
        sentence=f"{verb} the proof {proof.name} of “{activity}”",
        changes={"sha256": (None, proof.sha256)},
        now=now,
    )

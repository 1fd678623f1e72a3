"""A course or an exam says how far somebody came with what they were given."""

from datetime import datetime

from core.actor import Actor
from core.audit import record
from core.failures import Missing
from credentials.models import Assignment

State = Assignment.State


def hold_assignment(*, assignment: Assignment) -> Assignment:
    """Lock an assignment until the transaction ends, so that nobody takes it back.

    Raises:
        Missing: it was taken back.
    """
    rows = Assignment.objects.select_related("product", "member", "practice")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
    if row.state == State.UNDONE:
        raise Missing("Not found.")
    return row


def report_progress(
    *,
    actor: Actor,
    assignment: Assignment,
    state: Assignment.State,
    label: str,
    now: datetime,
) -> None:
    """Write down where an assignment stands; it is locked by the caller.

    The same again writes nothing.

    Args:
        actor: whose doing it was.
        assignment: what they were given.
        state: where it stands now.
        label: what came of it, in words; empty where the state says all.
        now: the instant, UTC.
    """
    if (assignment.state, assignment.label) == (state, label):
        return
    before, assignment.state = assignment.state, state
    assignment.label = label
    assignment.save(update_fields=["state", "label"])
    said = f": {label}" if label else ""
    record(
        actor=actor,
        action=f"product.{state}",
        subject=assignment,
        practice_id=assignment.practice_id,
        member_id=assignment.member_id,
        program=assignment.product.program,
        sentence=f"{assignment.title}, {state.label.lower()}{said}",
        changes={"state": (before, state)},
        now=now,
    )

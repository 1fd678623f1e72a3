"""One step of an application for approval: numbered, so that of two one is taken."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from ce_credits.models import ApprovalApplication, ApprovalStep
from ce_credits.services.numbered import Step, write_step
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable
from credentials.policy import ApprovalRules, policy_for, programs

CHANGED = (
    "This application changed since you opened the page. Nothing was done. "
    "Reload the page, then look again."
)
LONGEST = 1000


def rules_of(program: str, today: date) -> ApprovalRules:
    """Give how a body approves activities today.

    Raises:
        Missing: it approves none.
    """
    known = program in programs()
    found = policy_for(program, on=today).approval if known else None
    if found is None:
        raise Missing("Not found.")
    return found


def hold_application(application: ApprovalApplication) -> None:
    """Wait until nobody else changes it, and read how it stands now."""
    mine = ApprovalApplication.objects.select_for_update(of=("self",), no_key=True)
    now = mine.get(pk=application.pk)
    for name in ("state", "version", "saves", "item_id", "ended_on", "ended_why"):
        setattr(application, name, getattr(now, name))


def hold_approvals_of(program: str, codes: Collection[str]) -> None:
    """Wait until nobody ends the approval of what stands under some codes."""
    rows = ApprovalApplication.objects.of_program(program).order_by("pk")
    held = rows.select_for_update(of=("self",), no_key=True)
    list(held.filter(item__code__in=codes).values_list("pk", flat=True))


def take_approval_step(
    application: ApprovalApplication, act: Step, *, seen: int, **changes: object
) -> ApprovalStep:
    """Write the next step and change the application with it, in a transaction.

    Args:
        seen: the version the caller looked at.
        changes: new values of the application's fields.

    Raises:
        Stale: somebody else took a step since.
    """
    said = replace(act, words=act.words.strip())
    return write_step(
        application,
        application.steps,
        said,
        seen=seen,
        changed=CHANGED,
        **changes,
    )


def note_approval(
    application: ApprovalApplication,
    actor: Actor,
    action: str,
    sentence: str,
    now: datetime,
    *,
    reason: str = "",
    before: str = "",
) -> None:
    """Put what happened on the trail: the body's, once it was sent to it."""
    record(
        actor=actor,
        action=f"approval.{action}",
        subject=application,
        program=application.program if application.submitted_at else "",
        sentence=sentence,
        changes={"state": (before, application.state)} if before else {},
        reason=reason.strip(),
        now=now,
    )


def check_words(words: str, empty: str, name: str = "words") -> None:
    """Hold that something is said, and not at too great length.

    Raises:
        NotUsable: it is not; `empty` is the way out.
    """
    text = ""
    if not words.strip():
        text = empty
    elif len(words.strip()) > LONGEST:
        text = f"Use at most {LONGEST} characters."
    if text:
        raise NotUsable(text, [FieldProblem(name, text)])

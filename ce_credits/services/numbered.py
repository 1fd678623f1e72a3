"""One numbered step of whatever changes step by step, so that of two one is taken."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from ce_credits.models import Activity, ActivityStep, ApprovalApplication, ApprovalStep
from core.actor import Actor
from core.failures import Stale

WRITTEN = TypeVar("WRITTEN", ActivityStep, ApprovalStep)


@dataclass(frozen=True)
class Step:
    """What is to happen: its kind, who does it, when, why, and on which facts."""

    kind: str
    actor: Actor
    today: date
    now: datetime
    ground: str = ""
    words: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def write_step(
    subject: Activity | ApprovalApplication,
    steps: models.Manager[WRITTEN],
    step: Step,
    *,
    seen: int,
    changed: str,
    **changes: object,
) -> WRITTEN:
    """Write a subject's next step and change it; call it in a transaction.

    Its number is the guard: the database lets one step of a number in.

    Args:
        steps: the subject's own.
        seen: the version the caller looked at.
        changed: what somebody who was too late is told.
        changes: new values of the subject's fields.

    Raises:
        Stale: somebody else took a step since.
    """
    try:
        with transaction.atomic():
            written = steps.create(
                number=seen + 1,
                kind=step.kind,
                ground=step.ground,
                words=step.words,
                facts=step.facts,
                by=step.actor.label[:200],
                user_id=step.actor.user_id,
                on=step.today,
                at=step.now,
            )
    except IntegrityError as error:
        raise Stale(changed) from error
    values = {"version": seen + 1, "changed_at": step.now, **changes}
    mine = type(subject)._default_manager.filter(pk=subject.pk, version=seen)
    if not mine.update(**values):
        raise Stale(changed)
    for name, value in values.items():
        setattr(subject, name, value)
    return written

"""A draw for audit of whichever it is: submissions, or applications in cycles."""

from dataclasses import replace
from datetime import date, datetime

from ce_credits.models import AuditDraw
from ce_credits.services import Draw, Preview, Sample, draw_audit, preview_draw
from core.actor import Actor
from renewals.models import Recertification
from renewals.services import draw_applications, preview_applications

APPLICATIONS = AuditDraw.Of.APPLICATIONS


def preview_of(*, of: str, program: str, sample: Sample, today: date) -> Preview:
    """Say what a draw would be, never who.

    Args:
        of: what is drawn, of `AuditDraw.Of`.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way.
        NotEligible: the body has none of it, or its policy knows no audits.
    """
    if of == APPLICATIONS:
        return preview_applications(program=program, sample=sample, today=today)
    return preview_draw(program=program, sample=sample, today=today)


def draw_of_kind(
    *,
    of: str,
    actor: Actor,
    program: str,
    sample: Sample,
    draw: Draw,
    today: date,
    now: datetime,
) -> AuditDraw:
    """Draw, open the audits, and write to whoever was drawn; the same key draws once.

    Args:
        of: what is drawn, of `AuditDraw.Of`.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way.
        NotEligible: the body has none of it, or its policy knows no audits.
        Stale: something was opened or changed meanwhile; nothing is drawn.
    """
    draws = draw_audit
    if of == APPLICATIONS:
        # Only what is under review can be held.
        sample = replace(sample, states=[Recertification.State.OPEN.value])
        draws = draw_applications
    return draws(
        actor=actor, program=program, sample=sample, draw=draw, today=today, now=now
    )

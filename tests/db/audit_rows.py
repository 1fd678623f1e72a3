"""Rows of audits to break guards with, and how to break them."""

from uuid import uuid4

from django.db import models

from accounts.models import Member
from ce_credits.models import Activity, AuditCase, AuditDraw, AuditItem
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes


def rows_of_audits(member: Member, program: str = BODY) -> AuditItem:
    """Draw a sample, and ask a member about one submission."""
    draw = AuditDraw.objects.create(
        program=program,
        from_on=TODAY,
        until_on=TODAY,
        states=["submitted"],
        kinds=[],
        number=1,
        exclude_years=2,
        left_out=0,
        seed="17",
        population={},
        population_count=0,
        population_sha256="0" * 64,
        drawn=[],
        policy="x",
        due_on=TODAY,
        by="tests",
        on=TODAY,
        at=NOW,
    )
    case = AuditCase.objects.create(
        program=program,
        member=member,
        draw=draw,
        opened_by="tests",
        opened_on=TODAY,
        opened_at=NOW,
        due_on=TODAY,
    )
    activity = Activity.objects.filter(member=member).order_by("created_at")[0]
    return AuditItem.objects.create(case=case, number=1, activity=activity)


def _closed(row: AuditCase) -> dict[str, object]:
    """Copy a case as a closed one, which nobody closed."""
    return {"closed_at": NOW, "closed_on": TODAY}


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "draw_has_one_size": (AuditDraw, lambda row: {"percent": 5}),
    "redraw_says_why": (AuditDraw, lambda row: {"instead_of_id": row.pk}),
    "one_open_audit": (AuditCase, lambda row: {}),
    "audit_closed_by_somebody": (AuditCase, _closed),
    "one_audit_item": (AuditItem, lambda row: {"number": 2}),
    "one_number_in_audit": (
        AuditItem,
        lambda row: {"activity_id": _another_activity(row)},
    ),
    "audit_item_decided_whole": (
        AuditItem,
        lambda row: {
            "number": 3,
            "activity_id": _another_activity(row),
            "outcome": "verified",
        },
    ),
}


def _another_activity(row: AuditItem) -> object:
    """A submission that the case doesn't ask about."""
    activity = Activity.objects.get(pk=row.activity_id)
    activity.pk = uuid4()
    activity.save(force_insert=True)
    return activity.pk

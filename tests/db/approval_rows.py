"""Rows of sponsors' activities to break guards with, and how to break them."""

from uuid import uuid4

from django.db import models

from accounts.models import Member, User
from ce_credits.models import (
    ApprovalApplication,
    ApprovalStep,
    AttendanceList,
    CatalogueItem,
)
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes, another, first


def rows_of_approvals(member: Member) -> None:
    """Let somebody have had an activity approved, and report who attended."""
    user = member.user or first(User)
    item = CatalogueItem.objects.create(
        program=BODY,
        code=uuid4().hex,
        title="Approved",
        kind="webinar",
        minutes=60,
        changed_at=NOW,
    )
    row = ApprovalApplication.objects.create(
        program=BODY,
        user=user,
        state=ApprovalApplication.State.APPROVED,
        title="Approved",
        sponsor="The association",
        name=user.name,
        email=user.email,
        created_at=NOW,
        changed_at=NOW,
        submitted_at=NOW,
        number=ApprovalApplication.objects.count() + 1,
        item=item,
    )
    ApprovalStep.objects.create(
        application=row,
        number=1,
        kind="submitted",
        by="tests",
        user=user,
        on=TODAY,
        at=NOW,
    )
    AttendanceList.objects.create(
        application=row, count=1, by="tests", user=user, at=NOW
    )


def _with_an_item(row: ApprovalApplication) -> dict[str, object]:
    """Copy it with an activity of its own, so that its number alone is there twice."""
    assert row.item is not None
    return {"item_id": another(row.item, code=uuid4().hex).pk}


def _asked_twice(row: ApprovalApplication) -> dict[str, object]:
    """Copy it as a change of an approval that has one which isn't decided on."""
    former = first(ApprovalApplication)
    change: dict[str, object] = {
        "state": "draft",
        "item_id": None,
        "number": None,
        "replaces_id": former.pk,
        "submitted_at": None,
    }
    another(row, **change)
    return change


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "approval_sent_whole": (
        ApprovalApplication,
        lambda row: {
            "state": "submitted",
            "title": "",
            "item_id": None,
            "number": None,
        },
    ),
    "approval_has_its_activity": (
        ApprovalApplication,
        lambda row: {"item_id": None, "number": None},
    ),
    "approval_ended_whole": (
        ApprovalApplication,
        lambda row: {"state": "ended", "ended_on": TODAY},
    ),
    "one_open_change_an_approval": (ApprovalApplication, _asked_twice),
    "one_approval_a_number": (ApprovalApplication, _with_an_item),
    "one_approval_step": (ApprovalStep, lambda row: {}),
    "attendance_sent_first": (AttendanceList, lambda row: {"taken_at": NOW}),
}

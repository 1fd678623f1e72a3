"""What a client sends and gets of a sponsor's application for approval (M12)."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from accounts.access import Door, StaffDoor
from ce_credits.models import ApprovalApplication, AttendanceList
from ce_credits.queries import credit_stated
from core import public_ids
from core.rest import (
    IdField,
    instant,
)
from credentials.policy import credit_words
from portal.api.terms import Reason

PREFIX, LIST_PREFIX = "apr", "atl"


class AttendanceResource(serializers.Serializer):
    """A list of who attended. Nothing is said of anybody in it."""

    id = IdField(LIST_PREFIX, allow_null=True, help_text="null of a dry run.")
    rows = serializers.IntegerField(min_value=0)
    status = serializers.ChoiceField(
        choices=("checked", "waits_for_body", "taken_in"),
        help_text="checked: not sent; waits_for_body: sent; taken_in: the body has it.",
    )
    sent_at = serializers.DateTimeField(allow_null=True)


class StatedCredit(serializers.Serializer):
    """What the activity brings whoever attends all of it, and why."""

    minutes = serializers.IntegerField(help_text="Those that count (N9).")
    credits = serializers.DecimalField(max_digits=8, decimal_places=2)
    unit = serializers.CharField()
    policy = serializers.CharField()
    why = Reason(many=True)


class ApprovalStepResource(serializers.Serializer):
    """One thing that happened."""

    number = serializers.IntegerField()
    kind = serializers.CharField()
    ground = serializers.CharField()
    words = serializers.CharField()
    by = serializers.CharField()
    on = serializers.DateField()
    at = serializers.DateTimeField()


class ApprovalResource(serializers.Serializer):
    """An application for an activity's approval, and what became of it."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    status = serializers.ChoiceField(choices=ApprovalApplication.State.values)
    title = serializers.CharField()
    sponsor = serializers.CharField()
    programme = serializers.JSONField(
        help_text="What it says, as it was submitted; of a draft, as it is typed."
    )
    credit = StatedCredit(allow_null=True, help_text="null until it is submitted.")
    code = serializers.CharField(help_text="Empty until it is approved.")
    applicant = serializers.CharField(help_text="Who sent it.")
    steps = ApprovalStepResource(many=True, help_text="The oldest first.")
    attendance = AttendanceResource(
        many=True, help_text="Its sponsor's lists; empty for staff, who have the feed."
    )
    version = serializers.IntegerField(help_text="Rises with each step.")
    replaces = IdField(
        PREFIX, allow_null=True, help_text="The approval whose change this asks for."
    )
    ended_on = serializers.DateField(
        allow_null=True, help_text="The last day with credit, once its approval ended."
    )
    ended_why = serializers.CharField(help_text="Empty while it stands.")
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)


def approval_shown(door: Door, row: ApprovalApplication) -> dict[str, Any]:
    """Spell an application out, as it is seen through a door."""
    staff = isinstance(door, StaffDoor)
    lists = [] if staff else list(row.attendance.all())
    sent = row.submitted_at
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "program": row.program,
        "status": row.state,
        "title": row.title,
        "sponsor": row.sponsor,
        "programme": row.facts or row.typed,
        "credit": _credit(row) if row.facts else None,
        "code": row.item.code if row.item else "",
        "applicant": row.name,
        "steps": [
            {
                "number": step.number,
                "kind": step.kind,
                "ground": step.ground,
                "words": step.words,
                "by": step.by,
                "on": step.on.isoformat(),
                "at": instant(step.at),
            }
            for step in row.steps.all()
        ],
        "attendance": [attendance_shown(each) for each in lists],
        "version": row.version,
        "replaces": public_ids.spell(PREFIX, row.replaces_id)
        if row.replaces_id
        else None,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "ended_why": row.ended_why,
        "created_at": instant(row.created_at),
        "submitted_at": instant(sent) if sent else None,
    }


def attendance_shown(row: AttendanceList) -> dict[str, Any]:
    """Spell a list out: how far it is, and nobody in it."""
    status = "waits_for_body" if row.sent_at else "checked"
    return {
        "id": public_ids.spell(LIST_PREFIX, row.pk),
        "rows": row.count,
        "status": "taken_in" if row.taken_at else status,
        "sent_at": instant(row.sent_at) if row.sent_at else None,
    }


def _credit(row: ApprovalApplication) -> dict[str, Any]:
    stated = credit_stated(row)
    return {
        "minutes": stated.minutes,
        "credits": credit_words(stated.award.credits or Decimal(0)),
        "unit": stated.award.unit,
        "policy": stated.award.policy,
        "why": [
            {"rule": each.rule, "text": each.text, "ruling": each.ruling}
            for each in stated.reasons
        ],
    }

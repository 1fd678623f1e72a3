"""How two accounts of one person read over REST, and what is sent about them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from accounts.models import Duplicate
from accounts.models.merging import LONGEST_WORDS
from core import public_ids
from core.rest import IdField, LineField, Query, Strict, TextField, WordField, instant
from credentials.policy import programs
from portal.queries.merging import lines
from renewals.queries.merging import Account

PREFIX = "dup"


class OwnDuplicateResource(serializers.Serializer):
    """A report of one's own; staff's list and item have all of it, and more."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    email = serializers.CharField()
    state = serializers.ChoiceField(Duplicate.State.choices)
    reason = serializers.CharField(help_text="Why it was not merged, or undone.")
    asked_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(help_text="Until when its link works.")
    proved_at = serializers.DateTimeField(
        allow_null=True, help_text="When its link was opened and answered."
    )
    merged_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was taken back, refused or undone."
    )


class DuplicateResource(OwnDuplicateResource):
    """A report whose second account was proved."""

    member = IdField("mem", help_text="The account it was reported from.")
    other = IdField("mem", help_text="The account that was proved.")
    kept = IdField("mem", allow_null=True)
    ground = serializers.CharField(help_text="How it is known that they are one.")


class HeldResource(serializers.Serializer):
    """What an account has with one body."""

    program = serializers.CharField()
    has = serializers.ListField(child=serializers.CharField())


class SideResource(serializers.Serializer):
    """One of the two accounts."""

    member = IdField("mem")
    name = serializers.CharField()
    email = serializers.CharField()
    bodies = HeldResource(many=True)


class ComparedResource(DuplicateResource):
    """A report with what merging would do; nothing of it once it was decided on."""

    would_keep = SideResource(allow_null=True)
    would_give_up = SideResource(allow_null=True)
    in_the_way = serializers.ListField(child=serializers.CharField())
    counted_once = serializers.ListField(
        child=serializers.CharField(),
        help_text="What both earned that counts once when they are one.",
    )


class NewDuplicate(Strict):
    """Another account of one's own."""

    email = LineField(max_length=254, help_text="The address it signs in with.")
    program = WordField(programs(), help_text="The body whose staff look at both.")


class KeepQuery(Query):
    """Which account would go on; by default the one it was reported from."""

    keep = IdField("mem", required=False)


class NewMerge(Strict):
    """Which account goes on, and how it is known that they are one person."""

    keep = IdField("mem")
    ground = TextField(max_length=LONGEST_WORDS)


class WhyNotMerged(Strict):
    """Why two accounts stay two, or are two again."""

    reason = TextField(max_length=LONGEST_WORDS, help_text="The holder reads it.")


def own_shown(row: Duplicate) -> dict[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "program": row.program,
        "email": row.email,
        "state": row.state,
        "reason": row.reason,
        "asked_at": instant(row.asked_at),
        "expires_at": instant(row.expires_at),
        "proved_at": row.proved_at and instant(row.proved_at),
        "merged_at": row.merged_at and instant(row.merged_at),
        "ended_at": row.ended_at and instant(row.ended_at),
    }


def shown(row: Duplicate) -> dict[str, Any]:
    return {
        **own_shown(row),
        "member": _id(row.member_id),
        "other": _id(row.other_id),
        "kept": _id(row.kept_id),
        "ground": row.ground,
    }


def _id(pk: UUID | None) -> str | None:
    return public_ids.spell("mem", pk) if pk else None


def side_shown(account: Account) -> dict[str, Any]:
    member = account.member
    return {
        "member": _id(member.pk),
        "name": member.name,
        "email": member.user.email if member.user else "",
        "bodies": [
            {"program": program, "has": list(lines(standing))}
            for program, standing in account.bodies.items()
        ],
    }

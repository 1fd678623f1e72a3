"""What learning systems send, and what became of each completion (N12)."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from ce_credits.models import FeedRow
from ce_credits.rules import Completion
from core import public_ids
from core.rest import (
    CountField,
    DayField,
    FlagField,
    IdField,
    LineField,
    ListOf,
    Paged,
    Strict,
    WordField,
    instant,
)

PREFIX = "fed"
MOST = 500
LONGEST_SEARCH, LONGEST_REASON = 100, 400
MOST_MINUTES = 100_000


class FeedQuery(Paged):
    """The query parameters of the list."""

    status = WordField(FeedRow.State.values, required=False)
    q = LineField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words that all stand in the person, the code or who sent it.",
    )


class NumberSent(LineField):
    """A number that names somebody whom a feed or a sponsor speaks of."""

    def __init__(self) -> None:
        """Say which numbers name somebody."""
        super().__init__(
            required=False,
            allow_blank=True,
            max_length=40,
            help_text="A credential's number; where the body registers licences, also "
            "a licence's, with both names beside it.",
        )


class NewCompletion(Strict):
    """Who completed which activity when: a number, or an address and both names."""

    certification_no = NumberSent()
    email = LineField(required=False, allow_blank=True, max_length=254)
    first_name = LineField(required=False, allow_blank=True, max_length=100)
    last_name = LineField(required=False, allow_blank=True, max_length=100)
    activity_code = LineField(max_length=40, help_text="As the catalogue has it.")
    completed_on = LineField(max_length=40, help_text="A day such as 2025-10-02.")
    minutes = CountField(
        required=False, help_text="Without it, those of the catalogue."
    )


class NewFeed(Strict):
    """Completions, and who says so."""

    sender = LineField(
        max_length=100, help_text="The learning system or sponsor that sends them."
    )
    dry_run = FlagField(
        required=False, help_text="true: say what would become of each, keep nothing."
    )
    items = ListOf(child=NewCompletion(), min_length=1, max_length=MOST)


class Settlement(Strict):
    """Whose a completion is, of which activity, when and how long."""

    member = IdField("mem")
    activity_code = LineField(max_length=40)
    completed_on = DayField()
    minutes = CountField(required=False, min_value=1, max_value=MOST_MINUTES)
    reason = LineField(max_length=LONGEST_REASON)


class Aside(Strict):
    """Why a completion gives nobody credit."""

    reason = LineField(max_length=LONGEST_REASON)


class FedProblem(serializers.Serializer):
    """What stands in the way of taking a completion, and at which field."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class FedResource(serializers.Serializer):
    """A completion as it was sent, and what became of it."""

    id = IdField(PREFIX)
    sender = serializers.CharField()
    certification_no = serializers.CharField()
    email = serializers.CharField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    activity_code = serializers.CharField()
    completed_on = serializers.CharField()
    minutes = serializers.CharField()
    status = serializers.ChoiceField(choices=FeedRow.State.values)
    reason = serializers.CharField(help_text="The code of why it is not taken.")
    message = serializers.CharField(help_text="Why, in words.")
    member = IdField("mem", allow_null=True)
    activity = IdField("ce", allow_null=True)
    received_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class TriedItem(serializers.Serializer):
    """What would become of a completion."""

    item = serializers.IntegerField(help_text="Its place in `items`, from 0.")
    outcome = serializers.ChoiceField(("taken", "unmatched", "repeated"))
    problems = FedProblem(many=True)


class ReceivedFeed(serializers.Serializer):
    """What was sent: each completion as it stands, or as it would."""

    dry_run = serializers.BooleanField()
    repeated = serializers.IntegerField(help_text="How many came before.")
    items = FedResource(many=True, help_text="In their order; empty in a dry run.")
    tried = TriedItem(many=True, help_text="In a dry run alone.")


def completion_of(item: Mapping[str, Any]) -> Completion:
    """Read one of the items that were sent."""
    minutes = item.get("minutes")
    return Completion(
        number=item.get("certification_no", ""),
        email=item.get("email", ""),
        first_name=item.get("first_name", ""),
        last_name=item.get("last_name", ""),
        code=item["activity_code"],
        completed_on=item["completed_on"],
        minutes="" if minutes is None else str(minutes),
    )


def fed_shown(row: FeedRow) -> Mapping[str, Any]:
    """Spell one row."""
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "sender": row.delivery.source,
        "certification_no": row.number,
        "email": row.email,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "activity_code": row.code,
        "completed_on": row.completed_on,
        "minutes": row.minutes,
        "status": row.state,
        "reason": row.reason,
        "message": row.words,
        "member": public_ids.spell("mem", row.member_id) if row.member_id else None,
        "activity": (
            public_ids.spell("ce", row.activity_id) if row.activity_id else None
        ),
        "received_at": instant(row.received_at),
        "ended_at": instant(row.ended_at) if row.ended_at else None,
    }

"""What a client sends and gets about assignments."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core import public_ids
from core.rest import (
    CodeField,
    IdField,
    ListOf,
    Paged,
    Strict,
    TextField,
    WordField,
    instant,
)
from credentials.models import Assignment
from credentials.policy import term_programs
from portal.api.terms import Term, term_shown
from portal.queries.roster import TermOf

MOST = 100
LONGEST_CODE = 40
LONGEST_CHOICE = 60
COLUMNS = (
    "pk",
    "batch_id",
    "product__program",
    "product__code",
    "member_id",
    "member__first_name",
    "member__last_name",
    "choice",
    "choice_title",
    "state",
    "label",
    "on",
    "at",
    "batch__by",
)
ORDERINGS = {"assigned_at": ("at", "pk"), "-assigned_at": ("-at", "-pk")}


class AssignmentsQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )
    product = CodeField(required=False, max_length=LONGEST_CODE)
    member = IdField("mem", required=False)
    state = WordField(Assignment.State.values, required=False)
    ordering = WordField(tuple(ORDERINGS), default="-assigned_at")


class Item(Strict):
    """Somebody to assign to."""

    member = IdField("mem", nobody=True)


class NewAssignment(Strict):
    """A product for one member, or for up to 100: all of them, or nobody."""

    one_of = ("member", "items")

    product = CodeField(max_length=LONGEST_CODE, help_text="The product's code.")
    program = WordField(
        term_programs(), required=False, help_text="Where two bodies share the code."
    )
    choice = TextField(
        required=False,
        max_length=LONGEST_CHOICE,
        help_text="Which specialty or course, where the product comes in several.",
    )
    member = IdField(
        "mem", nobody=True, required=False, help_text="Send this, or `items`."
    )
    items = ListOf(
        child=Item(),
        required=False,
        min_length=1,
        max_length=MOST,
        help_text="Send this, or `member`.",
    )


class AssignmentResource(serializers.Serializer):
    """A product that was given to a member."""

    id = IdField("asn")
    batch = IdField("bat", help_text="What was assigned together.")
    program = serializers.CharField()
    product = serializers.CharField()
    member = IdField("mem")
    member_name = serializers.CharField()
    choice = serializers.CharField(
        allow_blank=True, help_text="Which specialty or course; empty without a choice."
    )
    choice_name = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=Assignment.State.values)
    result = serializers.CharField(
        allow_blank=True, help_text="What came of it, as its course reported."
    )
    assigned_on = serializers.DateField(help_text="The day in the body's zone.")
    assigned_at = serializers.DateTimeField()
    assigned_by = serializers.CharField()


class Assigned(AssignmentResource):
    """What an assignment brought about."""

    renewal_date = serializers.DateField(allow_null=True)
    term = Term(allow_null=True)


class Batch(serializers.Serializer):
    """What was assigned together: everybody named, or nobody."""

    id = IdField("bat")
    program = serializers.CharField()
    product = serializers.CharField()
    assigned_at = serializers.DateTimeField()
    assigned_by = serializers.CharField()
    assignments = Assigned(many=True)


def brought(term: TermOf | None) -> dict[str, Any]:
    """Spell out the term that an assignment brought about."""
    return {
        "renewal_date": term.renewal_on.isoformat() if term else None,
        "term": term_shown(term) if term else None,
    }


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Spell an assignment out."""
    return {
        "id": public_ids.spell("asn", row["pk"]),
        "batch": public_ids.spell("bat", row["batch_id"]),
        "program": row["product__program"],
        "product": row["product__code"],
        "member": public_ids.spell("mem", row["member_id"]),
        "member_name": f"{row['member__first_name']} {row['member__last_name']}",
        "choice": row["choice"],
        "choice_name": row["choice_title"],
        "state": row["state"],
        "result": row["label"],
        "assigned_on": row["on"].isoformat(),
        "assigned_at": instant(row["at"]),
        "assigned_by": row["batch__by"],
    }

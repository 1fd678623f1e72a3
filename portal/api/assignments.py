"""Assigning products to members, and what was assigned."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_ASSIGN, API_ASSIGNMENTS, PracticeDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import FieldProblem, Missing, NotUsable
from core.paging import take
from core.rest import (
    CodeField,
    IdField,
    ListOf,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from credentials.models import Assignment, AssignmentBatch, Product
from credentials.policy import programs, zone_of
from credentials.services import Pick, assign
from portal.api.terms import Term, term_shown
from portal.queries.assigning import products_named, strangers
from portal.queries.roster import TermOf, terms_of

MOST = 100
LONGEST_CODE = 40
UNKNOWN = "No member of this practice has this id."
COLUMNS = (
    "pk",
    "batch_id",
    "product__program",
    "product__code",
    "member_id",
    "member__first_name",
    "member__last_name",
    "state",
    "on",
    "at",
    "batch__by",
)
ORDERINGS = {"assigned_at": ("at", "pk"), "-assigned_at": ("-at", "-pk")}


class AssignmentsQuery(Paged):
    """The query parameters of the list."""

    program = WordField(programs(), required=False, help_text="The certifying body.")
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
        programs(), required=False, help_text="Where two bodies share the code."
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
    state = serializers.ChoiceField(choices=Assignment.State.values)
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


class Assignments(RestView):
    """What the practice assigned; assigning more."""

    permissions: ClassVar = {"GET": API_ASSIGNMENTS, "POST": API_ASSIGN}
    query = AssignmentsQuery
    refusals: ClassVar = {"POST": ("pool-exhausted", "not-eligible", "stale-version")}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_assignments",
        summary="List assignments",
        responses=page_of(AssignmentResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List what the practice assigned, the newest first."""
        names = {"program": "product__program", "product": "product__code"}
        wanted = {
            names.get(name, name): self.asked[name]
            for name in ("program", "product", "member", "state")
            if name in self.asked
        }
        page = AssignmentsQuery.page_of(self.asked)
        found = take(
            Assignment.objects.of(door.practice)
            .filter(**wanted)
            .order_by(*ORDERINGS[self.asked["ordering"]]),
            page,
            *COLUMNS,
        )
        return envelope(request, page, found.count, map(_shown, found.rows))

    @extend_schema(
        operation_id="assign",
        summary="Assign a product",
        request=NewAssignment,
        responses={HTTPStatus.CREATED: Batch},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Assign a product to members, one seat each: all of them, or nobody."""
        asked = NewAssignment(data=request.data)
        asked.is_valid(raise_exception=True)
        product = _product(asked.validated_data)
        picks = _picks(door, product, asked.validated_data)
        batch = assign(
            actor=door.actor,
            practice=door.practice,
            product=product,
            picks=picks,
            form_key=self.form_key,
            today=clock.today(zone_of(product.program)),
            now=clock.now(),
        )
        return Response(_answer(door, batch), HTTPStatus.CREATED)


class OneAssignment(RestView):
    """One product given to one member."""

    permissions: ClassVar = {"GET": API_ASSIGNMENTS}

    @extend_schema(
        operation_id="read_assignment",
        summary="Read an assignment",
        responses=AssignmentResource,
    )
    def get(self, request: Request, door: PracticeDoor, assignment_id: str) -> Response:
        """Read one assignment."""
        found = Assignment.objects.of(door.practice).filter(
            pk=id_in_address("asn", assignment_id)
        )
        for row in found.values(*COLUMNS):
            return Response(_shown(row))
        raise Missing("Not found.")


def _product(asked: Mapping[str, Any]) -> Product:
    found = products_named(asked["product"], asked.get("program", ""))
    if len(found) > 1:
        text = "Several bodies have this product. Say which program."
        raise NotUsable(text, [FieldProblem("program", text, "required")])
    for product in found:
        return product
    text = "No product has this code."
    raise Missing(text, [FieldProblem("product", text, "unknown")])


def _picks(
    door: PracticeDoor, product: Product, asked: Mapping[str, Any]
) -> Sequence[Pick]:
    """Read who is meant.

    Raises:
        Missing: an id is nobody's here; each is told with its place.
        NotUsable: somebody is named twice.
    """
    if "member" in asked:
        places: Sequence[tuple[str, UUID]] = [("member", asked["member"])]
    else:
        places = [
            (f"items.{place}.member", item["member"])
            for place, item in enumerate(asked["items"])
        ]
    ids = [member_id for _, member_id in places]
    unknown = strangers(door.practice, product.program, ids)
    if unknown:
        missing = [
            FieldProblem(place, UNKNOWN, "unknown")
            for place, member_id in places
            if member_id in unknown
        ]
        raise Missing(UNKNOWN, missing)
    problems = [
        FieldProblem(place, "This member stands in the list twice.", "double")
        for at, (place, member_id) in enumerate(places)
        if member_id in ids[:at]
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)
    return [Pick(member_id) for member_id in ids]


def _answer(door: PracticeDoor, batch: AssignmentBatch) -> dict[str, Any]:
    product = batch.product
    rows = list(
        Assignment.objects.of(door.practice)
        .filter(batch=batch)
        .order_by("member__last_name", "member__first_name", "pk")
        .values(*COLUMNS)
    )
    ids = [row["member_id"] for row in rows]
    terms = terms_of(door.practice, ids, product.program)
    return {
        "id": public_ids.spell("bat", batch.pk),
        "program": product.program,
        "product": product.code,
        "assigned_at": instant(batch.at),
        "assigned_by": batch.by,
        "assignments": [
            _shown(row) | _brought(terms.get(row["member_id"])) for row in rows
        ],
    }


def _brought(term: TermOf | None) -> dict[str, Any]:
    return {
        "renewal_date": term.renewal_on.isoformat() if term else None,
        "term": term_shown(term) if term else None,
    }


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": public_ids.spell("asn", row["pk"]),
        "batch": public_ids.spell("bat", row["batch_id"]),
        "program": row["product__program"],
        "product": row["product__code"],
        "member": public_ids.spell("mem", row["member_id"]),
        "member_name": f"{row['member__first_name']} {row['member__last_name']}",
        "state": row["state"],
        "assigned_on": row["on"].isoformat(),
        "assigned_at": instant(row["at"]),
        "assigned_by": row["batch__by"],
    }

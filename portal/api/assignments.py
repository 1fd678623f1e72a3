"""Assigning products to members, and what was assigned."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_ASSIGN, API_ASSIGNMENTS, PracticeDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import FieldProblem, Missing, NotUsable
from core.paging import take
from core.rest import envelope, id_in_address, instant, page_of
from credentials.models import Assignment, AssignmentBatch, Product
from credentials.policy import zone_of
from credentials.services import Choice, Pick, assign, undo
from portal.api.assignment_shapes import (
    COLUMNS,
    ORDERINGS,
    AssignmentResource,
    AssignmentsQuery,
    Batch,
    NewAssignment,
    brought,
    shown,
)
from portal.api.days import days
from portal.queries.assigning import products_named, strangers
from portal.queries.choices import choice_of
from portal.queries.roster import TermOf, terms_of

EXAMPLE = "mem_3f1c9a7be2d84c5fa0617b2d9e48c350"
UNKNOWN = "No member of this practice has this id."


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
        return envelope(request, page, found.count, map(shown, found.rows))

    @extend_schema(
        operation_id="assign",
        summary="Assign a product",
        request=NewAssignment,
        examples=[
            OpenApiExample(
                "One member",
                {"product": "renewals", "member": EXAMPLE},
                request_only=True,
            ),
            OpenApiExample(
                "Several members",
                {"product": "renewals", "items": [{"member": EXAMPLE}]},
                request_only=True,
            ),
            OpenApiExample(
                "A specialty",
                {"product": "specialty", "choice": "dermatology", "member": EXAMPLE},
                request_only=True,
            ),
        ],
        responses={HTTPStatus.CREATED: Batch},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Assign a product to members, one seat each: all of them, or nobody."""
        asked = NewAssignment(data=request.data)
        asked.is_valid(raise_exception=True)
        product = _product(asked.validated_data)
        picks = _picks(door, product, asked.validated_data)
        today = clock.today(zone_of(product.program))
        batch = assign(
            actor=door.actor,
            practice=door.practice,
            product=product,
            picks=picks,
            form_key=self.form_key,
            today=today,
            now=clock.now(),
            choice=_choice(product, asked.validated_data.get("choice", ""), today),
        )
        return Response(_answer(door, batch), HTTPStatus.CREATED)


class OneAssignment(RestView):
    """One product given to one member."""

    permissions: ClassVar = {"GET": API_ASSIGNMENTS, "DELETE": API_ASSIGN}
    refusals: ClassVar = {"DELETE": ("not-eligible",)}

    @extend_schema(
        operation_id="read_assignment",
        summary="Read an assignment",
        responses=AssignmentResource,
    )
    def get(self, request: Request, door: PracticeDoor, assignment_id: str) -> Response:
        """Read one assignment."""
        return _one(door, id_in_address("asn", assignment_id))

    @extend_schema(
        operation_id="undo_assignment",
        summary="Undo an assignment",
        responses={HTTPStatus.OK: AssignmentResource},
    )
    def delete(
        self, request: Request, door: PracticeDoor, assignment_id: str
    ) -> Response:
        """Undo it within 24 hours, while nobody has used it; its seat is there again.

        The assignment stays, as undone. Undoing it again changes nothing. With a
        renewal or membership its term goes, and its certificate is superseded: not
        once somebody has opened that, and not where something came of the term since.
        """
        found = id_in_address("asn", assignment_id)
        undo(
            actor=door.actor,
            practice=door.practice,
            assignment_ids=[found],
            days=days(),
            now=clock.now(),
        )
        return _one(door, found)


def _one(door: PracticeDoor, assignment_id: UUID) -> Response:
    found = Assignment.objects.of(door.practice).filter(pk=assignment_id)
    for row in found.values(*COLUMNS):
        return Response(shown(row))
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


def _choice(product: Product, code: str, today: date) -> Choice:
    if not code or not product.asks_choice:
        return Choice(code)
    found = choice_of(product, code, today)
    if found is None:
        text = f"There is no such {product.noun}."
        raise NotUsable(text, [FieldProblem("choice", text, "unknown")])
    return found


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


def _term_of(row: Mapping[str, Any], terms: Mapping[UUID, TermOf]) -> TermOf | None:
    """Find the term somebody has of an assignment; none once it was undone."""
    undone = row["state"] == Assignment.State.UNDONE
    return None if undone else terms.get(row["member_id"])


def _answer(door: PracticeDoor, batch: AssignmentBatch) -> dict[str, Any]:
    product = batch.product
    rows = list(
        Assignment.objects.of(door.practice)
        .filter(batch=batch)
        .order_by("member__last_name", "member__first_name", "pk")
        .values(*COLUMNS)
    )
    ids = [row["member_id"] for row in rows]
    began = product.begins_term
    terms = terms_of(door.practice, ids, product.program) if began else {}
    return {
        "id": public_ids.spell("bat", batch.pk),
        "program": product.program,
        "product": product.code,
        "assigned_at": instant(batch.at),
        "assigned_by": batch.by,
        "assignments": [shown(row) | brought(_term_of(row, terms)) for row in rows],
    }

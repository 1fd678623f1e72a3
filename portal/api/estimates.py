"""What bodies sell, and what something would cost: explained, kept nowhere."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_ORDERS, PracticeDoor
from accounts.rest import RestView
from billing.rules import Asked
from core.failures import FieldProblem, NotUsable
from core.rest import Paged, WordField, envelope, page_of
from credentials.policy import term_programs
from credentials.queries import on_sale
from portal.api.days import day_in
from portal.api.money_shapes import (
    EstimateResource,
    NewEstimate,
    OfferResource,
    estimate_shown,
    offer_shown,
)
from portal.queries.estimating import (
    Estimate,
    estimate_for,
    program_of_estimate,
    read_estimate,
    sellers,
)


class OffersQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )


class Offers(RestView):
    """What bodies sell today."""

    permissions: ClassVar = {"GET": API_ORDERS}
    query = OffersQuery

    @extend_schema(
        operation_id="list_offers",
        summary="List what is for sale",
        responses=page_of(OfferResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List what can be ordered today, with its prices."""
        asked = self.asked.get("program")
        found = []
        for program in [asked] if asked else term_programs():
            catalogue = on_sale(program, day_in(program))
            if catalogue is not None:
                currency = catalogue.price_list.currency
                found += [
                    offer_shown(offer, program, currency)
                    for offer in catalogue.offers.values()
                ]
        page = OffersQuery.page_of(self.asked)
        rows = found[page.first : page.first + page.size]
        return envelope(request, page, len(found), rows)


class Estimates(RestView):
    """Working out what something costs."""

    permissions: ClassVar = {"POST": API_ORDERS}

    @extend_schema(
        operation_id="estimate",
        summary="Work out a price",
        request=NewEstimate,
        examples=[
            OpenApiExample(
                "Five renewals",
                {"lines": [{"offer": "renewals", "quantity": 5}]},
                request_only=True,
            )
        ],
        responses=EstimateResource,
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Work out what something costs, and why. Nothing is saved."""
        return Response(_shown(request, estimate_of(self.sent(request, NewEstimate))))


class OneEstimate(RestView):
    """One estimate."""

    permissions: ClassVar = {"GET": API_ORDERS}
    refusals: ClassVar = {"GET": ("not-eligible",)}

    @extend_schema(
        operation_id="read_estimate",
        summary="Read an estimate",
        responses=EstimateResource,
    )
    def get(self, request: Request, door: PracticeDoor, estimate: str) -> Response:
        """Read an estimate again, until its last day."""
        return Response(_shown(request, estimate_named(estimate)))


def estimate_named(signed: str) -> Estimate:
    """Read an estimate by its id.

    Raises:
        Missing: there is none of that id.
        Ended: its days are over.
    """
    return read_estimate(signed, today=day_in(program_of_estimate(signed)))


def estimate_of(asked: Mapping[str, Any]) -> Estimate:
    """Price lines that were sent, at today's prices.

    Raises:
        NotUsable: the body sells nothing, or several do and none is named; or nothing
            of a code is for sale, or it is named twice: each is told with its place.
    """
    program = asked.get("program") or _only_seller()
    catalogue = on_sale(program, day_in(program))
    if catalogue is None:
        text = "This body sells nothing here."
        raise NotUsable(text, [FieldProblem("program", text)])
    codes = [line["offer"] for line in asked["lines"]]
    problems = [
        FieldProblem(f"lines.{place}.offer", "Nothing of this code is sold.", "unknown")
        for place, code in enumerate(codes)
        if code not in catalogue.offers
    ] + [
        FieldProblem(f"lines.{place}.offer", "This stands in the list twice.", "double")
        for place, code in enumerate(codes)
        if code in codes[:place]
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)
    wanted = [Asked(line["offer"], line["quantity"]) for line in asked["lines"]]
    return estimate_for(catalogue, wanted, day_in(program))


def _only_seller() -> str:
    found = {each for program in term_programs() for each in sellers(day_in(program))}
    if len(found) != 1:
        text = "Say which body's program."
        raise NotUsable(text, [FieldProblem("program", text, "required")])
    return found.pop()


def _shown(request: Request, estimate: Estimate) -> dict[str, Any]:
    page = reverse("estimate_shown", kwargs={"signed": estimate.signed})
    return estimate_shown(estimate, request.build_absolute_uri(page))

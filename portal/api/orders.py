"""What a practice ordered and paid; ordering more."""

from http import HTTPStatus
from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_ORDER, API_ORDERS, PracticeDoor
from accounts.queries import named_administration
from accounts.rest import RestView
from billing.models import Order, Payment
from billing.services import place_order
from core import clock
from core.failures import FieldProblem, Missing, NotEligible, NotUsable
from core.paging import take
from core.rest import IdField, Paged, WordField, envelope, id_in_address, page_of
from credentials.policy import term_programs
from portal.api.days import day_in
from portal.api.estimates import estimate_named, estimate_of
from portal.api.money_shapes import (
    ORDER,
    NewOrder,
    OrderResource,
    PaymentResource,
    order_shown,
    payment_shown,
)
from portal.queries.estimating import UNKNOWN, Ended, Estimate

PAID_COLUMNS = (
    "pk",
    "order_id",
    "method",
    "state",
    "amount",
    "over",
    "currency",
    "reference",
    "received_on",
    "counts_on",
)


class OrdersQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )
    state = WordField(Order.State.values, required=False)


class Orders(RestView):
    """What the practice ordered; ordering more."""

    permissions: ClassVar = {"GET": API_ORDERS, "POST": API_ORDER}
    query = OrdersQuery
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_orders",
        summary="List orders",
        responses=page_of(OrderResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List what the practice ordered, the newest first."""
        wanted = {
            name: self.asked[name]
            for name in ("program", "state")
            if name in self.asked
        }
        found = Order.objects.of(door.practice).filter(**wanted)
        page = OrdersQuery.page_of(self.asked)
        rows = found.prefetch_related("lines", "invoices")
        shown = rows[page.first : page.first + page.size]
        return envelope(request, page, found.count(), map(order_shown, shown))

    @extend_schema(
        operation_id="place_order",
        summary="Place an order",
        request=NewOrder,
        examples=[
            OpenApiExample(
                "Five renewals",
                {"lines": [{"offer": "renewals", "quantity": 5}]},
                request_only=True,
            ),
        ],
        responses={HTTPStatus.CREATED: OrderResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Place an order. It awaits payment; no money is taken."""
        asked = self.sent(request, NewOrder)
        if "estimate" in asked:
            estimate = _estimate(asked["estimate"], named="program" in asked)
        else:
            estimate = estimate_of(asked)
        order = place_order(
            actor=door.actor,
            payer=door.practice,
            told=_told(door),
            sale=estimate.sale,
            form_key=self.form_key,
            today=day_in(estimate.program),
            now=clock.now(),
        )
        return Response(order_shown(order), HTTPStatus.CREATED)


class OneOrder(RestView):
    """One order."""

    permissions: ClassVar = {"GET": API_ORDERS}

    @extend_schema(
        operation_id="read_order", summary="Read an order", responses=OrderResource
    )
    def get(self, request: Request, door: PracticeDoor, order_id: str) -> Response:
        """Read one order."""
        found = Order.objects.of(door.practice).filter(
            pk=id_in_address(ORDER, order_id)
        )
        for order in found.prefetch_related("lines", "invoices"):
            return Response(order_shown(order))
        raise Missing("Not found.")


class PaymentsQuery(Paged):
    """The query parameters of the list."""

    order = IdField(ORDER, required=False, help_text="Of this order alone.")


class Payments(RestView):
    """What the practice paid."""

    permissions: ClassVar = {"GET": API_ORDERS}
    query = PaymentsQuery

    @extend_schema(
        operation_id="list_payments",
        summary="List payments",
        responses=page_of(PaymentResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List what the practice paid, the newest first."""
        paid = Payment.objects.of(door.practice)
        if "order" in self.asked:
            paid = paid.filter(order=self.asked["order"])
        page = PaymentsQuery.page_of(self.asked)
        found = take(paid.order_by("-at", "-pk"), page, *PAID_COLUMNS)
        return envelope(request, page, found.count, map(payment_shown, found.rows))


def _told(door: PracticeDoor) -> str:
    """Give the address that mail about the practice's orders goes to.

    Raises:
        NotEligible: nobody is its Practice Administrator.
    """
    held = named_administration(door.practice)
    if held is None:
        raise NotEligible(
            "Nobody is Practice Administrator, so nobody would get the invoice. "
            "Nothing was ordered."
        )
    return held.user.email


def _estimate(signed: str, *, named: bool) -> Estimate:
    """Read the estimate that a body names.

    Raises:
        NotUsable: there is none of that id, its days are over, or a program stands
            beside it.
    """
    if named:
        text = "An estimate names its program itself. Leave this out."
        raise NotUsable(text, [FieldProblem("program", text)])
    try:
        return estimate_named(signed)
    except Missing:
        raise NotUsable(UNKNOWN, [FieldProblem("estimate", UNKNOWN)]) from None
    except Ended as ended:
        raise NotUsable(ended.text, [FieldProblem("estimate", ended.text)]) from None

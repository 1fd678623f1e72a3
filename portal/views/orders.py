"""A practice's orders."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import PRACTICE_MONEY, PracticeDoor
from accounts.routes import route
from portal.queries.orders import order_of, order_page, orders_of
from portal.queries.paging import page_number


@route(permission=PRACTICE_MONEY)
def orders(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """List what the practice ordered."""
    number = page_number(request.GET.get("page", "1"))
    page = orders_of(door.practice, number=number)
    context = {"page": page, "page_title": "Orders"}
    return render(request, "portal/orders.html", context)


@route(permission=PRACTICE_MONEY)
def order(request: HttpRequest, door: PracticeDoor, order_id: UUID) -> HttpResponseBase:
    """Show one order."""
    page = order_page(order_of(door.practice, order_id))
    context = {"page": page, "page_title": f"Order {page.number}"}
    return render(request, "portal/order.html", context)

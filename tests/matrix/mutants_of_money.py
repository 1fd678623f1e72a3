"""Orders, and the pages and filters that would show another's."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

ORDERS = "billing/models/orders.py"
QUERIES = "portal/queries/order_places.py"
PAPERS = "portal/queries/order_papers.py"
JOURNAL = "portal/queries/journal.py"
SEATS = "portal/queries/seats_page.py"
FAULTS = "portal/queries/card_faults.py"
PAGES = "portal/views/orders.py"
CARD = "portal/views/stored_card.py"
DESK = "portal/views/staff_orders.py"
API = "portal/api/orders.py"
ROUTES = "test_a_route_answers and order"
PAGE = "nothing_of_another and administrator"
BODY = "nothing_of_another and reviewer"
OVER_REST = "nothing_of_another and token"
FIGURES = "shows_nowhere_else"


def opened(page: str, old: str, asks: str = ROUTES) -> Mutant:
    """A page of a practice's money that anybody opens."""
    new = f"{WITH_PUBLIC}{old}".replace("PRACTICE_MONEY", "PUBLIC")
    return Mutant(page, old, new, asks)


MONEY = (
    Mutant(
        ORDERS,
        '"""The practice\'s orders."""\n        return self.filter(practice=practice)',
        '"""The practice\'s orders."""\n        return self.all()',
        ROUTES,
    ),
    Mutant(
        ORDERS,
        "return self.filter(program=program)",
        "return self.all()",
        "test_a_route_answers and staff_order",
    ),
    Mutant(
        "billing/models/payments.py",
        "return self.filter(order__practice=practice)",
        "return self.all()",
        OVER_REST,
    ),
    Mutant(
        QUERIES,
        "return Order.objects.of(payer)",
        "return Order.objects.all()",
        PAGE,
    ),
    Mutant(
        QUERIES,
        "orders_by(payer).filter(pk=order_id)",
        "Order.objects.filter(pk=order_id)",
        ROUTES,
    ),
    Mutant(
        QUERIES,
        "return Order.objects.visible_to(payer)",
        "return Order.objects.all()",
        "test_a_route_answers and my_order",
    ),
    Mutant(
        PAPERS,
        "order.invoices.filter(pk=invoice_id)",
        "Invoice.objects.filter(pk=invoice_id)",
        "order_invoice",
    ),
    Mutant(
        PAPERS,
        "order.payments.filter(state=Payment.State.SETTLED)",
        "Payment.objects.filter(state=Payment.State.SETTLED)",
        "order_receipt",
    ),
    opened(PAGES, "@route(permission=PRACTICE_MONEY)\ndef orders("),
    opened(PAGES, "@route(permission=PRACTICE_MONEY)\ndef order("),
    opened(
        "portal/views/paying.py",
        "@route(permission=PRACTICE_MONEY)\ndef done(",
        "paid_by_card",
    ),
    opened(
        CARD,
        "@route(permission=PRACTICE_MONEY)\ndef card(",
        "test_a_route_answers and stored_card",
    ),
    opened(
        CARD,
        "@route(permission=PRACTICE_MONEY)\ndef done(",
        "test_a_route_answers and card_done",
    ),
    Mutant(
        API,
        "Order.objects.of(door.practice).filter(**wanted)",
        "Order.objects.filter(**wanted)",
        OVER_REST,
    ),
    Mutant(
        API,
        "Order.objects.of(door.practice).filter(\n",
        "Order.objects.filter(\n",
        "test_a_route_answers and api_order",
    ),
    Mutant(
        API,
        "Payment.objects.of(door.practice)",
        "Payment.objects.all()",
        OVER_REST,
    ),
    Mutant(
        SEATS,
        "SeatPool.objects.of(practice).filter",
        "SeatPool.objects.filter",
        FIGURES,
    ),
    Mutant(
        "portal/api/seat_changes.py",
        "SeatChange.objects.of(door.practice)",
        "SeatChange.objects.all()",
        FIGURES,
    ),
    Mutant(
        "portal/queries/lowering.py",
        "LeftOut.objects.of(practice)",
        "LeftOut.objects",
        FIGURES,
    ),
    Mutant(
        "credentials/queries/renewing.py",
        "SeatPool.objects.of(practice).filter",
        "SeatPool.objects.filter",
        FIGURES,
    ),
    Mutant(
        "credentials/queries/renewing.py",
        "SeatChange.objects.of(practice).filter",
        "SeatChange.objects.filter",
        FIGURES,
    ),
    Mutant(
        SEATS,
        "Order.objects.of(practice).of_program",
        "Order.objects.of_program",
        FIGURES,
    ),
    Mutant(
        "billing/queries/orders.py",
        "**payer_fields(payer), program=program, currency=currency",
        "program=program, currency=currency",
        FIGURES,
    ),
    Mutant(
        "portal/queries/staff_order.py",
        "Order.objects.of_program(program).filter(pk=order_id)",
        "Order.objects.filter(pk=order_id)",
        "test_a_route_answers and staff_order",
    ),
    Mutant(
        "portal/queries/staff_orders.py",
        "Order.objects.of_program(program).annotate",
        "Order.objects.annotate",
        BODY,
    ),
    Mutant(
        "portal/queries/money_acts.py",
        "order.payments.filter(pk=payment_id)",
        "Payment.objects.filter(pk=payment_id)",
        "staff_payment",
    ),
    Mutant(
        DESK,
        '@route(permission=STAFF_MONEY, methods=("POST",))\ndef payment(',
        '@route(permission=STAFF_MONEY_SEE, methods=("POST",))\ndef payment(',
        "staff_order_payment",
    ),
    Mutant(
        DESK,
        '@route(permission=STAFF_MONEY, methods=("POST",))\ndef credit(',
        '@route(permission=STAFF_MONEY_SEE, methods=("POST",))\ndef credit(',
        "staff_order_credit",
    ),
    Mutant(
        JOURNAL,
        "found = JournalRow.objects.filter(days.within, program=program)",
        "found = JournalRow.objects.filter(days.within)",
        BODY,
    ),
    Mutant(
        JOURNAL,
        "JournalRow.objects.filter(program=program, on__lt=day)",
        "JournalRow.objects.filter(on__lt=day)",
        FIGURES,
    ),
    Mutant(
        FAULTS,
        "            Q(state=ProviderEvent.State.REFUSED) | stuck,\n"
        "            order__program=program,\n",
        "            Q(state=ProviderEvent.State.REFUSED) | stuck,\n",
        FIGURES,
    ),
    Mutant(
        FAULTS,
        "method=Payment.Method.CARD,\n            order__program=program,\n",
        "method=Payment.Method.CARD,\n",
        FIGURES,
    ),
)

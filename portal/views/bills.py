"""What estimates, invoices, credit notes and receipts say on paper."""

from billing.models import Invoice, Payment
from billing.queries import Catalogue
from core.words import day_words, money_words
from portal.layouts import BillFacts, BillLine
from portal.queries.estimates import estimate_page
from portal.queries.estimating import Estimate
from portal.queries.places import body_full_name


def estimate_facts(
    estimate: Estimate, catalogue: Catalogue, *, demo: bool
) -> BillFacts:
    """Say an estimate; it names nobody."""
    page = estimate_page(estimate, catalogue)
    notes = dict.fromkeys(each.note for each in page.lines if each.note)
    return BillFacts(
        kind="Estimate",
        number="",
        seller=body_full_name(estimate.program),
        payer="",
        as_of=estimate.day.isoformat(),
        facts=[("Made on", page.made_text), ("Holds until", page.until_text)],
        lines=[
            BillLine(
                each.label,
                f"{each.quantity:,}",
                each.unit_text,
                each.amount_text,
                each.why,
            )
            for each in page.lines
        ],
        total_label="Total",
        total=page.total_text,
        notes=[*notes, "This is not an invoice. Nothing is owed yet."],
        demo=demo,
    )


def invoice_facts(invoice: Invoice, *, demo: bool) -> BillFacts:
    """Say an invoice or a credit note, from the facts that were frozen with it."""
    facts = invoice.facts
    rows = [("Order", facts["order"]), ("Issued", facts["issued_text"])]
    if invoice.kind == Invoice.Kind.INVOICE:
        rows.append(("Due by", facts["due_text"]))
        label = "To pay"
        order = facts["order"]
        notes = [f"Pay {facts['seller']}. Write {order} on whatever you pay with."]
    else:
        rows.append(("Takes back", f"Invoice {facts['takes_back']}"))
        label, notes = "Taken back", []
    return BillFacts(
        kind=invoice.get_kind_display(),
        number=invoice.number,
        seller=facts["seller"],
        payer=facts["payer"],
        as_of=invoice.issued_on.isoformat(),
        facts=rows,
        lines=[
            BillLine(
                line["label"],
                f"{line['quantity']:,}",
                line["unit_text"],
                line["amount_text"],
                line["why"],
            )
            for line in facts["lines"]
        ],
        total_label=label,
        total=facts["total_text"],
        notes=notes,
        demo=demo,
    )


def receipt_facts(payment: Payment, *, demo: bool) -> BillFacts:
    """Say a receipt: payer and seller as they stand on the order's invoice."""
    invoice = payment.order.invoices.get(kind=Invoice.Kind.INVOICE)
    rows = [
        ("Order", invoice.facts["order"]),
        ("Invoice", invoice.number),
        ("Paid by", payment.get_method_display()),
        ("Received", day_words(payment.received_on)),
    ]
    if payment.reference:
        rows.insert(3, ("Reference", payment.reference))
    if payment.counts_on != payment.received_on:
        rows.append(("Dated", day_words(payment.counts_on)))
    notes = []
    if payment.over:
        over = money_words(payment.over, payment.currency)
        notes.append(f"{over} of it was more than the rest. It is kept as your credit.")
    return BillFacts(
        kind="Receipt",
        number="",
        seller=invoice.facts["seller"],
        payer=invoice.facts["payer"],
        as_of=payment.received_on.isoformat(),
        facts=rows,
        lines=[],
        total_label="Received",
        total=money_words(payment.amount, payment.currency),
        notes=notes,
        demo=demo,
    )

"""An administrator's orders: their papers, how to pay, credit, and cancelling."""

import io
from decimal import Decimal

import pypdf
import pytest
from django.test import Client

from billing.models import CreditBalance, Invoice, Order, Payment
from core.pdf import PdfError
from tests.billing.money import an_order, available, paid
from tests.cast import Cast
from tests.portal.buying import ordered, problems
from tests.portal.reading import Page

pytestmark = pytest.mark.usefixtures("today")
Method = Payment.Method


def place(order: Order, tail: str = "") -> str:
    """The address of an order, or of something below it."""
    assert order.practice is not None
    return f"/p/{order.practice.slug}/orders/{order.pk}/{tail}"


def links(page: Page, ending: str) -> dict[str, str]:
    """The links of a page that lead to something of that ending, by their words."""
    return {
        each.text: each.attributes["href"]
        for each in page.all("a")
        if each.attributes["href"].endswith(ending)
    }


def text_of(client: Client, url: str) -> str:
    """The words on the first page of a PDF."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    # The same facts give the same bytes.
    assert client.get(url).content == answer.content
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    return " ".join(text.split())


def test_an_order_says_how_it_is_paid(alice: Client) -> None:
    order = ordered(alice, renewals="2")
    page = Page.of(alice.get(place(order)))
    assert "Awaiting payment: $170.00 by Dec 17, 2025." in page.text
    assert "How to pay $170.00" in page.text
    assert (
        "Payable to American College of Medical Scribe Specialists. "
        f"Write {order.number} on it."
    ) in page.text
    assert "Card payments are not set up here." in page.text
    assert not [each for each in page.all("button") if "card" in each.text.lower()]


def test_what_is_paid_needs_no_paying(alice: Client, cast: Cast) -> None:
    order = ordered(alice, renewals="2")
    paid(order, "170.00")
    page = Page.of(alice.get(place(order)))
    assert "Paid on Nov 17, 2025." in page.text
    assert "How to pay" not in page.text
    assert available(cast.northside) == 2


def test_the_invoice_is_what_was_frozen(alice: Client, cast: Cast) -> None:
    order = ordered(alice, renewals="2")
    [(words, url)] = links(Page.of(alice.get(place(order))), ".pdf").items()
    assert words == "Invoice ACMSS-2025-00001 (PDF)"
    said = text_of(alice, url)
    for part in (
        "Invoice ACMSS-2025-00001",
        "Northside",
        order.number,
        "Dec 17, 2025",
        "2 × $85.00 = $170.00 (A2)",
        "To pay: $170.00",
    ):
        assert part in said
    before = alice.get(url).content
    cast.northside.name = "Northside, renamed"
    cast.northside.save()
    assert alice.get(url).content == before


def test_a_receipt_names_the_payment(alice: Client) -> None:
    order = ordered(alice, renewals="2")
    paid(order, "100.00", method=Method.CHEQUE, dated_on=order.placed_on)
    paid(order, "80.00")
    found = links(Page.of(alice.get(place(order))), ".pdf")
    receipts = {words: url for words, url in found.items() if "Receipt" in words}
    # Both came in the same instant: their order is nobody's business.
    cheque, phone = (
        text_of(alice, receipts[words]) for words in sorted(receipts, key=len)[::-1]
    )
    assert "Paid by Cheque" in cheque
    assert "Reference 1042" in cheque
    assert "Received: $100.00" in cheque
    assert "Invoice ACMSS-2025-00001" in phone
    assert "$10.00 of it was more than the rest. It is kept as your credit." in phone


def test_what_waits_for_a_second_person_has_no_receipt(alice: Client) -> None:
    order = ordered(alice, renewals="20")
    payment = paid(order, "1700.00")
    page = Page.of(alice.get(place(order)))
    assert "Being confirmed" in page.text
    assert len(links(page, ".pdf")) == 1
    receipt = place(order, f"receipts/{payment.pk}.pdf")
    assert alice.get(receipt).status_code == 404


def test_credit_pays_once(alice: Client, cast: Cast) -> None:
    paid(an_order(cast.northside), "200.00")
    order = ordered(alice, renewals="2")
    page = Page.of(alice.get(place(order)))
    assert "Use $30.00 of your credit" in page.text
    form = {"form_key": page.one("input", name="form_key").attributes["value"]}
    for _ in range(2):
        assert alice.post(place(order, "credit/"), form).status_code == 302
    order.refresh_from_db()
    assert (order.settled, order.payments.count()) == (Decimal(30), 1)
    assert CreditBalance.objects.get().amount == 0
    refused = alice.post(place(order, "credit/"), {"form_key": "another"})
    assert refused.status_code == 409
    assert problems(refused) == ["There is no credit to use. Nothing was paid."]
    assert alice.post(place(order, "credit/"), {}).status_code == 422


def test_an_unpaid_order_is_cancelled_with_a_reason(alice: Client, cast: Cast) -> None:
    order = ordered(alice, renewals="2")
    paid(order, "50.00")
    said = Page.of(alice.get(place(order, "cancel/"))).text
    assert "The $50.00 you paid is kept as your credit." in said
    empty = alice.post(place(order, "cancel/"), {"reason": " "})
    assert (empty.status_code, problems(empty)) == (
        422,
        ["Write why the order is cancelled."],
    )
    done = alice.post(place(order, "cancel/"), {"reason": "Ordered twice"})
    assert done["Location"] == place(order)
    page = Page.of(alice.get(place(order)))
    assert "Cancelled. Nothing is to be paid." in page.text
    note = Invoice.objects.get(kind=Invoice.Kind.CREDIT_NOTE)
    url = links(page, ".pdf")[f"Credit note {note.number} (PDF)"]
    assert "Takes back Invoice ACMSS-2025-00001" in text_of(alice, url)
    assert CreditBalance.objects.get(practice=cast.northside).amount == 50


def test_a_paid_order_is_not_cancelled(alice: Client) -> None:
    order = ordered(alice, renewals="2")
    paid(order, "170.00")
    refused = alice.post(place(order, "cancel/"), {"reason": "Too late"})
    assert refused.status_code == 409
    assert "Refund it instead." in problems(refused)[0]


def test_another_practices_papers_are_not_there(alice: Client, cast: Cast) -> None:
    ours, theirs = ordered(alice, renewals="2"), an_order(cast.lakeview)
    payment = paid(theirs, "10.00")
    invoice = theirs.invoices.get()
    for tail in (f"invoices/{invoice.pk}.pdf", f"receipts/{payment.pk}.pdf"):
        assert alice.get(place(ours, tail)).status_code == 404
        assert alice.get(place(theirs, tail)).status_code == 404


def test_a_practices_name_draws_nothing_in(alice: Client, cast: Cast) -> None:
    cast.northside.name = '<img src="file:///etc/passwd"> {{ 7|add:7 }}'
    cast.northside.save()
    order = ordered(alice, renewals="2")
    [url] = links(Page.of(alice.get(place(order))), ".pdf").values()
    said = text_of(alice, url)
    assert '<img src="file:///etc/passwd"> {{ 7|add:7 }}' in said
    assert "root:" not in said


def test_paper_that_can_t_be_made_is_told(
    alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise PdfError("no fonts")

    monkeypatch.setattr("portal.views.order_pages.render_bill", broken)
    order = ordered(alice, renewals="2")
    [url] = links(Page.of(alice.get(place(order))), ".pdf").values()
    answer = alice.get(url)
    assert answer.status_code == 503
    assert "This PDF could not be made" in Page.of(answer).text

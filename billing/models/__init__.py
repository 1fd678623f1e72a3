"""Price lists, orders, invoices, payments, refunds and the journal."""

from billing.models.cards import CardSession, ProviderEvent
from billing.models.ledger import CreditBalance, JournalRow
from billing.models.orders import Invoice, InvoiceCount, Order, OrderLine, OrderStep
from billing.models.payments import Payment, Refund, RefundLine
from billing.models.prices import Price, PriceList
from billing.models.stored import CardCharge, StoredCard

__all__ = [
    "CardCharge",
    "CardSession",
    "CreditBalance",
    "Invoice",
    "InvoiceCount",
    "JournalRow",
    "Order",
    "OrderLine",
    "OrderStep",
    "Payment",
    "Price",
    "PriceList",
    "ProviderEvent",
    "Refund",
    "RefundLine",
    "StoredCard",
]

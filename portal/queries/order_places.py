"""Whose orders they are, and where they stand: a practice's, or a member's own."""

from uuid import UUID

from django.urls import reverse

from accounts.models import Member, Practice
from billing.models import Order
from billing.models.orders import OrderQuerySet
from core.failures import Missing


def orders_by(payer: Practice | Member) -> OrderQuerySet:
    """Give what a payer ordered."""
    if isinstance(payer, Practice):
        return Order.objects.of(payer)
    return Order.objects.visible_to(payer)


def order_of(payer: Practice | Member, order_id: UUID) -> Order:
    """Find one of a practice's orders, or of a member's own.

    Raises:
        Missing: they have no such order.
    """
    found = orders_by(payer).filter(pk=order_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def place_of(order: Order, name: str = "order", **more: UUID) -> str:
    """Give the address of a payer's order, or of something that belongs to it.

    A member's own has the same pages as a practice's, under names that begin with "my".
    """
    place: dict[str, object] = {"order_id": order.pk, **more}
    if order.practice is None:
        return reverse(f"my_{name}", kwargs=place)
    return reverse(name, kwargs={"practice": order.practice.slug, **place})

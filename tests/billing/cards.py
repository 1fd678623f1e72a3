"""Cards set up against the far side's fake, for the tests of paying by card."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.test import Client
from pytest_django import Settings

from billing import tasks
from billing.models import CardSession, Order, ProviderEvent
from portal.queries.order_places import place_of
from tests.billing.stripe_fake import FORMER, KEY, SECRET, Far, far_side

EVENTS = "/payments/stripe/events/"


@contextmanager
def cards(settings: Settings) -> Iterator[Far]:
    """Run the far side, and let the settings be those of who has set cards up."""
    with far_side() as far:
        settings.STRIPE_SECRET_KEY = KEY
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        settings.STRIPE_WEBHOOK_SECRET_FALLBACKS = [FORMER]
        settings.STRIPE_API_BASE = far.base
        settings.CARDS = True
        yield far


def address(order: Order, name: str = "pay_by_card") -> str:
    """Where a page of an order's is."""
    return place_of(order, name)


def click(client: Client, order: Order) -> str:
    """Press "Pay" on an order; give the far side's name of the page it leads to."""
    answer = client.post(address(order))
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"].rpartition("/")[2]


def hear(far: Far, body: bytes, signature: str | None = None) -> int:
    """Have the portal told of an event, signed unless something else is given."""
    given = far.sign(body) if signature is None else signature
    answer = Client(enforce_csrf_checks=True).post(
        EVENTS,
        body,
        content_type="application/json",
        headers={"Stripe-Signature": given},
    )
    return answer.status_code


def told(far: Far, kind: str, found: Mapping[str, Any], **more: Any) -> ProviderEvent:  # noqa: ANN401
    """Have the portal told of something, and the worker apply what waits."""
    body = far.event(kind, found, **more)
    assert hear(far, body) == 200
    work()
    return ProviderEvent.objects.latest("received_at", "at")


def completed(far: Far, session_id: str) -> ProviderEvent:
    """Pay on a page and have the portal told of it."""
    return told(far, "checkout.session.completed", far.pay(session_id))


def work() -> None:
    """Do what a worker would do now: each waiting row once."""
    for event in ProviderEvent.objects.filter(state="waiting"):
        tasks.apply_event(str(event.pk))


def page_of(order: Order) -> CardSession:
    """The last page at the provider for an order."""
    found = order.card_sessions.order_by("-created_at", "-pk").first()
    assert found is not None
    return found

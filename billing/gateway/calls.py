"""Asking the card provider: pages to pay on, and refunds.

Values go in and come out; no row is read here. Every call out names a key made from our
row, so the provider does once what we ask twice. What goes wrong has a name and a
sentence for whoever waits; the provider's own words stay in the log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import stripe
import structlog
from django.conf import settings

from billing.gateway.values import (
    AWAY,
    BUSY,
    REFUSED,
    Away,
    Checkout,
    Declined,
    Page,
    Returned,
    facts_of,
    provider_origin,
)

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

logger = structlog.get_logger(__name__)
# Seconds to reach it, and until it answers. Whoever clicked waits for two tries.
TIMEOUT = (3.05, 8.0)
TRIES_MORE = 1
IN_FLIGHT = 409
# How fast they answer is ours to know.
stripe.enable_telemetry = False


def open_page(page: Page) -> Checkout:
    """Have a page made to pay on.

    Raises:
        Away: not now.
        Declined: not at all.
    """
    with asking("open"):
        made = client().v1.checkout.sessions.create(
            _asked(page), {"idempotency_key": page.key}
        )
        return checkout_of(made)


def _asked(page: Page) -> "SessionCreateParams":
    return {
        "mode": "payment",
        "allowed_payment_method_types": ["card"],
        "client_reference_id": page.reference,
        "customer_email": page.email,
        "expires_at": int(page.until.timestamp()),
        "success_url": page.back,
        "cancel_url": page.away,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": page.currency.lower(),
                    "unit_amount": page.cents,
                    "product_data": {"name": f"Order {page.number}"},
                },
            }
        ],
        "payment_intent_data": {
            "description": f"Order {page.number}",
            "metadata": {"order": page.number},
        },
    }


def look_at_page(session_id: str) -> Checkout:
    """Ask how far a page is.

    Raises:
        Away: not now.
        Declined: there is no such page.
    """
    with asking("look"):
        return checkout_of(client().v1.checkout.sessions.retrieve(session_id))


def close_page(session_id: str) -> None:
    """End a page that is open, so nobody pays on it any more.

    Raises:
        Away: not now.
        Declined: it is paid or has ended.
    """
    with asking("close"):
        client().v1.checkout.sessions.expire(session_id)


def give_back(
    *, payment: str, cents: int, reference: str, key: str, attempt: int = 0
) -> Returned:
    """Give some of a payment back to its card.

    Args:
        payment: the provider's id of the payment.
        cents: how much, in hundredths.
        reference: our refund's id; a refund that bears it already is not made again,
            however long ago the key was used, unless it failed at an attempt before.
        key: one-use key.
        attempt: how often staff had it sent again.

    Raises:
        Away: not now.
        Declined: not at all.
    """
    with asking("give back"):
        asked = client()
        made = asked.v1.refunds.list({"payment_intent": payment, "limit": 100})
        for each in made.auto_paging_iter():
            said = each.to_dict().get("metadata", {})
            same = said.get("attempt", "0") == str(attempt)
            found = _returned(each)
            if said.get("refund") == reference and (same or not found.failed):
                return found
        return _returned(
            asked.v1.refunds.create(
                {
                    "payment_intent": payment,
                    "amount": cents,
                    "metadata": {"refund": reference, "attempt": str(attempt)},
                },
                {"idempotency_key": key},
            )
        )


def client() -> stripe.StripeClient:
    """Give the provider's own client, with our key and our patience."""
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses={"api": settings.STRIPE_API_BASE},
        max_network_retries=TRIES_MORE,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Give what goes wrong its name, and the log the provider's own words."""
    try:
        yield
    except stripe.IdempotencyError as error:
        busy = error.http_status == IN_FLIGHT
        _log(what, error, fault=not busy)
        raise Away(BUSY) if busy else Declined(REFUSED) from error
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        # Ours to mend: a key that was taken back, or lacks a right.
        _log(what, error, fault=True)
        raise Away(AWAY) from error
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        _log(what, error, fault=False)
        raise Declined(REFUSED) from error
    except stripe.StripeError as error:
        _log(what, error, fault=False)
        raise Away(AWAY) from error


def _log(what: str, error: stripe.StripeError, *, fault: bool) -> None:
    write = logger.error if fault else logger.warning
    write(
        "card provider refused",
        asked=what,
        kind=type(error).__name__,
        status=error.http_status,
        code=error.code,
        said=(error.user_message or "")[:300],
        provider_request=error.request_id,
    )


def checkout_of(found: stripe.checkout.Session) -> Checkout:
    """Read a page as the provider has it.

    Raises:
        Declined: it lies elsewhere than at the provider.
    """
    url = found.url or ""
    state = found.status or ""
    # People are sent there: nowhere but to the provider.
    if url and not url.startswith(f"{provider_origin()}/"):
        logger.error("card page elsewhere", url=url[:200])
        raise Declined(REFUSED)
    return Checkout(found.id, url, state, facts_of(found.to_dict()))


def _returned(found: stripe.Refund) -> Returned:
    if found.status in {"failed", "canceled"}:
        return Returned(found.id, found.failure_reason or str(found.status))
    return Returned(found.id)

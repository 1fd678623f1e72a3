"""What the card provider's events say, once its signature was held against them."""

import json
from datetime import UTC, datetime

import stripe
from django.conf import settings

from billing.gateway.values import Forged, Told, facts_of

# Seconds a signature holds.
TOLERANCE = 300


def read_event(body: bytes, signature: str) -> Told:
    """Read an event that the provider signed, with the secret of now or a former one.

    Raises:
        Forged: it did not, or more than five minutes ago.
    """
    secrets = (
        settings.STRIPE_WEBHOOK_SECRET,
        *settings.STRIPE_WEBHOOK_SECRET_FALLBACKS,
    )
    for secret in filter(None, secrets):
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret, TOLERANCE)
        # Also what is no UTF-8, or has a time that is no number.
        except (stripe.SignatureVerificationError, ValueError):
            continue
        return _told(body)
    raise Forged


def _told(body: bytes) -> Told:
    try:
        event = json.loads(body)
        found = event["data"]["object"]
        at = datetime.fromtimestamp(event["created"], UTC)
        told = Told(str(event["id"]), str(event["type"]), at, facts_of(found))
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError):
        raise Forged from None
    # What no database keeps is no event of theirs.
    if not 0 < len(told.id) <= 255 or not f"{told.id}{told.kind}".isprintable():
        raise Forged
    return told

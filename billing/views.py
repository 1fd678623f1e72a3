"""What the card provider calls, which is no browser and has no session."""

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from accounts.access import ENTRY, Door
from accounts.routes import route
from billing.gateway import Forged, read_event
from billing.services.card_events import keep_event
from core import clock

logger = structlog.get_logger(__name__)


@csrf_exempt
@route(permission=ENTRY, methods=("POST",))
def stripe_events(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Keep an event the provider signed; the worker applies it.

    Its signature over the body as it came stands in for a form's one-time key: no
    browser of anybody's can make one. The answer says only whether it was believed.
    """
    signature = str(request.headers.get("Stripe-Signature", ""))
    try:
        told = read_event(request.body, signature)
    # Also a length of the body that is no number.
    except (Forged, ValueError):
        logger.warning("card event not believed")
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    keep_event(told=told, now=clock.now())
    return HttpResponse(status=HTTPStatus.OK)


# The signature is held against the body as it came.
stripe_events.reads_body = True  # type: ignore[attr-defined]

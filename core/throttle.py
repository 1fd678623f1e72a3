"""How often one address may look certificates up, on the page and in the API alike."""

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.views import APIView

from core.rest.limits import Limit


class VerifyThrottle(Limit):
    """One number for every public look-up of an address, as our own proxy tells it."""

    scope = "verify"


def too_many_lookups(request: HttpRequest) -> bool:
    """Count a look-up from a page; True once the limit is passed."""
    throttle = VerifyThrottle()
    return not throttle.allow_request(Request(request), APIView())

"""How often one address may look certificates up, on the page and in the API alike."""

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class VerifyThrottle(SimpleRateThrottle):
    """One bucket for every public look-up, kept in the shared cache."""

    scope = "verify"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Count by the caller's address, as our own proxy tells it."""
        ident = self.get_ident(request)
        return str(self.cache_format % {"scope": self.scope, "ident": ident})


def too_many_lookups(request: HttpRequest) -> bool:
    """Count a look-up from a page; True once the limit is passed."""
    throttle = VerifyThrottle()
    return not throttle.allow_request(Request(request), APIView())

"""How often one address may do what anybody may: look up, ask, read calendars."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.views import APIView

from core.rest.limits import Limit

# What a provider gives one home.
HOME_NETWORK = 64


class VerifyThrottle(Limit):
    """One number for every public look-up of an address, as our own proxy tells it."""

    scope = "verify"


class ContactThrottle(Limit):
    """How many questions staff are asked from one address."""

    scope = "contact"

    def caller(self, request: Request) -> str:
        """Count a network's addresses together: one person has a whole IPv6 /64."""
        told = self.get_ident(request) or ""
        try:
            address = ip_address(told)
        except ValueError:
            return told
        if isinstance(address, IPv6Address):
            return str(ip_network((address, HOME_NETWORK), strict=False))
        return told


class LinesThrottle(ContactThrottle):
    """How many people one address asks about in lists."""

    scope = "lines"


class CodesThrottle(Limit):
    """How many codes one account types."""

    scope = "codes"


class CodeAddressesThrottle(ContactThrottle):
    """How many codes are typed from one address, whoever signs in there."""

    scope = "code_addresses"


class CalendarThrottle(Limit):
    """As many readings of calendars for an address as look-ups, counted beside them."""

    scope = "verify"

    def caller(self, request: Request) -> str:
        """Count what an address reads, whosever calendars."""
        return f"calendar:{super().caller(request)}"


def too_many_lookups(request: HttpRequest) -> bool:
    """Count a look-up from a page; True once the limit is passed."""
    return passed(VerifyThrottle(), request) > 0


def too_many_readings(request: HttpRequest) -> bool:
    """Count a reading of a calendar; True once the limit is passed."""
    return passed(CalendarThrottle(), request) > 0


def too_many_lines(request: HttpRequest, lines: int) -> float:
    """Count a list's lines; seconds until the next window once they are too many."""
    limit = LinesThrottle()
    allowed = limit.allow(limit.caller(Request(request)), lines)
    return 0 if allowed else limit.wait()


def too_many_codes(request: HttpRequest | Request, user_id: object) -> float:
    """Count a code that somebody typed; seconds to wait once they are too many.

    Right ones count as well: whoever is stopped finds out nothing more.
    """
    asked = request if isinstance(request, Request) else Request(request)
    mine, place = CodesThrottle(), CodeAddressesThrottle()
    waits = [
        limit.wait()
        for limit, caller in ((mine, str(user_id)), (place, place.caller(asked)))
        if not limit.allow(caller)
    ]
    return max(waits, default=0)


def passed(limit: Limit, request: HttpRequest) -> float:
    """Count a request of a page; seconds until the next window once it is too many."""
    allowed = limit.allow_request(Request(request), APIView())
    return 0 if allowed else limit.wait()

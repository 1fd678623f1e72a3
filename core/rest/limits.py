"""How many requests a caller gets in a minute."""

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class Limit(SimpleRateThrottle):
    """Counts in windows of fixed length, in the cache that every process shares.

    One number a caller is kept, not a list of instants, so a request costs the same
    however many came before it.
    """

    num_requests: int | None
    duration: int | None
    left = 0
    seconds = 0

    def caller(self, request: Request) -> str:
        """Name whose requests are counted together: by default, an address's."""
        return self.get_ident(request)

    def allow_request(self, request: Request, view: object) -> bool:
        """Count the request; False once the window's number is used up."""
        limit, duration = self.num_requests or 0, self.duration or 1
        window, into = divmod(int(self.timer()), duration)
        used = _count(f"limit:{self.scope}:{self.caller(request)}:{window}", duration)
        self.left = max(limit - used, 0)
        self.seconds = duration - into
        return used <= limit

    def wait(self) -> float:
        """Seconds until the next window."""
        return self.seconds

    @property
    def headers(self) -> dict[str, str]:
        """What the client is told on every answer."""
        policy = f'"{self.scope}";q={self.num_requests};w={self.duration}'
        now = f'"{self.scope}";r={self.left};t={self.seconds}'
        return {"RateLimit-Policy": policy, "RateLimit": now}


def _count(key: str, duration: int) -> int:
    cache.add(key, 0, duration * 2)
    try:
        return cache.incr(key)
    except ValueError:
        # The entry was thrown out between the two lines: this is the first again.
        cache.set(key, 1, duration * 2)
        return 1

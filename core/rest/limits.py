"""How many requests a caller gets in a minute."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from core.caching import count


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
        """Count the request; False once the window's number is used up.

        A request that nobody can count is let in.
        """
        return self.allow(self.caller(request))

    def allow(self, caller: str, more: int = 1) -> bool:
        """Count for a caller that is named already; `more` at once where it is more."""
        limit, duration = self.num_requests or 0, self.duration or 1
        now = int(self.timer())
        window, into = divmod(now, duration)
        name = f"limit:{self.scope}:{caller}:{window}"
        used = count(name, seconds=duration * 2, now=now, more=more)
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

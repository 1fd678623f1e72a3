"""Checks of what the web promises: hosts, cookies, policy, the order of middleware."""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

Found = tuple[str, str, bool]
# What must stand outside what: the first sees whatever happens in the next.
ORDER = (
    "core.middleware.RequestLog",
    "core.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
)
SHUT = ("default-src", "object-src", "base-uri", "frame-ancestors")


def check_web(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold every start to what keeps a page and its answers shut."""
    return _errors("core.E40", _web())


def check_production(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold production to https and to no door of the demonstration (--deploy)."""
    return _errors("core.E41", _production())


def _errors(prefix: str, found: Iterator[Found]) -> list[CheckMessage]:
    return [
        Error(said, hint=hint, id=f"{prefix}{place}")
        for place, (said, hint, right) in enumerate(found, start=1)
        if not right
    ]


def _web() -> Iterator[Found]:
    yield (
        "Any host's name would be answered.",
        "Name hosts in ALLOWED_HOSTS; * is none.",
        not any("*" in host or host == "." for host in settings.ALLOWED_HOSTS),
    )
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    yield (
        "The Content-Security-Policy lets in what nobody named.",
        f"Leave {', '.join(SHUT)} at 'none'.",
        all(list(policy.get(name, ())) == ["'none'"] for name in SHUT),
    )
    words = {word for values in policy.values() for word in values}
    yield (
        "The Content-Security-Policy lets a page's own text run.",
        "Take out 'unsafe-inline', 'unsafe-eval', * and whole schemes.",
        not any("unsafe" in word or "*" in word for word in words)
        and not words & {"http:", "https:"},
    )
    places = [
        settings.MIDDLEWARE.index(name) if name in settings.MIDDLEWARE else -1
        for name in ORDER
    ]
    yield (
        "A middleware is missing, or an answer could leave without its headers.",
        f"Keep MIDDLEWARE in this order: {', '.join(ORDER)}.",
        places == sorted(places) and places[:2] == [0, 1],
    )
    yield (
        "A session's cookie could be read by scripts or sent from other sites.",
        "Set *_COOKIE_HTTPONLY, and SESSION_COOKIE_SAMESITE to Lax or Strict.",
        settings.SESSION_COOKIE_HTTPONLY
        and settings.CSRF_COOKIE_HTTPONLY
        and settings.SESSION_COOKIE_SAMESITE in {"Lax", "Strict"},
    )


def _production() -> Iterator[Found]:
    yield (
        "Cookies could travel without encryption.",
        "Set BASE_URL to an https:// address: it makes cookies Secure and __Host-.",
        settings.SESSION_COOKIE_SECURE
        and settings.CSRF_COOKIE_SECURE
        and settings.SESSION_COOKIE_NAME.startswith("__Host-")
        and settings.CSRF_COOKIE_NAME.startswith("__Host-"),
    )
    yield (
        "The demonstration's doors are open.",
        "Leave DEMO out.",
        not settings.DEMO,
    )
    yield (
        "Browsers may come back without encryption within a year.",
        "Keep SECURE_HSTS_SECONDS at a year or more, with subdomains.",
        settings.SECURE_HSTS_SECONDS >= 31_536_000
        and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
    )

"""Browsers somebody signed in with before: strangers' wrong tries don't count there.

Wrong passwords are limited per account, or guessing would go on for ever; but then
anybody could keep somebody out by guessing. A browser in which they signed in once,
with their password, keeps a mark and has a count of its own (OWASP's device cookies). A
mark opens nothing: all it gives are as many tries as any other browser has.
"""

import re
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

# Front desks share a browser: the last few people who signed in keep their mark.
PEOPLE = 6
DAYS = 180
SALT = "accounts.known_browsers"
COOKIE = re.compile(r"(?P<browser>[0-9a-f]{32})(?P<marks>(-[0-9a-f]{64}){1,6})")


def known_as(request: HttpRequest, email: str) -> str | None:
    """Name the browser for the tries of an address; None where it is not known.

    Args:
        request: what the browser sent.
        email: the address that is tried, as typed.
    """
    browser, marks = _read(request)
    mark = _mark(browser, email)
    if any(constant_time_compare(mark, each) for each in marks):
        return mark
    return None


def remember_browser(
    request: HttpRequest, response: HttpResponseBase, email: str
) -> None:
    """Have the browser keep a mark of somebody who has just signed in with it."""
    browser, marks = _read(request)
    mark = _mark(browser, email)
    kept = [mark, *(each for each in marks if each != mark)][:PEOPLE]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        "-".join((browser, *kept)),
        max_age=DAYS * 24 * 60 * 60,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, Sequence[str]]:
    """Read what the browser keeps; a new name and no marks where it keeps none."""
    sent = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    found = COOKIE.fullmatch(sent)
    if found is None:
        return secrets.token_hex(16), ()
    return found["browser"], found["marks"].split("-")[1:]


def _mark(browser: str, email: str) -> str:
    said = f"{browser}\n{email.strip().lower()}"
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()

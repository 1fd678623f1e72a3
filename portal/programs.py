"""Which body's program a page is about."""

from uuid import UUID

from django.http import HttpRequest

from core.failures import Missing
from credentials.policy import programs


def program_asked(request: HttpRequest) -> str:
    """Read `program` from the address or form; without one, the first there is.

    Raises:
        Missing: no body of that code has a policy here.
    """
    known = programs()
    asked = request.POST.get("program") or request.GET.get("program") or known[0]
    if asked not in known:
        raise Missing("Not found.")
    return asked


def uuid_or_none(text: str) -> UUID | None:
    """Read an id as a browser sends it; None for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None

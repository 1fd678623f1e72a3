"""Which body's program a page is about."""

from uuid import UUID

from django.http import HttpRequest

from credentials.policy import programs


def program_asked(request: HttpRequest) -> str:
    """Read `program` from the address or form; without one, the first there is."""
    asked = request.POST.get("program") or request.GET.get("program", "")
    known = programs()
    return asked if asked in known else known[0]


def uuid_or_none(text: str) -> UUID | None:
    """Read an id as a browser sends it; None for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None

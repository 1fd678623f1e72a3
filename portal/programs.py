"""Which body's program a page is about."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest

from core.failures import Missing
from credentials.policy import cycle_programs, programs, term_programs


def program_asked(request: HttpRequest) -> str:
    """Read `program` from the address or form; without one, the first there is.

    Raises:
        Missing: no body of that code has a policy here.
    """
    return _asked(request, programs())


def term_program_asked(request: HttpRequest) -> str:
    """Read `program` where only a body of terms can be meant, as on practices' pages.

    Raises:
        Missing: no body of that code has terms here.
    """
    return _asked(request, term_programs())


def cycle_program_named(request: HttpRequest) -> str:
    """Read the `program` that a page's path names: a body of cycles.

    Raises:
        Missing: no body of that code has cycles here.
    """
    match = request.resolver_match
    named = str(match.kwargs.get("program", "")) if match else ""
    check_cycles(named)
    return named


def check_cycles(program: str) -> None:
    """Hold that a body is one of cycles.

    Raises:
        Missing: no body of that code has cycles here.
    """
    if program not in cycle_programs():
        raise Missing("Not found.")


def own_program_asked(request: HttpRequest, mine: Sequence[str]) -> str:
    """Read `program`; without one, the first of a member's own.

    Raises:
        Missing: no body of that code has a policy here.
    """
    if "program" in request.GET or "program" in request.POST:
        return program_asked(request)
    return next(iter(mine), programs()[0])


def _asked(request: HttpRequest, known: Sequence[str]) -> str:
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

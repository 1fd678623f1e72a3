"""What must be so before anything is served."""

from contextlib import suppress

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


def refuse_demonstration_accounts() -> None:
    """Refuse to serve rows of a demonstration outside one.

    A database that does not answer stops nothing here: a web process that starts during
    an outage must live through it.

    Raises:
        ImproperlyConfigured: with what the check says.
    """
    with suppress(DatabaseError):
        for found in run_checks(tags=["database"], databases=["default"]):
            if found.is_serious():
                raise ImproperlyConfigured(f"{found.msg} {found.hint}")

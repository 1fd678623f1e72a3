"""What must be so before anything is served."""

from contextlib import suppress
from typing import TYPE_CHECKING

from celery import bootsteps
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

if TYPE_CHECKING:
    from celery.worker import WorkController

# A role that owns a table, or belongs to whoever does, may take its walls down.
ROLE = """
    SELECT current_user, rolsuper, rolbypassrls, EXISTS (
      SELECT 1 FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND pg_has_role(current_user, relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user
"""


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


def refuse_a_role_above_the_walls() -> None:
    """Refuse to serve as a database role that row-level security does not hold.

    A demonstration and development do with one user for everything; on SQLite there are
    no roles. A database that does not answer stops nothing, as above.

    Raises:
        ImproperlyConfigured: with what the role is, and which to take instead.
    """
    if settings.DEMO or settings.DEBUG or connection.vendor != "postgresql":
        return
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(ROLE)
        role, superuser, passes, owns = cursor.fetchone()
        for wrong, words in (
            (superuser, "is a superuser"),
            (passes, "passes row-level security by"),
            (owns, "owns tables"),
        ):
            if wrong:
                raise ImproperlyConfigured(
                    f"The database role {role} {words}: one practice's rows would not "
                    "be kept from another's. Let DATABASE_URL sign in as "
                    "goodstanding_web or goodstanding_worker, or set DATABASE_ROLE to "
                    "it. Only migrate works as the owner."
                )


class WithinTheWalls(bootsteps.Step):
    """Looks at a worker's database role before it takes a task."""

    def __init__(self, parent: "WorkController", **options: object) -> None:
        """Refuse to start as a role that is above the walls."""
        super().__init__(parent, **options)
        refuse_a_role_above_the_walls()
        # The processes that do the tasks are forked after this: each asks for its own.
        connection.close()

"""Take the second step of somebody away who has lost their phone and their codes."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services.second_factors import reset_second_factors
from core.actor import Actor
from core.clock import now
from core.failures import Missing
from core.scope import Scope, scoped


class Command(BaseCommand):
    """Reset somebody's second step. Make sure first that it is they who ask."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address they sign in with."""
        parser.add_argument("email")

    def handle(self, *args: object, **options: str) -> None:
        """Take it away and say what happens next.

        Raises:
            CommandError: nobody signs in with the address.
        """
        try:
            with scoped(Scope.setup()):
                user = reset_second_factors(
                    actor=Actor.system("reset_second_step"),
                    email=options["email"],
                    now=now(),
                )
        except Missing as missing:
            raise CommandError(missing.text) from missing
        self.stdout.write(
            f"{user.name} sets a new second step up at the next sign-in. "
            "Their sessions have ended."
        )

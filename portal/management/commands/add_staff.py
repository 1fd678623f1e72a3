"""`manage.py add_staff`: let somebody work for a certifying body."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.models import StaffRole
from accounts.services import start_staff
from core import clock
from core.actor import Actor
from core.failures import Refusal
from core.scope import Scope, scoped
from credentials.policy import programs


class Command(BaseCommand):
    """Gives somebody a role of a body; a new account gets a link to set a password."""

    help = "Let somebody work for a certifying body."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare who, for which body, as what."""
        parser.add_argument("program", choices=programs(), help="the body's code")
        parser.add_argument("role", choices=StaffRole.Role.values)
        parser.add_argument("email", help="their address")
        parser.add_argument("person", help="their name")

    def handle(self, *args: object, **options: str) -> None:
        """Give the role, or say what stands in the way."""
        try:
            with scoped(Scope.setup()):
                role = start_staff(
                    actor=Actor.system("add_staff"),
                    program=options["program"],
                    role=options["role"],
                    email=options["email"],
                    person=options["person"],
                    now=clock.now(),
                )
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{role.user.name} is now a {role.role} of {role.program}.")

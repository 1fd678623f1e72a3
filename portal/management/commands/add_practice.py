"""`manage.py add_practice`: open a practice with its administrator."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from accounts.services import start_practice
from core import clock
from core.actor import Actor
from core.failures import Refusal
from core.scope import Scope, scoped


class Command(BaseCommand):
    """Opens a practice; its administrator gets a link to set a password."""

    help = "Open a practice with its Practice Administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare who and what."""
        parser.add_argument("name", help="the practice, such as 'Northside Clinic'")
        parser.add_argument("email", help="the administrator's address")
        parser.add_argument("person", help="the administrator's name")
        parser.add_argument("--slug", default="", help="its part of each address")

    def handle(self, *args: object, **options: str) -> None:
        """Open it, or say which value stands in the way."""
        try:
            with scoped(Scope.setup()):
                practice = start_practice(
                    actor=Actor.system("add_practice"),
                    name=options["name"],
                    slug=options["slug"] or slugify(options["name"]),
                    email=options["email"],
                    person=options["person"],
                    now=clock.now(),
                )
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{practice.name} is open at /p/{practice.slug}/.")

"""`manage.py demo`: tell the demonstration's story, once."""

import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core import clock
from portal.demo.cards import demo_cards
from portal.demo.passing import live_through
from portal.demo.roster import DAY, PASSWORD
from portal.demo.story import tell_story
from portal.demo.token import give_token


class Command(BaseCommand):
    """Makes the demonstration's people; safe to repeat."""

    help = "Make the demonstration's people (DEMO=1 alone)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the ways to run it."""
        parser.add_argument(
            "--reset", action="store_true", help="throw everything away first"
        )
        parser.add_argument(
            "--logins", action="store_true", help="print who can sign in, no more"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Tell the story, or print the logins."""
        if not settings.DEMO:
            raise CommandError("The demonstration exists with DEMO=1 alone.")
        if options["logins"]:
            for card in demo_cards():
                self.stdout.write(f"  {card.email:24} {card.name}: {card.role}")
            self.stdout.write(f"  Password of all: {PASSWORD}")
            return
        if options["reset"]:
            self._start_over()
        if tell_story():
            clock.pin(DAY)
            # The two weeks' notices of this day wait for the worker.
            live_through(DAY, now=clock.now)
            self.stdout.write("The story is told.")
        else:
            self.stdout.write("The people are there already.")
        give_token(now=clock.now())

    def _start_over(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        else:
            connection.close()
            name = str(connection.settings_dict["NAME"])
            for end in ("", "-wal", "-shm"):
                Path(name + end).unlink(missing_ok=True)
        folders = [settings.FILES_DIR, getattr(settings, "EMAIL_FILE_PATH", None)]
        for folder in filter(None, folders):
            shutil.rmtree(folder, ignore_errors=True)
        call_command("migrate", verbosity=0, interactive=False)

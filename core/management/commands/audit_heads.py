"""`manage.py audit_heads`: write today's heads of the trail outside the database."""

from django.conf import settings
from django.core.management.base import BaseCommand

from core import clock
from core.heads import write_heads


class Command(BaseCommand):
    """Writes one file a day; a second run that day changes nothing."""

    help = "Write how long each chain of the audit trail is into today's file."

    def handle(self, *args: object, **options: object) -> None:
        """Write the file, or say that it is there."""
        folder = settings.AUDIT_HEADS_PATH
        place = write_heads(folder=folder, now=clock.now())
        said = f"Wrote {place}." if place else f"Today's file is in {folder} already."
        self.stdout.write(said)

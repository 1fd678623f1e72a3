"""`manage.py certify_cycles`: certificates for whoever was certified before them."""

from django.core.management.base import BaseCommand

from core import clock
from credentials.policy import cycle_programs, zone_of
from renewals.services import certify_all


class Command(BaseCommand):
    """Issues what is missing; it may run again, and beside the portal."""

    help = "Issue the certificates of cycles that nobody has issued yet."

    def handle(self, *args: object, **options: object) -> None:
        """Issue them, and say how many of each body."""
        for program in cycle_programs():
            today = clock.today(zone_of(program))
            count = certify_all(program=program, today=today, now=clock.now())
            self.stdout.write(f"{program}: {count:,} issued.")

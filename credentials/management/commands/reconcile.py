"""`manage.py reconcile`: do counters, ledgers, assignments and money agree?"""

import sys

from django.core.management.base import BaseCommand

from billing.queries import money_faults
from core.scope import Scope, scoped
from credentials.queries import seat_faults


class Command(BaseCommand):
    """Reports whatever doesn't agree and ends with 1; it repairs nothing."""

    help = "Hold seats and money against their ledgers."

    def handle(self, *args: object, **options: object) -> None:
        """Look, and say what was found."""
        with scoped(Scope.sweep()):
            seats, money = seat_faults(), money_faults()
        for fault in seats:
            self.stderr.write(f"{fault.practice}, {fault.product}: {fault.text}")
        for each in money:
            self.stderr.write(f"{each.about}: {each.text}.")
        if seats or money:
            sys.exit(1)
        self.stdout.write("All seats and all money agree.")

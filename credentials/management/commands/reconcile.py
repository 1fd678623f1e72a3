"""`manage.py reconcile`: do counters, ledgers and assignments agree?"""

import sys

from django.core.management.base import BaseCommand

from core.scope import Scope, scoped
from credentials.queries import seat_faults


class Command(BaseCommand):
    """Reports each pool that doesn't agree and ends with 1; it repairs nothing."""

    help = "Hold seat counters against the ledger and the assignments."

    def handle(self, *args: object, **options: object) -> None:
        """Look, and say what was found."""
        with scoped(Scope.sweep()):
            faults = seat_faults()
        for fault in faults:
            self.stderr.write(f"{fault.practice}, {fault.product}: {fault.text}")
        if faults:
            sys.exit(1)
        self.stdout.write("All seats agree.")

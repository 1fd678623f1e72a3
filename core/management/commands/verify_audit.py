"""`manage.py verify_audit`: does every entry of the trail still fit?"""

import sys
from argparse import ArgumentParser
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from core.clock import now
from core.heads import read_heads
from core.verifying import verify


class Command(BaseCommand):
    """Names what was changed, put in, taken out or cut off, and ends with 1."""

    help = "Hold each entry of the audit trail against its chain and the daily heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the heads lie."""
        parser.add_argument(
            "--heads", type=Path, help="the folder of the daily heads, or a copy of it"
        )

    def handle(self, *args: object, **options: Path | None) -> None:
        """Look at everything; say the first fault of each chain."""
        folder = options["heads"] or settings.AUDIT_HEADS_PATH
        told = read_heads(folder, today=now().astimezone(UTC).date())
        verdict = verify(told.heads)
        faults = [*told.faults, *verdict.faults]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        if not told.heads:
            self.stderr.write(
                f"There are no heads in {folder}: entries cut off at the end of a "
                "chain would not be found."
            )
        self.stdout.write(
            f"{verdict.entries:,} entries in {verdict.chains:,} chains fit."
        )

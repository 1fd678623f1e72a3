"""`manage.py scenario`: worked examples of policy, run through the pure rules."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from credentials.policy import PACKS, PolicyBook, PolicyError, load_book
from portal.scenarios.running import Result, run_file
from portal.scenarios.words import ScenarioError


class Command(BaseCommand):
    """Hold scenarios against the packs; no database is opened."""

    help = "Run policy examples through the rules: awards and stories in TOML files."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the files, the whole reasoning, and further packs."""
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument("--why", action="store_true", help="print every step")
        parser.add_argument(
            "--policies",
            metavar="DIR",
            action="append",
            default=[],
            type=Path,
            help="add the packs of another folder",
        )

    def handle(
        self, *, files: list[Path], why: bool, policies: list[Path], **_: object
    ) -> None:
        """Run every file; exit 0 only when all expectations hold.

        Raises CommandError for a wrong pack. A file that is no scenario counts as one
        failure: its error is printed and the other files run all the same.
        """
        try:
            book = load_book(PACKS, *policies)
        except PolicyError as fault:
            raise CommandError(str(fault)) from fault
        passed = failed = 0
        for path in files:
            results = self._run(path, book)
            passed += sum(result.passed for result in results or ())
            failed += 1 if results is None else sum(not r.passed for r in results)
            self._print(results or (), why=why)
        self.stdout.write(f"{passed} passed, {failed} failed")
        if failed:
            raise SystemExit(1)

    def _run(self, path: Path, book: PolicyBook) -> tuple[Result, ...] | None:
        try:
            return run_file(path, book)
        except ScenarioError as fault:
            self.stderr.write(f"error: {fault}")
            self.stdout.write(f"FAIL {fault}")
            return None

    def _print(self, results: tuple[Result, ...], *, why: bool) -> None:
        for result in results:
            self.stdout.write(result.line())
            for step in result.steps if why else ():
                self.stdout.write(f"     {step}")

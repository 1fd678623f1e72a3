"""Time one thing against its reference: `manage.py bench NAME [options]`."""

import re
from argparse import REMAINDER, ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Command(BaseCommand):
    """Runs `main` of `tests/bench/NAME.py`, where the reference code lives as well.

    Options after the name are the benchmark's own. Its last line is the ratio.
    """

    help = "Time one thing against its reference, in turn, and print the ratio."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a name and leave the rest to the benchmark."""
        parser.add_argument("name")
        parser.add_argument("options", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Run the benchmark, or say that there is none of this name."""
        name = options["name"]
        if not _NAME.fullmatch(name) or find_spec(f"tests.bench.{name}") is None:
            message = f"There is no tests/bench/{name}.py"
            raise CommandError(message)
        import_module(f"tests.bench.{name}").main(options["options"])

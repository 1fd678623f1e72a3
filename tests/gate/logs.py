"""What the project's own log settings write while a test runs."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.conf import settings
from structlog.stdlib import ProcessorFormatter


class Log:
    """The lines written so far."""

    def __init__(self) -> None:
        self.written = StringIO()

    @property
    def text(self) -> str:
        """All of it."""
        return self.written.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line's members."""
        return [json.loads(line) for line in self.text.splitlines()]

    def requests(self) -> list[dict[str, Any]]:
        """The lines that say how a request ended."""
        ended = {"request_finished", "request_failed"}
        return [line for line in self.lines if line["event"] in ended]


@contextmanager
def listening(level: str = "INFO") -> Iterator[Log]:
    """Note every line from a level on, as production writes it."""
    how = dict(settings.LOGGING["formatters"]["json"])
    how.pop("()")
    log = Log()
    handler = logging.StreamHandler(log.written)
    handler.setFormatter(ProcessorFormatter(**how))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(before)

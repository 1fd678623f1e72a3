"""Servers we can do without: asked once, then left alone for a while."""

import time
from dataclasses import dataclass

import structlog

logger = structlog.get_logger(__name__)


@dataclass
class Absence:
    """What one process knows of a server that did not answer.

    Whoever asks next would wait as long and in vain; so for `seconds` nobody asks.
    """

    server: str
    seconds: float = 5
    _until: float = 0

    @property
    def lasts(self) -> bool:
        """Whether the server failed so short a time ago that asking is no use."""
        return time.monotonic() < self._until

    def begin(self, error: Exception) -> None:
        """Note, and log as a warning, that the server just failed."""
        self._until = time.monotonic() + self.seconds
        logger.warning("server away", server=self.server, error=str(error))

    def end(self) -> None:
        """Let the next one ask again at once."""
        self._until = 0

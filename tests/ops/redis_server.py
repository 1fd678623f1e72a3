"""A Redis server of a test's own, which goes away and comes back."""

import shutil
from contextlib import ExitStack
from pathlib import Path

from redis import Redis

from core.caching import REDIS
from core.work import BROKER
from deploy import services
from deploy.processes import free_port


class Server:
    """A Redis server that goes away and comes back, empty, at the same address."""

    def __init__(self, folder: Path) -> None:
        """Choose a port; nothing runs yet."""
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._running = ExitStack()

    def come(self) -> None:
        """Start it, and forget that it was away."""
        command = [str(shutil.which("redis-server")), "--port", str(self.port)]
        command += ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        serving = services.serving(command, self.folder, port=self.port)
        self._running.enter_context(serving)
        REDIS.end()
        BROKER.end()

    def go(self) -> None:
        """Stop it."""
        self._running.close()

    def bells(self) -> int:
        """How many messages wait for a worker."""
        with Redis.from_url(self.url) as client:
            return int(client.llen("celery"))
